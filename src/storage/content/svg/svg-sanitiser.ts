import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes'
import { isEmbeddedImage, isOwnReference, safeCss } from './safe-values.ts'
import {
  ACTIVE_ELEMENTS,
  ALLOWED_ATTRIBUTES,
  ALLOWED_ELEMENTS,
  ANIMATING_ELEMENTS,
  IMAGE_ELEMENTS,
} from './svg-allow-list.ts'

const SVG = 'http://www.w3.org/2000/svg'
const XLINK = 'http://www.w3.org/1999/xlink'
const XML = 'http://www.w3.org/XML/1998/namespace'

/** Limits that no drawing reaches, and that keep every reader of the result from harm. */
const MAX_ELEMENTS = 100_000
const DEEPEST_NESTING = 256
const MAX_ATTRIBUTES = 256

/** Longest style, in characters: room for embedded fonts. Each is read as a whole, and nobody else has his turn meanwhile. */
const MAX_STYLE_LENGTH = 2_000_000

/** What keeps a file from being stored: it is no SVG, or one that nobody should have to read. */
export class SvgRefusal extends Error {
  readonly isMalformed: boolean

  constructor(message: string, { isMalformed = false }: { isMalformed?: boolean } = {}) {
    super(message)
    this.isMalformed = isMalformed
  }
}

/**
 * Reads an SVG piece by piece, strictly and in linear time, and writes it anew from lists of what is allowed.
 *
 * Attack: a script, an event handler, a link with `javascript:`, a page in a `foreignObject`, an animation that makes a
 * link of these, a reference that tells another server who looks; entities that grow to gigabytes or name local files.
 */
export class SvgSanitiser {
  readonly #parser = new SaxesParser({ xmlns: true, position: false })
  readonly #onActive: (what: string) => void
  #output = ''
  /** The text of a `style` element; `null` outside of one. */
  #style: string | null = null
  #depth = 0
  /** The depth of the element that is being left out; 0 when none is. */
  #omittedFrom = 0
  #elements = 0
  #attributes = 0

  /** @param onActive - is told, for each active part that is left out, what it is */
  constructor(onActive: (what: string) => void) {
    this.#onActive = onActive
    const parser = this.#parser
    parser.on('error', () => {
      throw new SvgRefusal('it is not well-formed XML', { isMalformed: true })
    })
    parser.on('doctype', (doctype) => {
      if (doctype.includes('[')) throw new SvgRefusal('it defines entities')
    })
    parser.on('opentagstart', () => this.#countElement())
    parser.on('attribute', () => this.#countAttribute())
    parser.on('opentag', (tag) => this.#open(tag))
    parser.on('closetag', (tag) => this.#close(tag))
    parser.on('text', (text) => this.#write(text))
    parser.on('cdata', (text) => this.#write(text))
  }

  /**
   * The next characters of the result for the next ones of the file.
   *
   * @throws {SvgRefusal}
   */
  push(text: string): string {
    this.#parser.write(text)
    return this.#taken()
  }

  /** @throws {SvgRefusal} when the file ends too early */
  end(): string {
    this.#parser.close()
    return this.#taken()
  }

  #taken(): string {
    const output = this.#output
    this.#output = ''
    return output
  }

  #countElement(): void {
    this.#elements += 1
    this.#attributes = 0
    if (this.#elements > MAX_ELEMENTS) throw new SvgRefusal(`it has more than ${MAX_ELEMENTS} elements`)
  }

  #countAttribute(): void {
    this.#attributes += 1
    if (this.#attributes > MAX_ATTRIBUTES) {
      throw new SvgRefusal(`one of its elements has more than ${MAX_ATTRIBUTES} attributes`)
    }
  }

  #open(tag: SaxesTagNS): void {
    this.#depth += 1
    if (this.#depth > DEEPEST_NESTING) throw new SvgRefusal(`it nests more than ${DEEPEST_NESTING} elements`)
    if (this.#depth === 1 && (tag.local !== 'svg' || tag.uri !== SVG)) {
      throw new SvgRefusal('its root is not svg', { isMalformed: true })
    }
    if (this.#omittedFrom > 0) return
    if (!this.#isAllowed(tag)) {
      this.#omittedFrom = this.#depth
      return
    }
    const root = this.#depth === 1 ? ` xmlns="${SVG}" xmlns:xlink="${XLINK}"` : ''
    this.#output += `<${tag.local}${root}${this.#getAttributes(tag)}>`
    if (tag.local === 'style') this.#style = ''
  }

  #close(tag: SaxesTagNS): void {
    if (this.#omittedFrom === 0) {
      if (tag.local === 'style') {
        this.#output += escapeText(this.#safeCss(this.#style ?? ''))
        this.#style = null
      }
      this.#output += `</${tag.local}>`
    }
    if (this.#omittedFrom === this.#depth) this.#omittedFrom = 0
    this.#depth -= 1
  }

  #write(text: string): void {
    if (this.#omittedFrom > 0 || this.#depth === 0) return
    if (this.#style === null) this.#output += escapeText(text)
    else this.#style += text
  }

  #isAllowed({ local, uri, attributes }: SaxesTagNS): boolean {
    const isActive = ACTIVE_ELEMENTS.has(local) || this.#animatesTheForbidden(local, attributes)
    if (isActive) this.#onActive(`<${local}>`)
    // Nothing is in a style but its text.
    return !isActive && uri === SVG && ALLOWED_ELEMENTS.has(local) && this.#style === null
  }

  #animatesTheForbidden(element: string, attributes: Record<string, SaxesAttributeNS>): boolean {
    if (!ANIMATING_ELEMENTS.has(element)) return false
    const animated = attributes['attributeName']?.value.trim()
    return animated !== undefined && !(ALLOWED_ATTRIBUTES.has(animated) && animated !== 'style')
  }

  #getAttributes({ local, attributes }: SaxesTagNS): string {
    return Object.values(attributes)
      .map((attribute) => this.#attribute(local, attribute))
      .join('')
  }

  #attribute(element: string, { name, local, prefix, uri, value }: SaxesAttributeNS): string {
    if (prefix === 'xmlns' || name === 'xmlns') return ''
    if (local === 'href' && (uri === '' || uri === XLINK)) return this.#reference(element, { uri, value })
    if (uri === XML && (local === 'space' || local === 'lang')) return ` xml:${local}="${escapeAttribute(value)}"`
    if (uri === '' && isAllowedAttribute(local)) return ` ${local}="${escapeAttribute(this.#safeCss(value))}"`
    if (/^on/i.test(local)) this.#onActive(`the attribute ${local}`)
    return ''
  }

  #reference(element: string, { uri, value }: { uri: string; value: string }): string {
    if (isOwnReference(value) || (IMAGE_ELEMENTS.has(element) && isEmbeddedImage(value))) {
      return ` ${uri === XLINK ? 'xlink:href' : 'href'}="${escapeAttribute(value)}"`
    }
    if (value.trim() !== '') this.#onActive('a reference to another place')
    return ''
  }

  #safeCss(css: string): string {
    if (css.length > MAX_STYLE_LENGTH)
      throw new SvgRefusal(`one of its styles is longer than ${MAX_STYLE_LENGTH / 1_000_000} MB`)
    const safe = safeCss(css)
    if (safe !== css && /url\(#\)/.test(safe) !== /url\(#\)/.test(css)) this.#onActive('a reference to another place')
    if (safe === '' && css !== '') this.#onActive('a style that acts')
    return safe
  }
}

function isAllowedAttribute(name: string): boolean {
  return ALLOWED_ATTRIBUTES.has(name) || /^aria-[a-z]+$/.test(name)
}

function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => ENTITIES[character] ?? '')
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, (character) => ENTITIES[character] ?? '')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}
