import { once } from 'node:events'
import { type Socket, connect } from 'node:net'

/** An answer as it came over the wire. */
export interface RawResponse {
  status: number
  /** By lower-case name. */
  headers: Map<string, string>
  body: string
}

/** A socket that a test writes bytes to, as a client that keeps no rules does. */
export class RawConnection {
  readonly #socket: Socket
  #received = ''

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => {
      this.#received += text
    })
    // A server may end the connection at any moment; what it said before is what tests look at.
    socket.on('error', () => {})
  }

  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url)
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true })
    await once(socket, 'connect')
    return new RawConnection(socket)
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed && !this.#socket.readableEnded
  }

  /** All that came so far. */
  get received(): string {
    return this.#received
  }

  /** Writes, and waits until the other end takes more; returns whether it still listens. */
  async write(bytes: Uint8Array | string): Promise<boolean> {
    if (this.#socket.destroyed) return false
    if (!this.#socket.write(bytes)) await this.#drained()
    return !this.#socket.destroyed
  }

  /** No more bytes will come from here; those of the server still can. */
  end(): void {
    this.#socket.end()
  }

  /** Stops reading, as a client that hangs. */
  pause(): void {
    this.#socket.pause()
  }

  /** Cuts the connection at once, without a goodbye. */
  destroy(): void {
    this.#socket.resetAndDestroy()
  }

  /** Waits for the headers of the last answer, or for the end; `null` when the connection ended without any. */
  async response(timeoutMs = 15_000): Promise<RawResponse | null> {
    await this.#until(() => this.#response() !== null || !this.isOpen, timeoutMs)
    return this.#response()
  }

  /** Waits until the server ended the connection. */
  async closed(timeoutMs = 15_000): Promise<boolean> {
    return this.#until(() => !this.isOpen, timeoutMs)
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.once('drain', resolve)
      this.#socket.once('close', () => resolve())
    })
  }

  async #until(condition: () => boolean, timeoutMs: number): Promise<boolean> {
    const deadline = Date.now() + timeoutMs
    while (!condition() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5))
    return condition()
  }

  #response(): RawResponse | null {
    const text = this.#received.replace(/^(HTTP\/1\.1 100 [^\r]*\r\n\r\n)+/, '')
    const end = text.indexOf('\r\n\r\n')
    if (end < 0) return null
    const [statusLine = '', ...lines] = text.slice(0, end).split('\r\n')
    const headers = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), valueOf(line)]))
    return { status: Number(statusLine.split(' ')[1]), headers, body: text.slice(end + 4) }
  }
}

function valueOf(line: string): string {
  return line.slice(line.indexOf(':') + 1).trim()
}

/** Sends one request as it stands, and waits for the answer. */
export async function sendRaw(url: string, request: string | Uint8Array): Promise<RawResponse | null> {
  const connection = await RawConnection.open(url)
  await connection.write(request)
  const response = await connection.response()
  connection.destroy()
  return response
}
