import { once } from 'node:events'
import { Agent, request } from 'node:http'

/** One request with a body. */
export interface BodyRequest {
  url: string
  method: string
  headers: Record<string, string>
  /** What stands before and behind the file, as in a form. */
  before?: Uint8Array
  behind?: Uint8Array
  /** Bytes of the file. */
  size: number
}

/** What came back. */
export interface BodyResponse {
  status: number
  location: string | undefined
}

const agent = new Agent({ keepAlive: true, maxSockets: Infinity })
const CHUNK = Buffer.alloc(1024 * 1024, 7)

/** The beginning of a video whose one box of images is as long as the file. */
function videoHead(size: number): Buffer {
  const head = Buffer.alloc(32)
  head.writeUInt32BE(24, 0)
  head.write('ftypmp42\0\0\0\0mp42isom', 4, 'latin1')
  head.writeUInt32BE(size - 24, 24)
  head.write('mdat', 28, 'latin1')
  return head
}

/** Sends a video of a size, as fast as it is taken. */
export async function sendBody({ url, method, headers, before, behind, size }: BodyRequest): Promise<BodyResponse> {
  const length = size + (before?.byteLength ?? 0) + (behind?.byteLength ?? 0)
  const sending = request(url, { agent, method, headers: { ...headers, 'content-length': String(length) } })
  const answered = once(sending, 'response')
  if (before !== undefined) sending.write(before)
  if (size > 0) sending.write(videoHead(size))
  for (let left = size - 32; left > 0; left -= CHUNK.byteLength) {
    if (!sending.write(left < CHUNK.byteLength ? CHUNK.subarray(0, left) : CHUNK)) await once(sending, 'drain')
  }
  sending.end(behind)
  const [response] = await answered
  response.resume()
  await once(response, 'end')
  const { statusCode: status = 0, headers: reply } = response
  if (status >= 400) throw new Error(`${method} ${url} was answered with ${status}.`)
  return { status, location: reply.location }
}

/** Ends the connections that are kept. */
export function closeConnections(): void {
  agent.destroy()
}
