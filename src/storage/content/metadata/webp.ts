import type { ByteSource } from '../byte-source.ts'
import { copyBytes, toText, toDataView } from '../../core/bytes.ts'
import type { CheckedFile } from '../content-rules.ts'
import { eraseLocation, makeOrientationExif, getOrientation } from './exif.ts'
import { withoutLocation } from './xmp.ts'

/** What no writer makes: a file of nothing but these would keep a processor busy. */
const MAX_CHUNKS = 500_000

/** Longest chunk of metadata that is looked into, in bytes. A longer one is overwritten. */
const MAX_METADATA_BYTES = 1024 * 1024

/**
 * A WebP without what its metadata tell too much (RFC 9649: chunks of a type, a length and their bytes). Metadata stand
 * at the end, and the length of the file at its beginning, which is long gone then: so they are overwritten.
 */
export async function* webpChunks(source: ByteSource, { rules }: CheckedFile): AsyncGenerator<Uint8Array> {
  yield await source.take(12)
  for (let chunks = 0; chunks < MAX_CHUNKS; chunks += 1) {
    const head = await source.take(8)
    yield head
    if (head.byteLength < 8) return
    const type = toText(head.subarray(0, 4))
    const length = toDataView(head).getUint32(4, true)
    if (type !== 'EXIF' && type !== 'XMP ') {
      yield* source.pass(length)
    } else if (length > MAX_METADATA_BYTES) {
      for await (const bytes of source.pass(length)) yield new Uint8Array(bytes.byteLength)
    } else {
      const body = copyBytes(await source.take(length))
      yield rules.metadata === 'strip' ? stripChunk(type, body) : removeLocation(type, body)
    }
    // Chunks are padded to an even length.
    yield* source.pass(length % 2)
  }
  yield* source.rest()
}

function stripChunk(type: string, body: Uint8Array): Uint8Array {
  if (type === 'XMP ') return body.fill(0x20)
  const exif = makeOrientationExif(getOrientation(withoutPrefix(body)))
  body.fill(0)
  if (exif.byteLength <= body.byteLength) body.set(exif)
  return body
}

function removeLocation(type: string, body: Uint8Array): Uint8Array {
  if (type === 'XMP ') return withoutLocation(body)
  return eraseLocation(withoutPrefix(body)) ? body : body.fill(0)
}

/** Some writers put the name that a JPEG has before its Exif data. */
function withoutPrefix(body: Uint8Array): Uint8Array {
  return toText(body.subarray(0, 6)) === 'Exif\0\0' ? body.subarray(6) : body
}
