import type { StoredFile } from '../../core/stored-file.ts'
import { copyBytes, toText, toDataView } from '../../core/bytes.ts'

/** Boxes that are long, and pass {@link isoMediaChunks} as they are: images and sound, and room for nothing. */
const BULK: ReadonlySet<string> = new Set(['mdat', 'free', 'skip', 'wide'])

/** Most boxes that are looked for one by one. A video in fragments has thousands: reading it through is quicker. */
const MAX_BOXES = 64

interface BoxRange {
  readonly header: Uint8Array
  readonly start: number
  readonly end: number
  readonly isBulk: boolean
}

/**
 * A video without its images and sound: what {@link isoMediaChunks} changes in it, it would change in the whole video. Of a
 * video in a bucket that is a thousandth. `null` when it cannot be told so cheaply.
 */
export async function isoMediaOutline(file: StoredFile): Promise<AsyncIterable<Uint8Array> | null> {
  const boxes: BoxRange[] = []
  for (let start = 0; start < file.size;) {
    if (boxes.length === MAX_BOXES) return null
    const box = await readBox(file, start)
    // No box: what follows passes as it is, and so tells nothing.
    if (box === null) break
    boxes.push(box)
    start = box.end
  }
  return outline(file, boxes)
}

async function* outline(file: StoredFile, boxes: readonly BoxRange[]): AsyncGenerator<Uint8Array> {
  for (const { header, start, end, isBulk } of boxes) {
    if (isBulk) yield emptyBox(header)
    else yield* file.stream({ start, end: end - 1 })
  }
}

async function readBox(file: StoredFile, start: number): Promise<BoxRange | null> {
  const head = await readBytes(file, start, Math.min(16, file.size - start))
  if (head.byteLength < 8) return null
  const short = toDataView(head).getUint32(0)
  const headerLength = short === 1 ? 16 : 8
  if (head.byteLength < headerLength) return null
  const size = short === 0 ? file.size - start : short === 1 ? Number(toDataView(head).getBigUint64(8)) : short
  if (size < headerLength) return null
  const isBulk = BULK.has(toText(head.subarray(4, 8)))
  return { header: head.slice(0, headerLength), start, end: Math.min(start + size, file.size), isBulk }
}

function emptyBox(header: Uint8Array): Uint8Array {
  const empty = copyBytes(header)
  if (empty.byteLength === 8) toDataView(empty).setUint32(0, 8)
  else toDataView(empty).setBigUint64(8, 16n)
  return empty
}

async function readBytes(file: StoredFile, start: number, length: number): Promise<Uint8Array> {
  return new Uint8Array(await new Response(file.stream({ start, end: start + length - 1 })).arrayBuffer())
}
