/** Media types that are rendered. SVG is not: it is small as it is, and rendering it is running a language. */
const RENDERED_TYPES: ReadonlySet<string> = new Set([
  'image/avif',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/tiff',
  'image/webp',
])

/** Whether thumbnails of a file are made of the file itself. */
export function isRendered(contentType: string): boolean {
  return RENDERED_TYPES.has(contentType)
}

/** Films and PDF: thumbnails of such a file are made of a picture that is given to it, or found in it. */
export function isPictured(contentType: string): boolean {
  return isFilm(contentType) || contentType === 'application/pdf'
}

export function isFilm(contentType: string): boolean {
  return contentType.startsWith('video/')
}
