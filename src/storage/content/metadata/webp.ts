import type { ByteSource } from '../byte-source.ts'
import { copyOf, textOf, viewOf } from '../bytes.ts'
import type { CheckedFile } from '../content-rules.ts'
import { eraseLocation, exifOfOrientation, orientationOf } from './exif.ts'
import { withoutLocation } from './xmp.ts'

/** What no writer makes: a file of nothing but these would keep a processor busy. */
const MOST_CHUNKS = 500_000

/** Longest chunk of metadata that is looked into, in bytes. A longer one is overwritten. */
const LONGEST_METADATA = 1024 * 1024

/**
 * A WebP without what its metadata tell too much (RFC 9649: chunks of a type, a length and their bytes). Metadata stand
 * at the end, and the length of the file at its beginning, which is long gone then: so they are overwritten.
 */
export async function* webpChunks(source: ByteSource, { rules }: CheckedFile): AsyncGenerator<Uint8Array> {
  yield await source.take(12)
  for (let chunks = 0; chunks < MOST_CHUNKS; chunks += 1) {
    const head = await source.take(8)
    yield head
    if (head.byteLength < 8) return
    const type = textOf(head.subarray(0, 4))
    const length = viewOf(head).getUint32(4, true)
    if (type !== 'EXIF' && type !== 'XMP ') {
      yield* source.pass(length)
    } else if (length > LONGEST_METADATA) {
      for await (const bytes of source.pass(length)) yield new Uint8Array(bytes.byteLength)
    } else {
      const body = copyOf(await source.take(length))
      yield rules.metadata === 'strip' ? essentialOf(type, body) : withoutPlace(type, body)
    }
    // Chunks are padded to an even length.
    yield* source.pass(length % 2)
  }
  yield* source.rest()
}

function essentialOf(type: string, body: Uint8Array): Uint8Array {
  if (type === 'XMP ') return body.fill(0x20)
  const exif = exifOfOrientation(orientationOf(withoutPrefix(body)))
  body.fill(0)
  if (exif.byteLength <= body.byteLength) body.set(exif)
  return body
}

function withoutPlace(type: string, body: Uint8Array): Uint8Array {
  if (type === 'XMP ') return withoutLocation(body)
  return eraseLocation(withoutPrefix(body)) ? body : body.fill(0)
}

/** Some writers put the name that a JPEG has before its Exif data. */
function withoutPrefix(body: Uint8Array): Uint8Array {
  return textOf(body.subarray(0, 6)) === 'Exif\0\0' ? body.subarray(6) : body
}
