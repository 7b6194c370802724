import { createHash } from 'node:crypto'

const SEAL_LENGTH = 32

/** Bytes that end in their own SHA-256, so that whoever finds them can tell whether they are whole. */
export function sealedBytes(size: number, seed: number): Buffer {
  const bytes = Buffer.alloc(size, `${seed} `)
  return Buffer.concat([bytes, getSeal(bytes)])
}

export function isWhole(bytes: Buffer): boolean {
  const end = bytes.byteLength - SEAL_LENGTH
  return end >= 0 && bytes.subarray(end).equals(getSeal(bytes.subarray(0, end)))
}

function getSeal(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
