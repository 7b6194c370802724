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

const PICTURE_EXTENSIONS = new Set(['jpg', 'jpeg', 'png', 'gif', 'webp', 'svg', 'avif'])

/** Whether a browser can show the file in an `<img>`. */
export function isPicture(fileKey: string): boolean {
  return PICTURE_EXTENSIONS.has(fileExtension(fileKey))
}

/** Whether the server makes a small picture of the file, or sends the file as one. */
export function hasThumbnail(fileKey: string): boolean {
  return isPicture(fileKey) || ['tif', 'tiff'].includes(fileExtension(fileKey))
}

const FILM_EXTENSIONS = new Set(['mp4', 'm4v', 'mov', 'webm', 'ogv'])

export function isFilm(fileKey: string): boolean {
  return FILM_EXTENSIONS.has(fileExtension(fileKey))
}

/** Whether the file may have been given a picture, from which the server makes small ones. */
export function mayHavePicture(fileKey: string): boolean {
  return isFilm(fileKey) || fileExtension(fileKey) === 'pdf'
}

/** Photographs in JPEG have no transparency, so nothing has to be shown behind them. */
export function mayBeTransparent(fileKey: string): boolean {
  return !['jpg', 'jpeg'].includes(fileExtension(fileKey))
}
