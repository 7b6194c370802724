import { crc32 } from 'node:zlib'
import type { ByteSource } from '../byte-source.ts'
import { getBytes, copyBytes, hasText, toText, uint32, toDataView } from '../../core/bytes.ts'
import type { CheckedFile } from '../content-rules.ts'
import { eraseLocation, makeOrientationExif, getOrientation } from './exif.ts'
import { withoutLocation } from './xmp.ts'

/** What no writer makes: a file of nothing but these would keep a processor busy. */
const MAX_CHUNKS = 500_000

/** Longest chunk of metadata that is looked into, in bytes. A longer one is left out. */
const MAX_METADATA_BYTES = 1024 * 1024

const METADATA = ['eXIf', 'iTXt', 'tEXt', 'zTXt', 'tIME']
const XMP = 'XML:com.adobe.xmp\0'

/**
 * A PNG without what its metadata tell too much (ISO/IEC 15948: chunks of a length, a type, their bytes and a checksum).
 * A chunk that cannot be read for places, because it is compressed or broken, is left out.
 */
export async function* pngChunks(source: ByteSource, { rules }: CheckedFile): AsyncGenerator<Uint8Array> {
  yield await source.take(8)
  for (let chunks = 0; chunks < MAX_CHUNKS; chunks += 1) {
    const head = await source.take(8)
    if (head.byteLength < 8) {
      yield head
      return
    }
    const length = toDataView(head).getUint32(0)
    const type = toText(head.subarray(4))
    if (!METADATA.includes(type)) {
      yield head
      yield* source.pass(length + 4)
    } else if (length > MAX_METADATA_BYTES) {
      await source.discard(length + 4)
    } else {
      const body = copyBytes(await source.take(length))
      await source.discard(4)
      const kept = rules.metadata === 'strip' ? stripChunk(type, body) : removeLocation(type, body)
      if (kept !== null) yield* getChunk(type, kept)
    }
    if (type === 'IEND') break
  }
  yield* source.rest()
}

function stripChunk(type: string, body: Uint8Array): Uint8Array | null {
  const orientation = type === 'eXIf' ? getOrientation(body) : 1
  return orientation === 1 ? null : makeOrientationExif(orientation)
}

/** `null` for what is to be left out. */
function removeLocation(type: string, body: Uint8Array): Uint8Array | null {
  if (type === 'eXIf') return eraseLocation(body) ? body : null
  // ImageMagick keeps Exif and XMP as text of this name, in hexadecimal digits.
  if (hasText(body, 'Raw profile type ')) return null
  if (type !== 'iTXt' || !hasText(body, XMP)) return body
  const isCompressed = body[XMP.length] !== 0
  return isCompressed ? null : withoutLocation(body)
}

function* getChunk(type: string, body: Uint8Array): Generator<Uint8Array> {
  const name = getBytes(type)
  yield uint32(body.byteLength)
  yield name
  yield body
  yield uint32(crc32(body, crc32(name)))
}
