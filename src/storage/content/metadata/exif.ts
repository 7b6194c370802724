import { hasText, toDataView } from '../../core/bytes.ts'

const ORIENTATION = 0x0112
const GPS_DIRECTORY = 0x8825

/** Bytes that a value of each type takes (TIFF 6.0, section 2). */
const TYPE_SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]

/** An entry of a directory holds a tag, a type, a count, and the value or where it stands. */
const ENTRY_SIZE = 12

/**
 * Overwrites with zeros, in Exif data (a small TIFF), where an image was taken: the entry that leads to the GPS
 * directory, that directory, and its values. The length stays, and so does all else.
 *
 * @returns false when the data cannot be read, and may hold a place all the same
 */
export function eraseLocation(exif: Uint8Array): boolean {
  const tiff = Tiff.of(exif)
  const directory = tiff?.directoryAt(tiff.number(4))
  if (tiff === null || directory === undefined || directory === null) return false
  for (const entry of directory.filter(({ tag }) => tag === GPS_DIRECTORY)) {
    const gps = tiff.directoryAt(entry.value)
    if (gps === null || !tiff.hasRoomFor(gps)) return false
    for (const { valueStart, valueLength } of gps) exif.fill(0, valueStart, valueStart + valueLength)
    exif.fill(0, entry.value, entry.value + 2 + gps.length * ENTRY_SIZE)
    // An entry of no known tag and no value: readers pass over it.
    exif.fill(0, entry.start, entry.start + ENTRY_SIZE)
    tiff.setType(entry.start + 2, 1)
  }
  return true
}

/** How the image is to be turned (1 to 8), by its Exif data; 1 when that says nothing. */
export function getOrientation(exif: Uint8Array): number {
  const tiff = Tiff.of(exif)
  const entry = tiff?.directoryAt(tiff.number(4))?.find(({ tag }) => tag === ORIENTATION)
  const orientation = entry === undefined || tiff === null ? 1 : tiff.short(entry.start + 8)
  return orientation >= 1 && orientation <= 8 ? orientation : 1
}

/** Exif data that holds how the image is to be turned, and nothing else. */
export function makeOrientationExif(orientation: number): Uint8Array<ArrayBuffer> {
  // Big-endian, one entry: the orientation, a short, one of it; no further directory.
  const exif = new Uint8Array(26)
  exif.set([0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation])
  return exif
}

interface Entry {
  readonly tag: number
  readonly start: number
  /** The value, or where it stands. */
  readonly value: number
  readonly valueStart: number
  readonly valueLength: number
}

class Tiff {
  readonly #view: DataView
  readonly #isLittleEndian: boolean

  private constructor(bytes: Uint8Array, isLittleEndian: boolean) {
    this.#view = toDataView(bytes)
    this.#isLittleEndian = isLittleEndian
  }

  /** `null` when the data do not begin as a TIFF. */
  static of(bytes: Uint8Array): Tiff | null {
    const isLittleEndian = hasText(bytes, 'II*\0')
    return (isLittleEndian || hasText(bytes, 'MM\0*')) && bytes.byteLength >= 8 ? new Tiff(bytes, isLittleEndian) : null
  }

  short(offset: number): number {
    return this.#view.getUint16(offset, this.#isLittleEndian)
  }

  number(offset: number): number {
    return this.#view.getUint32(offset, this.#isLittleEndian)
  }

  setType(offset: number, type: number): void {
    this.#view.setUint16(offset, type, this.#isLittleEndian)
  }

  /** Attack: thousands of values, each of which is said to be as long as all the data. Values do not overlap. */
  hasRoomFor(directory: readonly Entry[]): boolean {
    return directory.reduce((sum, { valueLength }) => sum + valueLength, 0) <= this.#view.byteLength
  }

  /** `null` when it does not lie within the data. */
  directoryAt(offset: number): Entry[] | null {
    if (offset < 8 || offset + 2 > this.#view.byteLength) return null
    const count = this.short(offset)
    if (offset + 2 + count * ENTRY_SIZE > this.#view.byteLength) return null
    return Array.from({ length: count }, (_, index) => this.#entryAt(offset + 2 + index * ENTRY_SIZE))
  }

  #entryAt(start: number): Entry {
    const length = (TYPE_SIZES[this.short(start + 2)] ?? 0) * this.number(start + 4)
    const value = this.number(start + 8)
    return { tag: this.short(start), start, value, valueStart: length > 4 ? value : start + 8, valueLength: length }
  }
}
