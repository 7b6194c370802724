import { hasText, toText, toDataView } from '../../storage/core/bytes.ts'
import type { FileBytes } from './file-bytes.ts'
import type { FileMetadata } from './file-facts.ts'

/** Bytes looked at: texts about the sound may stand before it. */
const HEADER_SIZE = 64 * 1024

/** The length of a chunk that has more than four bytes can tell: it stands in `ds64` (EBU Tech 3306). */
const ELSEWHERE = 0xffffffff

/** Duration of a WAV: bytes of sound by bytes in a second. */
export async function readWavMetadata(bytes: FileBytes): Promise<Partial<FileMetadata>> {
  const head = await bytes.read(0, HEADER_SIZE)
  if (!hasText(head, 'WAVE', 8)) return {}
  const view = toDataView(head)
  let bytesPerSecond = 0
  let longLength = 0
  for (let start = 12; start + 8 <= head.byteLength;) {
    const type = toText(head.subarray(start, start + 4))
    const length = view.getUint32(start + 4, true)
    if (type === 'fmt ') bytesPerSecond = view.getUint32(start + 16, true)
    if (type === 'ds64') longLength = Number(view.getBigUint64(start + 16, true))
    if (type === 'data') {
      // What is still being recorded, or was cut off, tells a length that is not there.
      const data = Math.min(length === ELSEWHERE ? longLength : length, bytes.size - start - 8)
      return bytesPerSecond > 0 ? { duration: data / bytesPerSecond } : {}
    }
    start += 8 + length + (length % 2)
  }
  return {}
}
