import { crc32 } from 'node:zlib'

/** CRC32 as S3 takes it: four bytes, the highest first, in Base64. */
export function crc32Checksum(bytes: Uint8Array): { ChecksumCRC32: string } {
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(bytes))
  return { ChecksumCRC32: checksum.toString('base64') }
}
