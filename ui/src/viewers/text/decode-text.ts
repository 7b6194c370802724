/** The bytes as text. What is not UTF-8 is read as windows-1252, in which every byte is some character. */
export function decodeText(bytes: Uint8Array): string {
  const marked = detectEncoding(bytes)
  if (marked !== null) return new TextDecoder(marked).decode(bytes)
  try {
    // The last character may be cut in two where reading stopped; `stream` allows that.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** Only a byte order mark decides for UTF-16; it is never guessed from the content. */
function detectEncoding(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return null
}
