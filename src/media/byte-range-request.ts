import type { ByteRange } from '../storage/core/stored-file.ts'

/**
 * Reads a `Range` header (RFC 9110, section 14): `null` to answer with the whole file, `'unsatisfiable'` for 416.
 *
 * Attack: many overlapping ranges in one request make a server send a file many times over. More than one range is
 * answered with the whole file, as the RFC allows.
 */
export function parseByteRange(header: string | null, size: number): Required<ByteRange> | 'unsatisfiable' | null {
  const match = /^bytes=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? '')
  if (match === null) return null
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return null
  if (first === '') return suffixRange(Number(last), size)

  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return null
  return start < size ? { start, end } : 'unsatisfiable'
}

/** `bytes=-500`: the last 500 bytes, or all when there are fewer. */
function suffixRange(length: number, size: number): Required<ByteRange> | 'unsatisfiable' {
  if (length === 0 || size === 0) return 'unsatisfiable'
  return { start: Math.max(0, size - length), end: size - 1 }
}
