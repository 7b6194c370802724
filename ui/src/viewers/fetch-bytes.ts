/** The address answered, but not with the bytes. */
export class UrlError extends Error {
  override readonly name = 'UrlError'
  readonly status: number

  constructor(status: number) {
    super(`The file's address answered with status ${status}.`)
    this.status = status
  }
}

export interface ByteRange {
  /** The first byte, counted from 0. */
  start: number
  /** How many bytes at most. */
  length: number
  signal?: AbortSignal
}

export interface FetchedBytes {
  bytes: Uint8Array<ArrayBuffer>
  /** The size of the whole file; `null` when the server did not tell. */
  totalSize: number | null
}

/** Part of a file. Never reads more than was asked for, even from a server that ignores Range. */
export async function fetchBytes(url: string, { start, length, signal }: ByteRange): Promise<FetchedBytes> {
  const response = await openUrl(url, {
    headers: { range: `bytes=${start}-${start + length - 1}` },
    signal: signal ?? null,
  })
  // An empty file has no first byte: the range cannot be satisfied (RFC 9110, 14.1.2).
  if (response.status === 416) {
    await response.body?.cancel()
    return { bytes: new Uint8Array(), totalSize: totalSize(response) ?? 0 }
  }
  if (response.body === null) return { bytes: new Uint8Array(), totalSize: 0 }
  const isWhole = response.status === 200
  const bytes = await readAtMost(response.body, isWhole ? start + length : length)
  return { bytes: isWhole ? bytes.slice(start) : bytes, totalSize: totalSize(response) }
}

/** @throws UrlError for every status but success and 416. */
export async function openUrl(url: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, { credentials: 'same-origin', ...init })
  if (response.ok || response.status === 416) return response
  await response.body?.cancel()
  throw new UrlError(response.status)
}

function totalSize(response: Response): number | null {
  const text = response.headers.get('content-range')?.split('/').at(-1) ?? response.headers.get('content-length')
  const size = Number(text ?? Number.NaN)
  return Number.isSafeInteger(size) ? size : null
}

async function readAtMost(body: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  while (size < limit) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
    size += value.byteLength
  }
  await reader.cancel()
  return joinBytes(chunks, Math.min(size, limit))
}

function joinBytes(chunks: Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    joined.set(chunk.subarray(0, size - offset), offset)
    offset += chunk.byteLength
    if (offset >= size) break
  }
  return joined
}
