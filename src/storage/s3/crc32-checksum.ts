import { crc32 } from 'node:zlib'

/** Sent along with a checksum: without it Ceph takes the checksum and does not compare it with the bytes. */
export const CHECKSUM_ALGORITHM = { ChecksumAlgorithm: 'CRC32' } as const

/** CRC32 as S3 takes it: four bytes, the highest first, in Base64. */
export function crc32Checksum(bytes: Uint8Array): { ChecksumCRC32: string } {
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(bytes))
  return { ChecksumCRC32: checksum.toString('base64') }
}
