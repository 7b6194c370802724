import type { ByteSource } from '../byte-source.ts'
import { hasText } from '../bytes.ts'

/** Tags of the first version stand in the last bytes. */
const ID3V1_LENGTH = 128

/** Bytes that are passed together. */
const PIECE = 64 * 1024

/** An MP3 without its tags (id3.org: ID3v2 before the sound, ID3v1 behind it). They say nothing of places. */
export async function* mp3Chunks(source: ByteSource): AsyncGenerator<Uint8Array> {
  for (;;) {
    const head = await source.peek(10)
    if (!hasText(head, 'ID3') || head.byteLength < 10) break
    await source.discard(lengthOfTag(head))
  }
  for (;;) {
    const bytes = await source.peek(PIECE + ID3V1_LENGTH)
    if (bytes.byteLength <= PIECE) {
      const sound = Math.max(0, bytes.byteLength - ID3V1_LENGTH)
      yield hasText(bytes, 'TAG', sound) ? await source.take(sound) : await source.take(PIECE)
      return
    }
    yield await source.take(bytes.byteLength - ID3V1_LENGTH)
  }
}

/** Four bytes of seven bits each, behind a header of ten; a footer has ten more (ID3v2.4, 3.1). */
function lengthOfTag(head: Uint8Array): number {
  const [flags = 0, ...size] = head.subarray(5, 10)
  return 10 + size.reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0) + ((flags & 0x10) === 0 ? 0 : 10)
}
