import type { ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { FileAnswer } from '../media/file-answer.ts'
import type { StoredFile } from '../storage/stored-file.ts'

/** Sends a file on a Node response: a small one in one piece, any other at the pace of the client. */
export async function sendFile(outgoing: ServerResponse, answer: FileAnswer, file: StoredFile): Promise<Response> {
  const { status, headers, range } = answer
  const whole = range === null ? null : await file.bytesAtHand()
  outgoing.writeHead(status, { ...headers })
  if (range === null) outgoing.end()
  else if (whole !== null) outgoing.end(whole.subarray(range.start, range.end + 1))
  else await sendStream(outgoing, file.stream(range))
  return RESPONSE_ALREADY_SENT
}

/** When the file cannot be read to its end the connection is cut, so that nobody takes a part for the whole. */
async function sendStream(outgoing: ServerResponse, stream: ReadableStream<Uint8Array>): Promise<void> {
  const reader = stream.getReader()
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      if (outgoing.req.socket.destroyed) return
      if (!outgoing.write(read.value)) await drained(outgoing)
    }
    outgoing.end()
  } catch (error) {
    outgoing.destroy(error instanceof Error ? error : undefined)
  } finally {
    await reader.cancel()
  }
}

/**
 * Resolves when the client took what was sent, or left.
 *
 * Attack: many requests sent one behind the other, and then abandoned. Only the response whose turn it is hears that the
 * connection closed; the others would keep their files open for ever, so it is the connection that is listened to.
 */
function drained(outgoing: ServerResponse): Promise<void> {
  const { socket } = outgoing.req
  return new Promise((resolve) => {
    const settle = () => {
      outgoing.off('drain', settle)
      socket.off('close', settle)
      resolve()
    }
    outgoing.on('drain', settle)
    socket.on('close', settle)
  })
}
