import { crc32 } from 'node:zlib'
import type { ByteSource } from '../byte-source.ts'
import { bytesOf, copyOf, hasText, textOf, uint32, viewOf } from '../bytes.ts'
import type { CheckedFile } from '../content-rules.ts'
import { eraseLocation, exifOfOrientation, orientationOf } from './exif.ts'
import { withoutLocation } from './xmp.ts'

/** What no writer makes: a file of nothing but these would keep a processor busy. */
const MOST_CHUNKS = 500_000

/** Longest chunk of metadata that is looked into, in bytes. A longer one is left out. */
const LONGEST_METADATA = 1024 * 1024

const METADATA = ['eXIf', 'iTXt', 'tEXt', 'zTXt', 'tIME']
const XMP = 'XML:com.adobe.xmp\0'

/**
 * A PNG without what its metadata tell too much (ISO/IEC 15948: chunks of a length, a type, their bytes and a checksum).
 * A chunk that cannot be read for places, because it is compressed or broken, is left out.
 */
export async function* pngChunks(source: ByteSource, { rules }: CheckedFile): AsyncGenerator<Uint8Array> {
  yield await source.take(8)
  for (let chunks = 0; chunks < MOST_CHUNKS; chunks += 1) {
    const head = await source.take(8)
    if (head.byteLength < 8) {
      yield head
      return
    }
    const length = viewOf(head).getUint32(0)
    const type = textOf(head.subarray(4))
    if (!METADATA.includes(type)) {
      yield head
      yield* source.pass(length + 4)
    } else if (length > LONGEST_METADATA) {
      await source.discard(length + 4)
    } else {
      const body = copyOf(await source.take(length))
      await source.discard(4)
      const kept = rules.metadata === 'strip' ? essentialOf(type, body) : withoutPlace(type, body)
      if (kept !== null) yield* chunkOf(type, kept)
    }
    if (type === 'IEND') break
  }
  yield* source.rest()
}

function essentialOf(type: string, body: Uint8Array): Uint8Array | null {
  const orientation = type === 'eXIf' ? orientationOf(body) : 1
  return orientation === 1 ? null : exifOfOrientation(orientation)
}

/** `null` for what is to be left out. */
function withoutPlace(type: string, body: Uint8Array): Uint8Array | null {
  if (type === 'eXIf') return eraseLocation(body) ? body : null
  // ImageMagick keeps Exif and XMP as text of this name, in hexadecimal digits.
  if (hasText(body, 'Raw profile type ')) return null
  if (type !== 'iTXt' || !hasText(body, XMP)) return body
  const isCompressed = body[XMP.length] !== 0
  return isCompressed ? null : withoutLocation(body)
}

function* chunkOf(type: string, body: Uint8Array): Generator<Uint8Array> {
  const name = bytesOf(type)
  yield uint32(body.byteLength)
  yield name
  yield body
  yield uint32(crc32(body, crc32(name)))
}
