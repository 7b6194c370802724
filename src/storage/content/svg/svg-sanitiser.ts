import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes'
import { CssTokens } from './css-tokens.ts'
import { DrawingCost } from './drawing-cost.ts'
import { isEmbeddedImage, isOwnReference } from './own-references.ts'
import { safeCss } from './safe-css.ts'
import {
  ACTIVE_ELEMENTS,
  ALLOWED_ATTRIBUTES,
  ALLOWED_ELEMENTS,
  ANIMATING_ELEMENTS,
  IMAGE_ELEMENTS,
  NEVER_ANIMATED,
  PLAIN_ATTRIBUTES,
} from './svg-allow-list.ts'
import { defineEntities, readEntities } from './svg-entities.ts'
import { SvgRefusal } from './svg-refusal.ts'

const SVG = 'http://www.w3.org/2000/svg'
const XLINK = 'http://www.w3.org/1999/xlink'
const XML = 'http://www.w3.org/XML/1998/namespace'

/** Limits that no drawing reaches, and that keep every reader of the result from harm. */
const MAX_ELEMENTS = 100_000
const DEEPEST_NESTING = 256
const MAX_ATTRIBUTES = 256

/** Longest style, in characters: room for embedded fonts. Each is read as a whole, and nobody else has his turn meanwhile. */
const MAX_STYLE_LENGTH = 2_000_000

/**
 * Reads an SVG piece by piece, strictly and in linear time, and writes it anew from lists of what is allowed.
 *
 * Attack: a script, an event handler, a link with `javascript:`, a page in a `foreignObject`, an animation that makes a
 * link of these, a reference that tells another server who looks; entities that grow to gigabytes or name local files.
 */
export class SvgSanitiser {
  readonly #parser = new SaxesParser({ xmlns: true, position: false })
  readonly #onActive: (what: string) => void
  readonly #tokens = new CssTokens()
  readonly #cost = new DrawingCost(this.#tokens)
  #output = ''
  #isInTag = false
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
      defineEntities(parser.ENTITIES, readEntities(doctype), () => this.#isInTag)
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

  /** @throws {SvgRefusal} when the file ends too early, or takes too long to draw */
  end(): string {
    this.#parser.close()
    this.#cost.check()
    return this.#taken()
  }

  #taken(): string {
    const output = this.#output
    this.#output = ''
    return output
  }

  #countElement(): void {
    this.#isInTag = true
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
    this.#isInTag = false
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
    const attributes = this.#getAttributes(tag)
    const written = Array.from(attributes, ([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('')
    this.#output += `<${tag.local}${root}${written}>`
    this.#cost.open(tag.local, attributes)
    if (tag.local === 'style') this.#style = ''
  }

  #close(tag: SaxesTagNS): void {
    if (this.#omittedFrom === 0) {
      if (tag.local === 'style') {
        const style = this.#safeCss(this.#style ?? '')
        this.#output += escapeText(style)
        this.#cost.addStyle(style)
        this.#style = null
      }
      this.#output += `</${tag.local}>`
      this.#cost.close()
    }
    if (this.#omittedFrom === this.#depth) this.#omittedFrom = 0
    this.#depth -= 1
  }

  #write(text: string): void {
    if (this.#omittedFrom > 0 || this.#depth === 0) return
    if (this.#style !== null) {
      this.#style += text
      return
    }
    this.#output += escapeText(text)
    this.#cost.addText(text)
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
    return animated !== undefined && !(ALLOWED_ATTRIBUTES.has(animated) && !NEVER_ANIMATED.has(animated))
  }

  /** The attributes that are stored, with their values. */
  #getAttributes({ local, attributes }: SaxesTagNS): Map<string, string> {
    const kept = new Map<string, string>()
    for (const attribute of Object.values(attributes)) {
      const name = this.#getStoredName(local, attribute)
      if (name === null) continue
      const isPlain = name.includes(':') || name === 'href' || PLAIN_ATTRIBUTES.has(name) || name.startsWith('aria-')
      kept.set(name, isPlain ? attribute.value : this.#safeCss(attribute.value))
    }
    return kept
  }

  /** The name under which an attribute is stored; `null` for one that is left out. */
  #getStoredName(element: string, { name, local, prefix, uri, value }: SaxesAttributeNS): string | null {
    if (prefix === 'xmlns' || name === 'xmlns') return null
    const storedName = getAllowedName(local, uri)
    if (storedName?.endsWith('href') === true) return this.#isAllowedReference(element, value) ? storedName : null
    if (storedName !== null) return storedName
    if (/^on/i.test(local)) this.#onActive(`the attribute ${local}`)
    return null
  }

  #isAllowedReference(element: string, value: string): boolean {
    if (isOwnReference(value) || (IMAGE_ELEMENTS.has(element) && isEmbeddedImage(value))) return true
    if (value.trim() !== '') this.#onActive('a reference to another location')
    return false
  }

  #safeCss(css: string): string {
    if (css.length > MAX_STYLE_LENGTH) {
      throw new SvgRefusal(`one of its styles is longer than ${MAX_STYLE_LENGTH / 1_000_000} MB`)
    }
    return safeCss(css, this.#tokens, () => this.#onActive('a reference to another location'))
  }
}

function getAllowedName(local: string, uri: string): string | null {
  if (local === 'href' && uri === XLINK) return 'xlink:href'
  if (uri === XML && (local === 'space' || local === 'lang')) return `xml:${local}`
  return uri === '' && (local === 'href' || isAllowedAttribute(local)) ? local : null
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
