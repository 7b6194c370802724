import { toText, toDataView } from '../../core/bytes.ts'

/** Where in the file an item of metadata stands, or a part of it. */
export interface ItemRange {
  readonly kind: 'exif' | 'xmp'
  readonly start: number
  readonly length: number
  /** False for one of several parts. */
  readonly isWhole: boolean
}

interface Box {
  readonly type: string
  /** Its bytes behind the header, within those of the outer box. */
  readonly start: number
  readonly end: number
}

/** No image has as many; a number in a damaged file may say more. */
const MAX_ITEMS = 10_000

/** Parts of all items together. They may take no byte of the box, so that its length is no limit. */
const MAX_EXTENTS = 100_000

/**
 * Where Exif data and XMP stand, in the order of the file, by the `meta` box of a HEIC or AVIF file (ISO/IEC 14496-12,
 * 8.11). None when the box cannot be read.
 *
 * @param position - where in the file the box begins
 */
export function metadataItems(meta: Uint8Array, position: number): ItemRange[] {
  try {
    return readRanges(meta, position).toSorted((one, other) => one.start - other.start)
  } catch (error) {
    // A number that leads out of the box: no reader finds the items either.
    if (error instanceof RangeError) return []
    throw error
  }
}

function readRanges(meta: Uint8Array, position: number): ItemRange[] {
  const boxes = [...getBoxes(meta, 12, meta.byteLength)]
  const information = boxes.find(({ type }) => type === 'iinf')
  const locations = boxes.find(({ type }) => type === 'iloc')
  if (information === undefined || locations === undefined) return []
  const kinds = new Map(getKinds(meta, information))
  const data = boxes.find(({ type }) => type === 'idat')
  const origins = [0, position + (data?.start ?? 0)]
  return getLocations(meta, locations).flatMap(({ item, method, extents }) => {
    const kind = kinds.get(item)
    const origin = origins[method]
    if (kind === undefined || origin === undefined) return []
    const isWhole = extents.length === 1
    return extents.map(({ start, length }) => ({ kind, start: origin + start, length, isWhole }))
  })
}

function* getBoxes(bytes: Uint8Array, start: number, end: number): Generator<Box> {
  for (let offset = start; offset + 8 <= end;) {
    const length = toDataView(bytes).getUint32(offset)
    if (length < 8 || offset + length > end) return
    yield { type: toText(bytes.subarray(offset + 4, offset + 8)), start: offset + 8, end: offset + length }
    offset += length
  }
}

/** Numbers of the items that are metadata. */
function* getKinds(meta: Uint8Array, { start, end }: Box): Generator<[number, ItemRange['kind']]> {
  const isLong = meta[start] !== 0
  for (const box of getBoxes(meta, start + (isLong ? 8 : 6), end)) {
    const version = meta[box.start] ?? 0
    if (box.type !== 'infe' || version < 2) continue
    const reader = new NumberReader(meta, box.start + 4)
    const item = reader.number(version === 2 ? 2 : 4)
    reader.number(2)
    const type = toText(meta.subarray(reader.offset, reader.offset + 4))
    if (type === 'Exif') yield [item, 'exif']
    else if (type === 'mime' && toText(meta.subarray(reader.offset, box.end)).includes('rdf+xml')) yield [item, 'xmp']
  }
}

interface ItemLocation {
  item: number
  /** 0 counts from the start of the file, 1 within the `idat` box. */
  method: number
  extents: { start: number; length: number }[]
}

function getLocations(meta: Uint8Array, { start }: Box): ItemLocation[] {
  const reader = new NumberReader(meta, start)
  const version = reader.number(1)
  reader.number(3)
  const [sizes, moreSizes] = [reader.number(1), reader.number(1)]
  const [offsetSize, lengthSize, baseSize] = [sizes >> 4, sizes & 15, moreSizes >> 4]
  const indexSize = version === 0 ? 0 : moreSizes & 15
  const count = Math.min(reader.number(version < 2 ? 2 : 4), MAX_ITEMS)
  let extentsLeft = MAX_EXTENTS
  return Array.from({ length: count }, () => {
    const item = reader.number(version < 2 ? 2 : 4)
    const method = version === 0 ? 0 : reader.number(2) & 15
    // A file outside this one is said where 0 is this one.
    reader.number(2)
    const base = reader.number(baseSize)
    const extentCount = reader.number(2)
    extentsLeft -= extentCount
    if (extentsLeft < 0) throw new RangeError('The items of the picture have too many parts.')
    const extents = Array.from({ length: extentCount }, () => {
      reader.number(indexSize)
      return { start: base + reader.number(offsetSize), length: reader.number(lengthSize) }
    })
    return { item, method, extents }
  })
}

class NumberReader {
  readonly #view: DataView
  offset: number

  constructor(bytes: Uint8Array, offset: number) {
    this.#view = toDataView(bytes)
    this.offset = offset
  }

  /** The next number of so many bytes; 0 for none. */
  number(size: number): number {
    let value = 0
    for (let index = 0; index < size; index += 1) {
      value = value * 256 + this.#view.getUint8(this.offset)
      this.offset += 1
    }
    return value
  }
}
