import { crc32 } from 'node:zlib'
import type { DirectUpload, SignedPart, SignPartsResponse } from '../../src/contract/media.ts'
import type { SendOptions } from './movie-admin.ts'
import { readJson } from './read-json.ts'

/** What answers: an admin in this process, or one behind a port. */
export interface DirectServer {
  send: (path: string, init?: SendOptions) => Promise<Response>
}

const POSTER_DIRECT = '/api/media/movie/poster/direct'

/** The requests of a direct upload, as a client makes them who reads the description and nothing else. */
export class DirectClient {
  readonly #server: DirectServer

  constructor(server: DirectServer) {
    this.#server = server
  }

  post(path: string, body: unknown): Promise<Response> {
    return this.#server.send(`${POSTER_DIRECT}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  }

  async begin(name: string, size: number, checksum?: string): Promise<DirectUpload> {
    const response = await this.post('', { name, size, ...(checksum === undefined ? {} : { checksum }) })
    if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`)
    return readJson<DirectUpload>(response)
  }

  get(id: string): Promise<Response> {
    return this.#server.send(`${POSTER_DIRECT}/${id}`)
  }

  async describe(id: string): Promise<DirectUpload> {
    return readJson<DirectUpload>(await this.get(id))
  }

  async sign(id: string, number: number, bytes: Uint8Array): Promise<SignedPart> {
    const [part] = await this.signAll(id, [{ number, bytes }])
    return part!
  }

  async signAll(id: string, parts: { number: number; bytes: Uint8Array }[]): Promise<SignedPart[]> {
    const wanted = parts.map(({ number, bytes }) => ({ number, crc32: getCrc32(bytes) }))
    const response = await this.post(`/${id}/parts`, { parts: wanted })
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
    return (await readJson<SignPartsResponse>(response)).parts
  }

  /** Sends some parts of a file, or all of them. */
  async sendParts({ id, partSize }: DirectUpload, file: Uint8Array<ArrayBuffer>, numbers?: number[]): Promise<void> {
    const all = Array.from({ length: Math.ceil(file.byteLength / partSize) }, (_, index) => index + 1)
    for (const number of numbers ?? all) {
      const bytes = file.subarray((number - 1) * partSize, number * partSize)
      const status = await put(await this.sign(id, number, bytes), bytes)
      if (status !== 200) throw new Error(`Part ${number} was answered with ${status}.`)
    }
  }

  complete(id: string): Promise<Response> {
    return this.post(`/${id}/complete`, {})
  }

  remove(id: string): Promise<Response> {
    return this.#server.send(`${POSTER_DIRECT}/${id}`, { method: 'DELETE' })
  }

  /** From the beginning to the answer at the end. */
  async upload(name: string, file: Uint8Array<ArrayBuffer>, checksum?: string): Promise<Response> {
    const upload = await this.begin(name, file.byteLength, checksum)
    await this.sendParts(upload, file)
    return this.complete(upload.id)
  }
}

/** Sends a part to where it may go. */
export async function put(
  { url, headers }: Pick<SignedPart, 'url' | 'headers'>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<number> {
  const response = await fetch(url, { method: 'PUT', headers, body: bytes })
  await response.body?.cancel()
  return response.status
}

/** As the protocol has it: four bytes, the highest first, in Base64. */
export function getCrc32(bytes: Uint8Array): string {
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(bytes))
  return checksum.toString('base64')
}
