import { hasText, toDataView } from '../../storage/core/bytes.ts'
import type { FileBytes } from './file-bytes.ts'
import type { FileMetadata } from './file-facts.ts'

/** Duration of a FLAC, by its first block (RFC 9639, section 8.2): 20 bits of sample rate and 36 of samples. */
export async function readFlacMetadata(bytes: FileBytes): Promise<Partial<FileMetadata>> {
  const head = await bytes.read(0, 42)
  if (!hasText(head, 'fLaC') || head.byteLength < 42) return {}
  const numbers = toDataView(head).getBigUint64(18)
  const sampleRate = Number(numbers >> 44n)
  const samples = Number(numbers & 0xfffffffffn)
  return sampleRate > 0 && samples > 0 ? { duration: samples / sampleRate } : {}
}
