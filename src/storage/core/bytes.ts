/** Whether the characters, each a byte, stand at an offset. */
export function hasText(bytes: Uint8Array, text: string, offset = 0): boolean {
  if (bytes.byteLength < offset + text.length) return false
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[offset + index] !== text.charCodeAt(index)) return false
  }
  return true
}

/** Bytes put into one call: more arguments than this overflow the stack. */
const CHARACTERS_AT_ONCE = 8192

/** The bytes as characters of the same numbers. `TextDecoder` has no such encoding: its latin1 is windows-1252. */
export function toText(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.byteLength; start += CHARACTERS_AT_ONCE) {
    text += String.fromCharCode(...bytes.subarray(start, start + CHARACTERS_AT_ONCE))
  }
  return text
}

/** Characters below 256 as bytes of the same numbers. */
export function getBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

/** Other memory with the same bytes, whoever made them: the `slice` of a Node `Buffer` is the same memory. */
export function copyBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}

export function toDataView(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** A big-endian number of four bytes. */
export function uint32(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4)
  toDataView(bytes).setUint32(0, value)
  return bytes
}
