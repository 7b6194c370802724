import type { SignedPart } from '../../../src/contract/media.ts'

/** A part that the storage has not taken. */
export class PartRefused extends Error {
  override readonly name = 'PartRefused'
  /** 0 when there was no answer, also when the storage does not let pages of this origin in. */
  readonly status: number

  constructor(status: number) {
    super(`The storage answered with status ${status}.`)
    this.status = status
  }
}

export interface PutPartOptions {
  signal: AbortSignal
  onProgress: (sentBytes: number) => void
}

/** Sends a part to where it may go. XMLHttpRequest, because fetch tells nothing about the progress of a body. */
export function putPart(
  { url, headers }: SignedPart,
  bytes: Blob,
  { signal, onProgress }: PutPartOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const stop = () => request.abort()
    request.open('PUT', url)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', (event) => onProgress(event.loaded))
    request.addEventListener('load', () => {
      if (request.status === 200) resolve()
      else reject(new PartRefused(request.status))
    })
    request.addEventListener('error', () => reject(new PartRefused(0)))
    request.addEventListener('abort', () => reject(signal.reason))
    request.addEventListener('loadend', () => signal.removeEventListener('abort', stop))
    signal.addEventListener('abort', stop)
    request.send(bytes)
  })
}
