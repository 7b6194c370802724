const WITHIN_THE_FILE = /^\s*#[^\s"'()\\<>]*\s*$/

/** Images made of pixels: an SVG in an SVG would come in unseen. */
const IMAGE = /^\s*data:image\/(?:png|jpe?g|gif|webp|avif|bmp);base64,[A-Za-z0-9+/=\s]*$/i

/** Also fonts, which editors embed. */
const EMBEDDED =
  /^\s*data:(?:image\/(?:png|jpe?g|gif|webp|avif|bmp)|font\/[\w.+-]+|application\/(?:x-)?font-[\w-]+|application\/font-[\w-]+)(?:;charset=[\w-]+)?;base64,[A-Za-z0-9+/=\s]*$/i

/** Whether a reference stays within the file. */
export function isOwnReference(value: string): boolean {
  return WITHIN_THE_FILE.test(value)
}

/** Whether a reference is an image that is in the file itself. */
export function isEmbeddedImage(value: string): boolean {
  return IMAGE.test(value)
}

/** A part of CSS that leads out of the file, or acts. */
const ADDRESS = /url\(\s*(?:"([^"]*)"?|'([^']*)'?|([^)"']*))\s*\)?/gi
const IMPORT = /@import\b[^;]*;?/gi
const OTHER_URLS = /(?:image-set|\bsrc|\bimage|expression)\s*\(|-moz-binding|behaviou?r\s*:|(?:java|vb)script:/i
const COMMENT = /\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|\/\*[^]*$/g
const ESCAPE = /\\(?:([0-9a-f]{1,6})\s?|(.))/gis

/**
 * CSS without what leads out of the file. Fonts and images that are in it stay, so do names within it.
 *
 * Attack: `@import` and `url(…)` tell another server who looks at the image, and escapes such as `\75rl(` hide them.
 */
export function safeCss(css: string): string {
  if (!/[\\@(:]/.test(css)) return css
  const plain = css.replace(COMMENT, ' ').replace(ESCAPE, unescaped)
  // What still has escapes was written to be read twice.
  if (plain.includes('\\') || OTHER_URLS.test(plain)) return ''
  return plain.replace(IMPORT, '').replace(ADDRESS, (match, ...groups: (string | number | undefined)[]) => {
    const href = groups.slice(0, 3).find((group) => group !== undefined) ?? ''
    return isOwnReference(String(href)) || EMBEDDED.test(String(href)) ? match : 'url(#)'
  })
}

function unescaped(_escape: string, code: string | undefined, character: string | undefined): string {
  if (code === undefined) return character ?? ''
  const point = Number.parseInt(code, 16)
  return point === 0 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)
    ? '\ufffd'
    : String.fromCodePoint(point)
}
