import { getBytes, toText } from '../../core/bytes.ts'

const GEOTAG_BOXES = /GPS|geo:(?:lat|long)|Location(?:Created|Shown)?/i

/**
 * Attack: a megabyte of letters, or of tags without an end, from each of which one could look for the rest to its end. A
 * name is looked at from its first letter only, and no tag reaches into the next one.
 */
const ATTRIBUTE = /(?<![\w.-])[\w.-]+:(?:GPS\w*|lat|long|Location\w*)\s*=\s*(?:"[^"]*"|'[^']*')/gi
const ELEMENT = /<([\w.-]+:(?:GPS\w*|lat|long|Location\w*))(?=[\s/>])[^<>]*>/gi

/**
 * XMP of the same length in which spaces stand where an image was taken. A packet that is not understood, and tells a
 * place all the same, becomes spaces as a whole.
 */
export function withoutLocation(xmp: Uint8Array): Uint8Array {
  const text = toText(xmp)
  if (!GEOTAG_BOXES.test(text)) return xmp
  const blanked = withoutElements(text.replace(ATTRIBUTE, spaces))
  return getBytes(blanked === null || GEOTAG_BOXES.test(blanked) ? spaces(text) : blanked)
}

/** `null` when an element has no end. */
function withoutElements(text: string): string | null {
  let result = ''
  let end = 0
  for (const match of text.matchAll(ELEMENT)) {
    if (match.index < end) continue
    const closing = `</${match[1]}>`
    const opened = match.index + match[0].length
    const closed = match[0].endsWith('/>') ? opened : text.indexOf(closing, opened) + closing.length
    if (closed < opened) return null
    result += text.slice(end, match.index) + spaces(text.slice(match.index, closed))
    end = closed
  }
  return result + text.slice(end)
}

function spaces(text: string): string {
  return ' '.repeat(text.length)
}
