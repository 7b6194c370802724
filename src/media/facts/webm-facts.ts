import { toDataView } from '../../storage/core/bytes.ts'
import type { FileBytes } from './file-bytes.ts'
import type { FileMetadata } from './file-facts.ts'

/** Bytes looked at: what is told of a video stands before its first images. */
const HEADER_SIZE = 64 * 1024

/** Elements by their identifiers (RFC 9559), those that hold others among them. */
const SEGMENT = 0x18538067
const INFO = 0x1549a966
const TIMESTAMP_SCALE = 0x2ad7b1
const DURATION = 0x4489
const TRACKS = 0x1654ae6b
const TRACK = 0xae
const VIDEO = 0xe0
const PIXEL_WIDTH = 0xb0
const PIXEL_HEIGHT = 0xba
const HOLDING: ReadonlySet<number> = new Set([SEGMENT, INFO, TRACKS, TRACK, VIDEO])

/** Nanoseconds in a step of time, where nothing else is said. */
const USUAL_SCALE = 1_000_000

/** Duration and size of a WebM video or sound. One that was recorded live does not tell how long it is. */
export async function readWebmMetadata(bytes: FileBytes): Promise<Partial<FileMetadata>> {
  const values = new Map<number, number>()
  for (const { id, value } of getElements(await bytes.read(0, HEADER_SIZE))) {
    if (!values.has(id)) values.set(id, value)
  }
  const [steps, scale = USUAL_SCALE] = [values.get(DURATION), values.get(TIMESTAMP_SCALE)]
  const [width, height] = [values.get(PIXEL_WIDTH), values.get(PIXEL_HEIGHT)]
  return {
    ...(steps === undefined || !(steps > 0) ? {} : { duration: (steps * scale) / 1e9 }),
    ...(width === undefined || height === undefined ? {} : { width, height }),
  }
}

/** The numbers in the header, in their order. Elements that hold others are entered. */
function* getElements(head: Uint8Array): Generator<{ id: number; value: number }> {
  for (let offset = 0; offset < head.byteLength;) {
    const id = variableNumber(head, offset, true)
    const size = id === null ? null : variableNumber(head, offset + id.length, false)
    if (id === null || size === null) return
    const start = offset + id.length + size.length
    if (HOLDING.has(id.value)) {
      offset = start
      continue
    }
    const value = numberIn(head.subarray(start, start + size.value), id.value === DURATION)
    if (value !== null && start + size.value <= head.byteLength) yield { id: id.value, value }
    offset = start + size.value
  }
}

/** A number whose first byte tells by its leading zeros how many bytes it has (RFC 8794, section 4). */
function variableNumber(
  head: Uint8Array,
  offset: number,
  keepsMark: boolean,
): { value: number; length: number } | null {
  const first = head[offset] ?? 0
  const length = Math.clz32(first) - 23
  if (length > 8 || offset + length > head.byteLength) return null
  const digits = [keepsMark ? first : first & (0xff >> length), ...head.subarray(offset + 1, offset + length)]
  return { value: digits.reduce((value, byte) => value * 256 + byte, 0), length }
}

function numberIn(bytes: Uint8Array, isFraction: boolean): number | null {
  const { byteLength } = bytes
  if (isFraction && byteLength === 4) return toDataView(bytes).getFloat32(0)
  if (isFraction && byteLength === 8) return toDataView(bytes).getFloat64(0)
  return isFraction || byteLength === 0 || byteLength > 6 ? null : bytes.reduce((value, byte) => value * 256 + byte, 0)
}
