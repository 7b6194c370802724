import { useEffect, useEffectEvent, useState } from 'react'
import { fetchBytes } from '../fetch-bytes.ts'
import { decodeText } from './decode-text.ts'

/** How much of a text is shown, in bytes. */
const SHOWN_BYTES = 2 * 1024 * 1024

export interface TextFile {
  text: string
  /** The file goes on after what is shown. */
  isCut: boolean
}

/** The beginning of a text file; `null` while it is fetched. */
export function useTextFile(url: string, onFailure: (cause: unknown) => void): TextFile | null {
  const [file, setFile] = useState<TextFile | null>(null)
  const fail = useEffectEvent(onFailure)
  useEffect(() => {
    const abort = new AbortController()
    fetchBytes(url, { start: 0, length: SHOWN_BYTES, signal: abort.signal }).then(
      ({ bytes, totalSize }) => setFile({ text: decodeText(bytes), isCut: (totalSize ?? 0) > bytes.byteLength }),
      (cause: unknown) => abort.signal.aborted || fail(cause),
    )
    return () => abort.abort()
  }, [url])
  return file
}
