import { hasText, toDataView } from '../core/bytes.ts'
import type { Pixels } from './pixels.ts'

/** How the numbers of a TIFF are written, and where its first directory stands. */
export interface TiffOutline {
  readonly isLittleEndian: boolean
  /** BigTIFF has offsets and counts of eight bytes. */
  readonly isBig: boolean
  readonly directory: number
}

/** Bytes of a directory that are looked at: some thousands of entries, and the size is among the first. */
export const MAX_TIFF_DIRECTORY_BYTES: number = 64 * 1024

const WIDTH = 256
const HEIGHT = 257

/** `null` for what does not begin as a TIFF (TIFF 6.0, section 2; BigTIFF has the number 43). */
export function tiffOutline(head: Uint8Array): TiffOutline | null {
  const isLittleEndian = hasText(head, 'II')
  const isBig = hasText(head, 'II+\0') || hasText(head, 'MM\0+')
  if (!isBig && !hasText(head, 'II*\0') && !hasText(head, 'MM\0*')) return null
  if (head.byteLength < (isBig ? 16 : 8)) return null
  const view = toDataView(head)
  const directory = isBig ? Number(view.getBigUint64(8, isLittleEndian)) : view.getUint32(4, isLittleEndian)
  return { isLittleEndian, isBig, directory }
}

/** Width and height by the first directory, given the bytes from where it begins; `null` when they do not tell. */
export function readDirectoryPixels(bytes: Uint8Array, { isLittleEndian, isBig }: TiffOutline): Pixels | null {
  const view = toDataView(bytes)
  const [countSize, entrySize, valueAt] = isBig ? [8, 20, 12] : [2, 12, 8]
  const sizes = new Map<number, number>()
  for (let entry = countSize; entry + entrySize <= bytes.byteLength; entry += entrySize) {
    const tag = view.getUint16(entry, isLittleEndian)
    if (tag !== WIDTH && tag !== HEIGHT) continue
    const value = numberAt(view, entry + valueAt, { type: view.getUint16(entry + 2, isLittleEndian), isLittleEndian })
    if (value !== null && !sizes.has(tag)) sizes.set(tag, value)
  }
  const [width, height] = [sizes.get(WIDTH), sizes.get(HEIGHT)]
  return width === undefined || height === undefined ? null : { width, height }
}

/** `null` for a type that is no whole number. */
function numberAt(
  view: DataView,
  offset: number,
  { type, isLittleEndian }: { type: number; isLittleEndian: boolean },
): number | null {
  if (type === 1) return view.getUint8(offset)
  if (type === 3) return view.getUint16(offset, isLittleEndian)
  if (type === 4) return view.getUint32(offset, isLittleEndian)
  return type === 16 && offset + 8 <= view.byteLength ? Number(view.getBigUint64(offset, isLittleEndian)) : null
}
