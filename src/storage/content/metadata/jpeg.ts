import type { ByteSource } from '../byte-source.ts'
import { getBytes, copyBytes, hasText, toDataView } from '../../core/bytes.ts'
import type { CheckedFile } from '../content-rules.ts'
import { limitPixels } from '../image-limits.ts'
import { eraseLocation, makeOrientationExif, getOrientation } from './exif.ts'
import { isoMediaChunks } from './iso-media.ts'
import { withoutLocation } from './xmp.ts'

const EXIF = 'Exif\0\0'
const XMP = 'http://ns.adobe.com/xap/1.0/\0'
/** What did not fit into one packet. In pieces it cannot be read for places. */
const EXTENDED_XMP = 'http://ns.adobe.com/xmp/extension/\0'

/** What no camera writes: a file of nothing but these would keep a processor busy. */
const MAX_IMAGES = 100
const MAX_SEGMENTS = 10_000

/** Bytes that are looked at together. */
const PIECE = 64 * 1024

const START_OF_SCAN = 0xda
const END_OF_IMAGE = 0xd9
const COMMENT = 0xfe

/**
 * A JPEG without what its metadata tell too much (ISO/IEC 10918-1, annex B: segments of a marker, a length and their
 * bytes). A file that stops being one is passed on as it is from there: no reader finds metadata behind that point.
 *
 * @throws {MediaStorageError} `IMAGE_TOO_LARGE`
 */
export async function* jpegChunks(source: ByteSource, file: CheckedFile): AsyncGenerator<Uint8Array> {
  // Further images may follow, as from phones that store two.
  for (let images = 0; images < MAX_IMAGES && hasText(await source.peek(3), '\xff\xd8\xff'); images += 1) {
    yield await source.take(2)
    yield* image(source, file)
  }
  // A phone may have put the video of the moment behind the photo, and the place into that, too.
  if (file.rules.metadata !== 'keep' && hasText(await source.peek(8), 'ftyp', 4)) yield* isoMediaChunks(source, file)
  else yield* source.rest()
}

async function* image(source: ByteSource, file: CheckedFile): AsyncGenerator<Uint8Array> {
  for (let segments = 0; segments < MAX_SEGMENTS; segments += 1) {
    yield* fillBytes(source)
    const head = await source.peek(4)
    const [mark, marker = 0] = head
    if (mark !== 0xff || head.byteLength < 2) return
    if (marker === END_OF_IMAGE) {
      yield await source.take(2)
      return
    }
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8) || head.byteLength < 4) return
    yield* segment(source, file, { marker, length: toDataView(head).getUint16(2) + 2 })
    if (marker === START_OF_SCAN) yield* scan(source)
  }
}

/** Before a marker there may be any number of them. */
async function* fillBytes(source: ByteSource): AsyncGenerator<Uint8Array> {
  for (;;) {
    const bytes = await source.peek(PIECE)
    const other = bytes.findIndex((byte) => byte !== 0xff)
    const count = (other < 0 ? bytes.byteLength : other) - 1
    if (count < 1) return
    yield await source.take(count)
  }
}

interface Segment {
  marker: number
  length: number
}

async function* segment(
  source: ByteSource,
  file: CheckedFile,
  { marker, length }: Segment,
): AsyncGenerator<Uint8Array> {
  const bytes = await source.take(length)
  if (bytes.byteLength < length) {
    yield bytes
    return
  }
  if (isFrame(marker) && length >= 9) {
    limitPixels({ width: toDataView(bytes).getUint16(7), height: toDataView(bytes).getUint16(5) }, file)
  }
  const { metadata } = file.rules
  if (metadata === 'keep' || (marker < 0xe0 && marker !== COMMENT)) yield bytes
  else yield* metadata === 'strip' ? stripped(marker, bytes) : removeLocation(marker, bytes)
}

/** Lengths stay: offsets of further images in the file stay right. */
function* removeLocation(marker: number, bytes: Uint8Array): Generator<Uint8Array> {
  if (marker !== 0xe1) {
    yield bytes
    return
  }
  const changed = copyBytes(bytes)
  if (hasText(bytes, EXIF, 4)) {
    const body = 4 + EXIF.length
    if (!eraseLocation(changed.subarray(body))) changed.fill(0, body)
  } else if (hasText(bytes, XMP, 4)) {
    const body = 4 + XMP.length
    changed.set(withoutLocation(bytes.subarray(body)), body)
  } else if (hasText(bytes, EXTENDED_XMP, 4)) {
    changed.fill(0x20, 4 + EXTENDED_XMP.length)
  }
  yield changed
}

/** The colours stay (JFIF, the profile of APP2, Adobe's transform of APP14), and how the image is turned. */
function* stripped(marker: number, bytes: Uint8Array): Generator<Uint8Array> {
  if (marker === 0xe0 || marker === 0xee || (marker === 0xe2 && hasText(bytes, 'ICC_PROFILE\0', 4))) {
    yield bytes
    return
  }
  if (marker !== 0xe1 || !hasText(bytes, EXIF, 4)) return
  const orientation = getOrientation(bytes.subarray(4 + EXIF.length))
  if (orientation === 1) return
  const exif = makeOrientationExif(orientation)
  const length = 2 + EXIF.length + exif.byteLength
  yield Uint8Array.of(0xff, 0xe1, length >> 8, length & 0xff, ...getBytes(EXIF), ...exif)
}

/** Image data up to the next marker. In them 0xFF is followed by 0, or stands for a restart. */
async function* scan(source: ByteSource): AsyncGenerator<Uint8Array> {
  for (;;) {
    const bytes = await source.peek(PIECE)
    const end = nextMarker(bytes)
    if (end !== null) {
      yield await source.take(end)
      return
    }
    // The last byte may be the beginning of a marker.
    if (bytes.byteLength <= 1) return
    yield await source.take(bytes.byteLength - 1)
  }
}

function nextMarker(bytes: Uint8Array): number | null {
  for (let index = bytes.indexOf(0xff); index >= 0 && index + 1 < bytes.byteLength;) {
    const marker = bytes[index + 1] ?? 0
    if (marker !== 0 && marker !== 0xff && !isRestart(marker)) return index
    index = bytes.indexOf(0xff, index + 1)
  }
  return null
}

function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7
}

/** Segments that say how large the image is; among their numbers are three that mean something else. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}
