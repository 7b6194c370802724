const BYTES_PER_LINE = 16

/** Bytes as programmers read them: position, sixteen pairs of hexadecimal digits, and the printable characters. */
export function dumpBytes(bytes: Uint8Array): string {
  const lines: string[] = []
  for (let start = 0; start < bytes.byteLength; start += BYTES_PER_LINE) {
    const part = [...bytes.subarray(start, start + BYTES_PER_LINE)]
    const pairs = part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const characters = part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('')
    lines.push(`${start.toString(16).padStart(8, '0')}  ${pairs.padEnd(BYTES_PER_LINE * 3 - 1)}  ${characters}`)
  }
  return lines.join('\n')
}
