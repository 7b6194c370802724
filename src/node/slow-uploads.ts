import type { IncomingMessage } from 'node:http'

/** How fast the body of a request must come. */
export interface UploadPace {
  /** Milliseconds over which the bytes are counted. */
  readonly window: number
  /** Fewest bytes in that time. */
  readonly minBytes: number
}

/** 500 bytes a second, as Apache asks for by `RequestReadTimeout`; over a minute, so that a tunnel ends no upload. */
const PACE: UploadPace = { window: 60_000, minBytes: 30_000 }

/**
 * Attack: a thousand uploads that send a byte now and then. None of them is ever idle, and each holds a connection and a
 * place among the uploads. What comes slower than the pace is cut off.
 */
export function cutSlowUpload(request: IncomingMessage, { window, minBytes }: UploadPace = PACE): void {
  const { socket } = request
  let counted = socket.bytesRead
  const timer = setInterval(() => {
    const arrived = socket.bytesRead - counted
    counted = socket.bytesRead
    // Bytes that nobody has read yet tell that it is the server that is slow.
    if (arrived < minBytes && request.readableLength === 0 && !request.complete) socket.destroy()
  }, window)
  timer.unref()
  request.once('close', () => clearInterval(timer))
}
