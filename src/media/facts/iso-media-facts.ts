import { toText, toDataView } from '../../storage/core/bytes.ts'
import type { FileBytes } from './file-bytes.ts'
import type { FileMetadata } from './file-facts.ts'

/** Bytes of the box about the video that are looked at: the tables behind its first boxes are long. */
const MAX_MOVIE_BOX_BYTES = 512 * 1024

interface Box {
  readonly type: string
  /** Its bytes behind the header. */
  readonly start: number
  readonly end: number
}

/** Duration and size of an MP4 or QuickTime video, or of a sound in the same container (ISO/IEC 14496-12, 8.2 and 8.3). */
export async function readIsoMediaMetadata(bytes: FileBytes): Promise<Partial<FileMetadata>> {
  for (let start = 0; start < bytes.size;) {
    const head = await bytes.read(start, 16)
    const box = boxAt(head, 0, bytes.size - start)
    if (box === null) return {}
    if (box.type === 'moov')
      return movieMetadata(await bytes.read(start + box.start, Math.min(box.end, MAX_MOVIE_BOX_BYTES)))
    start += box.end
  }
  return {}
}

function movieMetadata(movie: Uint8Array): Partial<FileMetadata> {
  const boxes = [...boxesIn(movie, 0, movie.byteLength)]
  const header = boxes.find(({ type }) => type === 'mvhd')
  const extension = boxes.find(({ type }) => type === 'mvex')
  const fragments = extension === undefined ? null : fragmentsLength(movie, extension)
  const sizes = boxes.filter(({ type }) => type === 'trak').flatMap((track) => shownSize(movie, track))
  const largest = sizes.toSorted((one, other) => other.width * other.height - one.width * one.height)[0]
  return { ...(header === undefined ? {} : movieDuration(movie, header, fragments)), ...largest }
}

/** Of a video in fragments the header tells nothing, and a box of its own the whole. */
function fragmentsLength(movie: Uint8Array, { start, end }: Box): number | null {
  const box = [...boxesIn(movie, start, end)].find(({ type }) => type === 'mehd')
  if (box === undefined) return null
  const view = toDataView(movie)
  return movie[box.start] === 1 ? Number(view.getBigUint64(box.start + 4)) : view.getUint32(box.start + 4)
}

function movieDuration(movie: Uint8Array, { start }: Box, fragments: number | null): Partial<FileMetadata> {
  const view = toDataView(movie)
  const isLong = movie[start] === 1
  const scale = view.getUint32(start + (isLong ? 20 : 12))
  const length = isLong ? Number(view.getBigUint64(start + 24)) : view.getUint32(start + 16)
  const isKnown = length > 0 && length < (isLong ? Number.MAX_SAFE_INTEGER : 0xffffffff)
  const known = isKnown ? length : fragments
  return scale > 0 && known !== null && known > 0 ? { duration: known / scale } : {}
}

/** As it is shown: a matrix that turns by a quarter changes width and height. Sound has no size. */
function shownSize(movie: Uint8Array, { start, end }: Box): { width: number; height: number }[] {
  const header = [...boxesIn(movie, start, end)].find(({ type }) => type === 'tkhd')
  if (header === undefined) return []
  const view = toDataView(movie)
  const matrix = header.start + (movie[header.start] === 1 ? 52 : 40)
  const [width, height] = [view.getUint32(matrix + 36) / 65_536, view.getUint32(matrix + 40) / 65_536]
  if (width === 0 || height === 0) return []
  const isTurned = view.getInt32(matrix) === 0 && view.getInt32(matrix + 4) !== 0
  const size = { width: Math.round(width), height: Math.round(height) }
  return [isTurned ? { width: size.height, height: size.width } : size]
}

function* boxesIn(bytes: Uint8Array, start: number, end: number): Generator<Box> {
  for (let offset = start; offset < end;) {
    const box = boxAt(bytes, offset, end)
    if (box === null) return
    yield box
    offset = box.end
  }
}

/** The box at an offset, whose end is not behind `limit`; `null` when there is none. */
function boxAt(bytes: Uint8Array, offset: number, limit: number): Box | null {
  if (offset + 8 > bytes.byteLength) return null
  const view = toDataView(bytes)
  const short = view.getUint32(offset)
  const headerLength = short === 1 ? 16 : 8
  if (offset + headerLength > bytes.byteLength) return null
  const length = short === 0 ? limit - offset : short === 1 ? Number(view.getBigUint64(offset + 8)) : short
  if (length < headerLength) return null
  const type = toText(bytes.subarray(offset + 4, offset + 8))
  return { type, start: offset + headerLength, end: Math.min(offset + length, limit) }
}
