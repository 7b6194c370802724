import type { ByteSource } from '../byte-source.ts'
import { copyBytes, hasText, toDataView } from '../../core/bytes.ts'
import type { CheckedFile } from '../content-rules.ts'
import { eraseLocation, makeOrientationExif, getOrientation } from './exif.ts'
import { type ItemRange, metadataItems } from './heif-items.ts'
import { withoutLocation } from './xmp.ts'

/** Longest list of items, and longest metadata, that is looked into, in bytes. Cameras write some thousands. */
const MAX_META_BYTES = 1024 * 1024

/**
 * A HEIC or AVIF image without what its metadata tell too much (ISO/IEC 23008-12: boxes, of which `meta` says where in
 * the file the Exif data and the XMP stand). They are overwritten where they stand, so that no byte moves. A file whose
 * list of items comes behind them, which no common writer makes, is passed on as it is.
 */
export async function* heifChunks(source: ByteSource, { rules }: CheckedFile): AsyncGenerator<Uint8Array> {
  const isStripped = rules.metadata === 'strip'
  let position = 0
  for (;;) {
    const head = await source.peek(8)
    const length = head.byteLength < 8 ? 0 : toDataView(head).getUint32(0)
    // What is no box of a known length: no list of items comes behind it either.
    if (length < 8) break
    if (hasText(head, 'meta', 4) && length <= MAX_META_BYTES) {
      const meta = copyBytes(await source.take(length))
      yield* withoutItems(source, { meta, position, isStripped })
      break
    }
    yield* source.pass(length)
    position += length
  }
  yield* source.rest()
}

interface MetaBox {
  meta: Uint8Array
  /** Where in the file it begins. */
  position: number
  isStripped: boolean
}

async function* withoutItems(source: ByteSource, { meta, position, isStripped }: MetaBox): AsyncGenerator<Uint8Array> {
  const ranges = metadataItems(meta, position)
  const end = position + meta.byteLength
  // Two items may share their bytes: what was reached is overwritten already. Attack: thousands that share a megabyte.
  let reached = position
  for (const range of ranges.filter(({ start, length }) => start + length <= end)) {
    if (range.start < reached) continue
    const start = range.start - position
    meta.set(overwritten(meta.slice(start, start + range.length), range, isStripped), start)
    reached = range.start + range.length
  }
  yield meta
  reached = end
  for (const range of ranges) {
    if (range.start < reached) continue
    yield* source.pass(range.start - reached)
    if (range.length > MAX_META_BYTES) {
      for await (const bytes of source.pass(range.length)) yield new Uint8Array(bytes.byteLength)
    } else {
      yield overwritten(copyBytes(await source.take(range.length)), range, isStripped)
    }
    reached = range.start + range.length
  }
}

function overwritten(bytes: Uint8Array, { kind, isWhole }: ItemRange, isStripped: boolean): Uint8Array {
  // A part of an item cannot be read for places.
  if (!isWhole) return bytes.fill(kind === 'xmp' ? 0x20 : 0)
  if (kind === 'xmp') return isStripped ? bytes.fill(0x20) : withoutLocation(bytes)
  return withoutExif(bytes, isStripped)
}

/** Four bytes before the data say how many more are to be skipped, among them mostly the name that a JPEG has there. */
function withoutExif(bytes: Uint8Array, isStripped: boolean): Uint8Array {
  const start = bytes.byteLength < 4 ? Infinity : 4 + toDataView(bytes).getUint32(0)
  const exif = start < bytes.byteLength ? bytes.subarray(start) : null
  if (exif === null) return bytes.fill(0)
  if (!isStripped) return eraseLocation(exif) ? bytes : bytes.fill(0)
  const essential = makeOrientationExif(getOrientation(exif))
  exif.fill(0)
  if (essential.byteLength <= exif.byteLength) exif.set(essential)
  return bytes
}
