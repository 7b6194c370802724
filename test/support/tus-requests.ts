import type { SendOptions } from './movie-admin.ts'

/** What answers: an admin in this process, or one behind a port. */
export interface TusServer {
  send: (path: string, init?: SendOptions) => Promise<Response>
}

/** Where the trailers are uploaded. */
export const TRAILER_UPLOADS = '/api/media/movie/trailer/uploads'

const TUS = { 'tus-resumable': '1.0.0' }
export const OFFSET_BODY = 'application/offset+octet-stream'

/** A value of the header `Upload-Metadata`. */
export function getMetadata(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',')
}

/** Bytes to send. */
export interface TusBody {
  body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>
  headers?: Record<string, string>
}

/** The requests of tus 1.0, as a client makes them who reads the specification and nothing else. */
export class TusRequests {
  readonly #server: TusServer
  readonly #uploads: string

  constructor(server: TusServer, uploads: string = TRAILER_UPLOADS) {
    this.#server = server
    this.#uploads = uploads
  }

  post(headers: Record<string, string>, body?: Uint8Array<ArrayBuffer>): Promise<Response> {
    return this.#server.send(this.#uploads, { method: 'POST', headers: { ...TUS, ...headers }, body: body ?? null })
  }

  /** Begins an upload of a file, and returns its path. */
  async create(name: string, length: number, headers: Record<string, string> = {}): Promise<string> {
    const response = await this.post({
      'upload-length': String(length),
      'upload-metadata': getMetadata({ filename: name }),
      ...headers,
    })
    if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`)
    return response.headers.get('location') ?? ''
  }

  patch(path: string, offset: number, { body, headers = {} }: TusBody): Promise<Response> {
    const length = body instanceof Uint8Array ? { 'content-length': String(body.byteLength) } : {}
    return this.#server.send(path, {
      method: 'PATCH',
      headers: { ...TUS, 'content-type': OFFSET_BODY, 'upload-offset': String(offset), ...length, ...headers },
      body,
    })
  }

  head(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#server.send(path, { method: 'HEAD', headers: { ...TUS, ...headers } })
  }

  /** Where an upload stands; `null` when it cannot be asked. */
  async offset(path: string): Promise<number | null> {
    const offset = (await this.head(path)).headers.get('upload-offset')
    return offset === null ? null : Number(offset)
  }

  remove(path: string): Promise<Response> {
    return this.#server.send(path, { method: 'DELETE', headers: TUS })
  }

  /** What the admin tells of an upload besides the protocol. */
  async describe(path: string): Promise<unknown> {
    return (await this.#server.send(path)).json()
  }
}

/** The key of the file that an upload became. */
export function getFileKey(response: Response): string | null {
  const header = response.headers.get('upload-file-key')
  return header === null ? null : decodeURIComponent(header)
}
