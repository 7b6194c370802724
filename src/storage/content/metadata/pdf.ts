import { ByteSource } from '../byte-source.ts'
import { copyBytes } from '../../core/bytes.ts'
import type { CheckedFile } from '../content-rules.ts'
import { xmpPacketChunks } from './xmp-packets.ts'

/** Of its information dictionary (PDF 1.7, 14.3.3), what names people and programs. A title is also that of a bookmark. */
const NAMES = /\/(?:Author|Creator|Producer|Keywords|Company|Manager)[ \t\r\n]{0,8}(?=[(<])/g

/** Longest of these, with what stands before its string, and longest string that is looked into, in bytes. */
const MAX_NAME_LENGTH = 32
const MAX_STRING_LENGTH = 4096

/** Deepest brackets in a string. Nobody writes more, and without an end to look for a file of brackets costs nothing. */
const DEEPEST = 3

/** Bytes that are searched together. */
const PIECE = 64 * 1024

const [OPEN, CLOSE, ESCAPE, LESS, GREATER, SPACE] = [0x28, 0x29, 0x5c, 0x3c, 0x3e, 0x20]

/**
 * A PDF without its XMP and the names in its information dictionary. They are written over where they stand, so that the
 * table of its objects stays right. What is compressed or encrypted stays.
 */
export function pdfChunks(source: ByteSource, file: CheckedFile): AsyncGenerator<Uint8Array> {
  return withoutNames(new ByteSource(xmpPacketChunks(source, file)))
}

async function* withoutNames(source: ByteSource): AsyncGenerator<Uint8Array> {
  for (;;) {
    const bytes = copyBytes(await source.peek(PIECE))
    const isEnd = bytes.byteLength < PIECE
    // The string of a name that begins before here ends within the piece.
    const limit = isEnd ? PIECE : PIECE - MAX_NAME_LENGTH - MAX_STRING_LENGTH
    let reached = Math.min(limit, bytes.byteLength)
    for (const { index, 0: name } of Buffer.from(bytes.buffer).toString('latin1').matchAll(NAMES)) {
      if (index >= limit) break
      const end = findStringEnd(bytes, index + name.length)
      if (end !== null) bytes.fill(SPACE, index + name.length + 1, end)
      reached = Math.max(reached, end ?? 0)
    }
    await source.discard(reached)
    yield bytes.subarray(0, reached)
    if (isEnd) return
  }
}

/** Where the string that begins at `start` has its closing bracket; `null` when that is too far. */
function findStringEnd(bytes: Uint8Array, start: number): number | null {
  const end = Math.min(bytes.byteLength, start + MAX_STRING_LENGTH)
  if (bytes[start] === LESS) {
    const close = bytes.subarray(start, end).indexOf(GREATER)
    return close < 0 || bytes[start + 1] === LESS ? null : start + close
  }
  for (let index = start, depth = 0; index < end && depth <= DEEPEST; index += 1) {
    const byte = bytes[index]
    if (byte === ESCAPE) index += 1
    else if (byte === OPEN) depth += 1
    else if (byte === CLOSE) depth -= 1
    if (depth === 0) return index
  }
  return null
}
