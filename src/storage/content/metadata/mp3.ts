import type { ByteSource } from '../byte-source.ts'
import { hasText, toDataView } from '../../core/bytes.ts'

/** Tags of the first version stand in the last bytes. */
const ID3V1_LENGTH = 128

/** What an APE tag ends with, which says how long the tag is. */
const APE_FOOTER_LENGTH = 32

/** Bytes that are passed together, and those at the end in which tags are looked for. */
const PIECE = 64 * 1024
const END = 512 * 1024

/** An MP3 without its tags (id3.org: ID3v2 before the sound, ID3v1 behind it; APE before that). They say nothing of places. */
export async function* mp3Chunks(source: ByteSource): AsyncGenerator<Uint8Array> {
  for (;;) {
    const head = await source.peek(10)
    if (!hasText(head, 'ID3') || head.byteLength < 10) break
    await source.discard(getTagLength(head))
  }
  for (;;) {
    const bytes = await source.peek(PIECE + END)
    if (bytes.byteLength < PIECE + END) {
      yield await source.take(findAudioEnd(bytes))
      return
    }
    yield await source.take(PIECE)
  }
}

/** Four bytes of seven bits each, behind a header of ten; a footer has ten more (ID3v2.4, 3.1). */
function getTagLength(head: Uint8Array): number {
  const [flags = 0, ...size] = head.subarray(5, 10)
  return 10 + size.reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0) + ((flags & 0x10) === 0 ? 0 : 10)
}

/** Where the tags at the end begin. */
function findAudioEnd(bytes: Uint8Array): number {
  const last = bytes.byteLength - ID3V1_LENGTH
  const end = last >= 0 && hasText(bytes, 'TAG', last) ? last : bytes.byteLength
  const footer = end - APE_FOOTER_LENGTH
  if (footer < 0 || !hasText(bytes, 'APETAGEX', footer)) return end
  // The length counts the footer, and not the header of the same length that the first flag tells of (APEv2).
  const view = toDataView(bytes)
  const header = view.getUint8(footer + 23) >= 0x80 ? APE_FOOTER_LENGTH : 0
  const start = end - view.getUint32(footer + 12, true) - header
  return start < 0 ? end : start
}
