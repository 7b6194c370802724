/** What each byte does to the sum (IEEE 802.3). */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  return sum
})

/** The CRC32 of bytes as buckets take it: four bytes, the highest first, in Base64. */
export function getCrc32(bytes: Uint8Array): string {
  let sum = 0xffffffff
  for (const byte of bytes) sum = (TABLE[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8)
  const digest = new DataView(new ArrayBuffer(4))
  digest.setUint32(0, (sum ^ 0xffffffff) >>> 0)
  return btoa(String.fromCharCode(...new Uint8Array(digest.buffer)))
}
