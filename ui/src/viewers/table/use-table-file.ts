import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { UrlError } from '../fetch-bytes.ts'
import type { TableFormat } from './parse-table.ts'
import type { TableResponse, TableProgress, TableRequest } from './table-messages.ts'

/** Rows are asked for and kept by this many, and the oldest are forgotten beyond so many blocks. */
const BLOCK_SIZE = 200
const KEPT_BLOCKS = 60

export interface TableFile {
  progress: TableProgress
  /** The row's cells; `null` until the worker has sent them. Row 0 is the file's first. */
  rowAt: (row: number) => readonly string[] | null
  /** Asks for the rows that are about to be shown. */
  request: (from: number, end: number) => void
}

const NOTHING_READ: TableProgress = { rowCount: 0, bytesRead: 0, isComplete: false, isCut: false, encoding: null }

/** A CSV or TSV that a worker reads; the page holds no more of it than what is near the view. */
export function useTableFile(
  url: string,
  { delimiter, encoding }: TableFormat,
  onFailure: (cause: unknown) => void,
): TableFile {
  const [progress, setProgress] = useState(NOTHING_READ)
  const [blocks, setBlocks] = useState<ReadonlyMap<number, readonly string[][]>>(new Map())
  const asked = useRef(new Set<number>())
  const worker = useRef<Worker | null>(null)
  const fail = useEffectEvent(onFailure)

  const onResponse = useEffectEvent((response: TableResponse) => {
    if (response.kind === 'progress') setProgress(response.progress)
    else if (response.kind === 'failure') fail(response.status === null ? undefined : new UrlError(response.status))
    else setBlocks((kept) => addBlock(kept, response.from / BLOCK_SIZE, response.rows))
  })
  useEffect(() => {
    const started = new Worker(new URL('./table-worker.ts', import.meta.url), { type: 'module' })
    started.addEventListener('message', (event: MessageEvent<TableResponse>) => onResponse(event.data))
    started.addEventListener('error', () => fail(undefined))
    // The worker's own address is elsewhere, and the file's may be relative to the page.
    send(started, { kind: 'open', url: new URL(url, location.href).href, format: { delimiter, encoding } })
    worker.current = started
    asked.current = new Set()
    return () => started.terminate()
  }, [url, delimiter, encoding])

  const rowAt = useCallback(
    (row: number) => blocks.get(Math.floor(row / BLOCK_SIZE))?.[row % BLOCK_SIZE] ?? null,
    [blocks],
  )
  const request = useCallback(
    (from: number, end: number) => {
      for (let block = Math.floor(from / BLOCK_SIZE); block * BLOCK_SIZE < end; block += 1) {
        const isWhole = (blocks.get(block)?.length ?? 0) >= Math.min(BLOCK_SIZE, end - block * BLOCK_SIZE)
        if (isWhole || asked.current.has(block) || worker.current === null) continue
        asked.current.add(block)
        send(worker.current, { kind: 'rows', from: block * BLOCK_SIZE, end: (block + 1) * BLOCK_SIZE })
      }
    },
    [blocks],
  )
  useEffect(() => {
    // What has arrived may be asked for again: the last block grows while the file is read.
    for (const block of blocks.keys()) asked.current.delete(block)
  }, [blocks])
  return { progress, rowAt, request }
}

function addBlock(
  kept: ReadonlyMap<number, readonly string[][]>,
  block: number,
  rows: string[][],
): ReadonlyMap<number, readonly string[][]> {
  const added = new Map(kept)
  // The newest stands last, and the first block, which the column widths come from, stays.
  added.delete(block)
  added.set(block, rows)
  for (const oldest of added.keys()) {
    if (added.size <= KEPT_BLOCKS) break
    if (oldest !== 0 && oldest !== block) added.delete(oldest)
  }
  return added
}

function send(worker: Worker, request: TableRequest): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
  worker.postMessage(request)
}
