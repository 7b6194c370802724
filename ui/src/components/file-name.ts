const UUID_SUFFIX = /-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?=\.[^.]*$|$)/i

/** The name a person gave the file: `my-poster-3beac950-….jpg` is `my-poster.jpg`. */
export function originalFileName(fileKey: string): string {
  return fileKey.replace(UUID_SUFFIX, '')
}

/** Lower-case and without the dot; empty when the key has none. */
export function fileExtension(fileKey: string): string {
  const dot = fileKey.lastIndexOf('.')
  return dot === -1 ? '' : fileKey.slice(dot + 1).toLowerCase()
}

const PREVIEWED_EXTENSIONS = new Set(['jpg', 'jpeg', 'png', 'gif', 'webp', 'svg', 'avif'])

/** Whether a browser can show the file in an `<img>`. */
export function isImage(fileKey: string): boolean {
  return PREVIEWED_EXTENSIONS.has(fileExtension(fileKey))
}

/** Whether drawing the file may take any time. */
export function isVector(fileKey: string): boolean {
  return fileExtension(fileKey) === 'svg'
}

/** Whether the server makes a small image of the file, or sends the file as one. */
export function hasThumbnail(fileKey: string): boolean {
  return isImage(fileKey) || ['tif', 'tiff'].includes(fileExtension(fileKey))
}

const VIDEO_EXTENSIONS = new Set(['mp4', 'm4v', 'mov', 'webm', 'ogv'])

export function isVideo(fileKey: string): boolean {
  return VIDEO_EXTENSIONS.has(fileExtension(fileKey))
}

/** Whether the file may have been given an image, from which the server makes small ones. */
export function mayHaveThumbnail(fileKey: string): boolean {
  return isVideo(fileKey) || fileExtension(fileKey) === 'pdf'
}

/** Photographs in JPEG have no transparency, so nothing has to be shown behind them. */
export function mayBeTransparent(fileKey: string): boolean {
  return !['jpg', 'jpeg'].includes(fileExtension(fileKey))
}
