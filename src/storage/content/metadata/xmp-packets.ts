import type { ByteSource } from '../byte-source.ts'
import { copyBytes } from '../../core/bytes.ts'
import type { CheckedFile } from '../content-rules.ts'
import { withoutLocation } from './xmp.ts'

const BEGIN = '<?xpacket begin='
const END = '<?xpacket end='

/** Longest packet that is looked into, in bytes. */
const MAX_PACKET_BYTES = 1024 * 1024

/** Bytes that are searched together. */
const PIECE = 64 * 1024

/**
 * A file without what the XMP in it tells too much, wherever it stands: packets are made to be found in files of any type
 * (XMP part 1, section 7.3), and to be written over where they are.
 */
export async function* xmpPacketChunks(source: ByteSource, { rules }: CheckedFile): AsyncGenerator<Uint8Array> {
  for (;;) {
    const bytes = await source.peek(PIECE)
    const start = indexOf(bytes, BEGIN)
    if (start >= 0) {
      yield* source.pass(start)
      yield* packet(source, rules.metadata === 'strip')
    } else {
      // The mark may begin in the last bytes.
      const length = bytes.byteLength - BEGIN.length + 1
      if (length <= 0) break
      yield await source.take(length)
    }
  }
  yield* source.rest()
}

/** Attack: marks of a beginning without an end. Each megabyte is searched twice at most. */
async function* packet(source: ByteSource, isStripped: boolean): AsyncGenerator<Uint8Array> {
  const bytes = await source.peek(MAX_PACKET_BYTES)
  const end = indexOf(bytes, END)
  if (end < 0) {
    // No packet after all, and none of those that seem to begin within, but for the last one.
    yield* source.pass(Math.max(bytesView(bytes).lastIndexOf(BEGIN, undefined, 'latin1'), BEGIN.length))
    return
  }
  const xmp = copyBytes(await source.take(end))
  if (!isStripped) yield withoutLocation(xmp)
  // Its first tag stays, so that it is an empty packet.
  else yield xmp.fill(0x20, Math.max(0, indexOf(xmp, '?>') + 2))
}

function indexOf(bytes: Uint8Array, text: string): number {
  return bytesView(bytes).indexOf(text, 0, 'latin1')
}

function bytesView(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
