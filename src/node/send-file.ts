import type { ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { FileResponse } from '../media/file-response.ts'
import type { ByteRange, FileReader, StoredFile } from '../storage/core/stored-file.ts'
import { SendBuffers } from './send-buffers.ts'

const buffers = new SendBuffers()

/** Sends a file on a Node response: a small one in one piece, any other at the pace of the client. */
export async function sendFile(outgoing: ServerResponse, reply: FileResponse, file: StoredFile): Promise<Response> {
  const { status, headers, range } = reply
  const whole = range === null ? null : await file.bytesAtHand()
  outgoing.writeHead(status, { ...headers })
  if (range === null) outgoing.end()
  else if (whole !== null) outgoing.end(whole.subarray(range.start, range.end + 1))
  else await sendRange(outgoing, file, range)
  return RESPONSE_ALREADY_SENT
}

/** When the file cannot be read to its end the connection is cut, so that nobody takes a part for the whole. */
async function sendRange(outgoing: ServerResponse, file: StoredFile, range: Required<ByteRange>): Promise<void> {
  try {
    const reader = await file.openReader()
    if (reader === null) await sendStream(outgoing, file.stream(range))
    else await sendRead(outgoing, reader, range)
  } catch (error) {
    outgoing.destroy(error instanceof Error ? error : undefined)
  }
}

/** Reads piece after piece into one buffer, each once the client has taken the one before. */
async function sendRead(
  outgoing: ServerResponse,
  reader: FileReader,
  { start, end }: Required<ByteRange>,
): Promise<void> {
  const buffer = buffers.acquire()
  let isTaken = true
  try {
    for (let position = start; isTaken && position <= end;) {
      const length = Math.min(buffer.byteLength, end - position + 1)
      const size = await reader.read(buffer.subarray(0, length), position)
      position += size
      isTaken = await sendPiece(outgoing, buffer.subarray(0, size))
    }
    if (isTaken) outgoing.end()
  } finally {
    // What a client that left did not take may still be on its way out: such a buffer is not used again.
    buffers.takeBack(buffer, isTaken)
    await reader.close()
  }
}

async function sendStream(outgoing: ServerResponse, stream: ReadableStream<Uint8Array>): Promise<void> {
  const reader = stream.getReader()
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      if (!(await sendPiece(outgoing, read.value))) return
    }
    outgoing.end()
  } finally {
    await reader.cancel()
  }
}

/**
 * Resolves when the client took the bytes, or to `false` when it left.
 *
 * Attack: many requests sent one behind the other, and then abandoned. Only the response whose turn it is hears that the
 * connection closed; the others would keep their files open for ever, so it is the connection that is listened to.
 */
function sendPiece(outgoing: ServerResponse, bytes: Uint8Array): Promise<boolean> {
  const { socket } = outgoing.req
  return new Promise((resolve) => {
    if (socket.destroyed) return resolve(false)
    const leave = () => resolve(false)
    socket.once('close', leave)
    outgoing.write(bytes, (error) => {
      socket.off('close', leave)
      resolve(error === undefined || error === null)
    })
  })
}
