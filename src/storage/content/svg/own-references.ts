const WITHIN_THE_FILE = /^\s*#[^\s"'()\\<>]*\s*$/

/** Images made of pixels: an SVG in an SVG would come in unseen. */
const IMAGE = /^\s*data:image\/(?:png|jpe?g|gif|webp|avif|bmp);base64,[A-Za-z0-9+/=\s]*$/i

/** Fonts, which editors embed. */
const FONT =
  /^\s*data:(?:font\/[\w.+-]+|application\/(?:x-)?font-[\w-]+)(?:;charset=[\w-]+)?;base64,[A-Za-z0-9+/=\s]*$/i

/** Whether a reference stays within the file. */
export function isOwnReference(value: string): boolean {
  return WITHIN_THE_FILE.test(value)
}

/** Whether a reference is an image that is in the file itself. */
export function isEmbeddedImage(value: string): boolean {
  return IMAGE.test(value)
}

/** Whether a reference is a font that is in the file itself. */
export function isEmbeddedFont(value: string): boolean {
  return FONT.test(value)
}
