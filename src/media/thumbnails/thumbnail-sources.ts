/** Drawings, which are sanitised once more before they are rendered. */
export const SVG_TYPE = 'image/svg+xml'

/** Media types that are rendered. */
const RENDERED_TYPES: ReadonlySet<string> = new Set([
  'image/avif',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/tiff',
  'image/webp',
  SVG_TYPE,
])

/** Whether thumbnails of a file are made of the file itself. */
export function isRendered(contentType: string): boolean {
  return RENDERED_TYPES.has(contentType)
}

/** Videos and PDF: thumbnails of such a file are made of an image that is given to it, or found in it. */
export function hasPreview(contentType: string): boolean {
  return isVideo(contentType) || contentType === 'application/pdf'
}

export function isVideo(contentType: string): boolean {
  return contentType.startsWith('video/')
}
