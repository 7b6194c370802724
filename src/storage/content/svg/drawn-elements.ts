import { SvgRefusal } from './svg-refusal.ts'

/**
 * How an element refers to another: it draws it in its place (`copy`), once more (`part`), on each shape in it (`paint`),
 * at each vertex in it (`marker`), or as a filter; `any` may be each of these, and `effect` is a filter without an element.
 */
export type ReferenceKind = 'copy' | 'part' | 'paint' | 'marker' | 'filter' | 'any' | 'effect'

/** What an element is, besides what it refers to. */
export interface DrawnElement {
  id: string | undefined
  /** What selectors may call it. */
  names: string[]
  drawn: number
  vertices: number
  effects: number
}

interface Cost {
  /** Elements with all that they refer to. */
  drawn: number
  /** Elements that inherit what is given to this one, and their vertices. */
  shapes: number
  vertices: number
  effects: number
}

interface Reference {
  from: number
  kind: ReferenceKind
  id: string | null
}

const NOTHING: Readonly<Cost> = { drawn: 0, shapes: 0, vertices: 0, effects: 0 }

/** How far references lead: real ones lead through a handful. */
const MAX_DEPTH = 300

/** The elements of a file in their order, and what drawing them comes to: an upper limit, found in linear time. */
export class DrawnElements {
  readonly #elements: (DrawnElement & { end: number })[] = []
  readonly #open: number[] = []
  readonly #references: Reference[] = []
  readonly #byId = new Map<string, number>()
  readonly #byName = new Map<string, number[]>()
  readonly #known = new Map<number, Cost | 'running'>()
  /** Of what stands before each element. */
  #sums: Cost[] = []
  /** Where the references of each element begin. */
  #starts: number[] = []

  open(element: DrawnElement): void {
    const index = this.#elements.length
    this.#elements.push({ ...element, end: index })
    this.#open.push(index)
    // The first element of an id counts.
    if (element.id !== undefined && !this.#byId.has(element.id)) this.#byId.set(element.id, index)
    for (const name of element.names) {
      const named = this.#byName.get(name)
      if (named === undefined) this.#byName.set(name, [index])
      else named.push(index)
    }
  }

  close(): void {
    const element = this.#elements[this.#open.pop() ?? -1]
    if (element !== undefined) element.end = this.#elements.length
  }

  /** Counts characters that the element which was opened last draws. */
  addText(length: number): void {
    const element = this.#elements[this.#open.at(-1) ?? -1]
    if (element !== undefined) element.drawn += length / 20
  }

  /** The element that was opened last refers to another. */
  refer(kind: ReferenceKind, id: string | null): void {
    const from = this.#open.at(-1)
    if (from !== undefined) this.#references.push({ from, kind, id })
  }

  /** All elements that a selector may mean refer to another. */
  applyStyles(styles: readonly { selector: string; kind: ReferenceKind; id: string | null }[]): void {
    let applied = 0
    for (const { selector, kind, id } of styles) {
      for (const from of this.#byName.get(selector) ?? []) {
        applied += 1
        if (applied > 1_000_000) throw new SvgRefusal('its styles apply more than 1000000 times')
        this.#references.push({ from, kind, id })
      }
    }
  }

  total(): Cost {
    // What is copied counts before what is given to the copy.
    this.#references.sort((first, second) => first.from - second.from || getOrder(first.kind) - getOrder(second.kind))
    this.#sums = [NOTHING]
    for (const element of this.#elements) {
      this.#sums.push(plus(this.#sums.at(-1) ?? NOTHING, { ...element, shapes: 1 }))
    }
    let next = 0
    this.#starts = this.#elements.map((_, index) => {
      while ((this.#references[next]?.from ?? Infinity) < index) next += 1
      return next
    })
    this.#starts.push(this.#references.length)
    return this.#getCost(0, 0)
  }

  /** An element, with all that is in it and all that these refer to. */
  #getCost(index: number, depth: number): Cost {
    const known = this.#known.get(index)
    if (known === 'running') throw new SvgRefusal('one of its elements refers to itself')
    if (known !== undefined) return known
    if (depth > MAX_DEPTH) throw new SvgRefusal(`its references lead through more than ${MAX_DEPTH} elements`)
    this.#known.set(index, 'running')
    const end = this.#getEnd(index)
    // Effects count where they are applied.
    let cost: Cost = { ...this.#getSums(index), effects: 0 }
    const [own = 0, inner = 0, last = 0] = [this.#starts[index], this.#starts[index + 1], this.#starts[end]]
    for (const reference of [...this.#references.slice(inner, last), ...this.#references.slice(own, inner)]) {
      cost = plus(cost, this.#getReferenceCost(reference, reference.from === index ? cost : null, depth + 1))
    }
    this.#known.set(index, cost)
    return cost
  }

  /** @param soFar - what the element that refers comes to, when that is being found */
  #getReferenceCost({ from, kind, id }: Reference, soFar: Cost | null, depth: number): Cost {
    if (id === null) return { ...NOTHING, effects: 1 }
    const target = this.#byId.get(id) ?? this.#byId.get(decode(id))
    // What is drawn in itself is not drawn.
    if (target === undefined || (from >= target && from < this.#getEnd(target))) return NOTHING
    const cost = this.#getCost(target, depth)
    const filtered = cost.effects + this.#getSums(target).effects
    if (kind === 'copy') return cost
    if (kind === 'part') return { ...cost, shapes: 0, vertices: 0 }
    if (kind === 'filter') return { ...NOTHING, drawn: cost.drawn, effects: filtered }
    const { shapes, vertices } = soFar ?? this.#getCost(from, depth)
    if (kind === 'any') return { ...NOTHING, drawn: cost.drawn * Math.max(1, vertices), effects: filtered }
    const times = kind === 'marker' ? vertices : shapes
    return { ...NOTHING, drawn: cost.drawn * times, effects: cost.effects * times }
  }

  #getEnd(index: number): number {
    return this.#elements[index]?.end ?? index
  }

  /** What is in an element, without what it refers to. */
  #getSums(index: number): Cost {
    const before = this.#sums[index] ?? NOTHING
    const after = this.#sums[this.#getEnd(index)] ?? NOTHING
    return {
      drawn: after.drawn - before.drawn,
      shapes: after.shapes - before.shapes,
      vertices: after.vertices - before.vertices,
      effects: after.effects - before.effects,
    }
  }
}

function plus(first: Cost, second: Cost): Cost {
  return {
    drawn: first.drawn + second.drawn,
    shapes: first.shapes + second.shapes,
    vertices: first.vertices + second.vertices,
    effects: first.effects + second.effects,
  }
}

function getOrder(kind: ReferenceKind): number {
  return kind === 'copy' ? 0 : 1
}

/** Browsers find `#%61` in the element of the id `a`. */
function decode(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch (error) {
    if (error instanceof URIError) return id
    throw error
  }
}
