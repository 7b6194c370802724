import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError, fileUrl, getFileUrl } from '../api.ts'
import { UrlError, fetchBytes } from '../viewers/fetch-bytes.ts'
import type { ViewerFile } from './viewer-file.ts'

/** `unreadable`: the bytes are there, but this browser cannot show them. */
export type UrlState = 'ready' | 'missing' | 'refused' | 'unreachable' | 'unreadable'

export interface FileUrlResult {
  url: string
  state: UrlState
  /** Finds out why the bytes did not come, and fetches a new address when the old one has expired. */
  reportFailure: (cause?: unknown) => void
  retry: () => void
}

/** An address that is refused again so soon, in milliseconds, was not refused because it had expired. */
const RENEWAL_PAUSE = 20_000

/** The address of one file's bytes. The component that calls it is keyed by the file. */
export function useFileUrl(file: ViewerFile): FileUrlResult {
  const [url, setUrl] = useState(() => fileUrl(file))
  const [state, setState] = useState<UrlState>('ready')
  const renewedAt = useRef(Number.NEGATIVE_INFINITY)
  const isExamining = useRef(false)
  const isShown = useRef(true)
  useEffect(() => {
    isShown.current = true
    return () => {
      isShown.current = false
    }
  }, [])

  const reportFailure = useCallback(
    (cause?: unknown) => {
      if (isExamining.current) return
      isExamining.current = true
      const mayRenew = performance.now() - renewedAt.current > RENEWAL_PAUSE
      const reconcile = async () => {
        const finding = await examine({ file, url, cause, mayRenew })
        isExamining.current = false
        if (!isShown.current) return
        if (finding.url !== undefined) {
          renewedAt.current = performance.now()
          setUrl(finding.url)
        }
        setState(finding.state)
      }
      void reconcile()
    },
    [file, url],
  )

  const retry = useCallback(() => {
    renewedAt.current = Number.NEGATIVE_INFINITY
    setUrl(fileUrl(file))
    setState('ready')
  }, [file])

  return { url, state, reportFailure, retry }
}

interface Failure {
  file: ViewerFile
  url: string
  cause: unknown
  mayRenew: boolean
}

interface Finding {
  state: UrlState
  /** The address to go on with. */
  url?: string
}

async function examine({ file, url, cause, mayRenew }: Failure): Promise<Finding> {
  const status = cause instanceof UrlError ? cause.status : await probe(url)
  if (status === null) return { state: 'unreachable' }
  if (status < 300) return { state: 'unreadable' }
  if (status === 404 || status === 410) return { state: 'missing' }
  if (status !== 401 && status !== 403) return { state: 'unreachable' }
  return mayRenew ? renew(file) : { state: 'refused' }
}

/** Asks for one byte, not by HEAD: an address signed for GET refuses HEAD. */
async function probe(url: string): Promise<number | null> {
  try {
    await fetchBytes(url, { start: 0, length: 1 })
    return 200
  } catch (error) {
    return error instanceof UrlError ? error.status : null
  }
}

async function renew(file: ViewerFile): Promise<Finding> {
  try {
    return { state: 'ready', url: (await getFileUrl(file)).url }
  } catch (error) {
    const status = error instanceof ApiError ? error.status : 0
    if (status === 404) return { state: 'missing' }
    return { state: status === 401 || status === 403 ? 'refused' : 'unreachable' }
  }
}
