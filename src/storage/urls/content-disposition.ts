/** Whether a browser shows a file or saves it. */
export type Disposition = 'inline' | 'attachment'

/**
 * A `Content-Disposition` header for any file name (RFC 6266, with the extended form of RFC 8187).
 *
 * Attack: a name with a line end would begin a header of its own, and one with a quote or a percent sign is read in
 * different ways by different browsers. The plain form keeps neither; the extended form encodes every byte.
 */
export function contentDisposition(disposition: Disposition, fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%]/gu, '_')
  const header = `${disposition}; filename="${plain}"`
  return plain === fileName ? header : `${header}; filename*=UTF-8''${encodeExtended(fileName)}`
}

/** Percent-encodes all but the `attr-char` of RFC 8187; what is no valid Unicode becomes the replacement character. */
function encodeExtended(fileName: string): string {
  return encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
