import { type StyleReference, findReferences, findStyleReferences } from './css-references.ts'
import type { CssTokens } from './css-tokens.ts'
import { DrawnElements, type ReferenceKind } from './drawn-elements.ts'
import { SvgRefusal } from './svg-refusal.ts'

/** Most elements that are drawn, each counted as often as it is repeated. */
const MAX_DRAWN = 250_000

/** Most filter effects that are drawn, each counted as often as it is applied. */
const MAX_EFFECTS = 100

/** Effects that take as long as a blur. Others, such as an offset or a merge, are ten times as fast. */
const SLOW_EFFECTS: ReadonlySet<string> = new Set([
  'feGaussianBlur',
  'feDropShadow',
  'feConvolveMatrix',
  'feDiffuseLighting',
  'feSpecularLighting',
  'feDisplacementMap',
  'feMorphology',
  'feTurbulence',
  'feTile',
  'feImage',
])

/** Elements that never draw by themselves and that no style sheet makes draw. */
const PARTS = /^(?:fe[A-Z]|animate|set$|stop$|style$|title$|desc$|filter$|linearGradient$|radialGradient$|font|glyph)/

const ANIMATIONS = /^(?:animate|set$)/

const KINDS: Readonly<Record<string, ReferenceKind>> = {
  fill: 'paint',
  stroke: 'paint',
  marker: 'marker',
  'marker-start': 'marker',
  'marker-mid': 'marker',
  'marker-end': 'marker',
  filter: 'filter',
}

/**
 * Counts what drawing an SVG comes to.
 *
 * Attack: ten `use` elements, each of ten others, twelve levels deep: two kB that are a million million elements; the same
 * by patterns, masks and markers; hundreds of blurs over the whole image. Whoever's page shows it stands still.
 */
export class DrawingCost {
  readonly #elements = new DrawnElements()
  readonly #styles: StyleReference[] = []
  readonly #tokens: CssTokens

  constructor(tokens: CssTokens) {
    this.#tokens = tokens
  }

  /** Counts an element and what is in it, until it is closed. The attributes are those that are stored. */
  open(name: string, attributes: ReadonlyMap<string, string>): void {
    const classes = (attributes.get('class') ?? '').split(/\s+/).filter(Boolean)
    const names = PARTS.test(name) ? [] : ['*', name, ...classes.map((word) => `.${word}`)]
    const id = attributes.get('id')
    if (id !== undefined && names.length > 0) names.push(`#${id}`)
    this.#elements.open({ id, names, ...getWeight(name, attributes) })
    const href = attributes.get('href') ?? attributes.get('xlink:href')
    const isAnimation = ANIMATIONS.test(name)
    if (href?.trim().startsWith('#') === true && !isAnimation && name !== 'a') {
      this.#elements.refer('copy', href.trim().slice(1))
    }
    for (const [attribute, value] of attributes) this.#readAttribute(isAnimation ? '--animated' : attribute, value)
  }

  addText(text: string): void {
    this.#elements.addText(text.trim().length)
  }

  close(): void {
    this.#elements.close()
  }

  /** Counts what a style sheet makes elements draw, wherever in the file it stands. */
  addStyle(css: string): void {
    // A loop: a style may have more references than a call can have arguments.
    for (const reference of findStyleReferences(css, this.#tokens)) this.#styles.push(reference)
  }

  /** @throws {SvgRefusal} when drawing it would take too long */
  check(): void {
    this.#elements.applyStyles(this.#styles.map((style) => ({ ...style, kind: getKind(style) })))
    const { drawn, effects } = this.#elements.total()
    if (!(drawn <= MAX_DRAWN)) {
      throw new SvgRefusal(`what it repeats comes to more than ${MAX_DRAWN} drawn elements`)
    }
    if (!(effects <= MAX_EFFECTS)) {
      throw new SvgRefusal(`it draws more than ${MAX_EFFECTS} filter effects, such as blurs`)
    }
  }

  #readAttribute(name: string, value: string): void {
    if (!value.includes('(')) return
    for (const reference of findReferences(name === 'style' ? value : `${name}:${value}`, this.#tokens)) {
      // A variable reaches every element that is in this one, and an animation may change any property of any other.
      if (reference.selector === '*') this.#styles.push(reference)
      else this.#elements.refer(getKind(reference), reference.id)
    }
  }
}

function getKind({ property, id }: Pick<StyleReference, 'property' | 'id'>): ReferenceKind {
  if (id === null) return 'effect'
  return property.startsWith('--') ? 'any' : (KINDS[property] ?? 'part')
}

function getWeight(name: string, attributes: ReadonlyMap<string, string>) {
  const length = (attributes.get('d') ?? attributes.get('points') ?? '').length
  return {
    drawn: name === 'stop' ? 0.1 : name === 'image' ? 20 : 1 + length / 1000,
    // A vertex takes at least four characters.
    vertices: name === 'line' ? 2 : length / 4,
    effects: getEffectWeight(name, attributes),
  }
}

function getEffectWeight(name: string, attributes: ReadonlyMap<string, string>): number {
  if (!name.startsWith('fe')) return 0
  if (!SLOW_EFFECTS.has(name)) return 0.1
  const number = (attribute: string, fallback: number) =>
    Math.max(
      ...(attributes.get(attribute) ?? String(fallback)).split(/[\s,]+/).map((text) => Math.abs(Number(text)) || 0),
    )
  if (name === 'feTurbulence') return 1 + number('numOctaves', 1) / 5
  if (name === 'feConvolveMatrix') return 1 + number('order', 3) ** 2 / 25
  if (name === 'feMorphology') return 1 + number('radius', 0) / 100
  return 1
}
