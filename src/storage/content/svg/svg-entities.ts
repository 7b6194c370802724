import { SvgRefusal } from './svg-refusal.ts'

/** Limits of the entities that Illustrator writes: some twenty, each the address of a namespace. */
const MAX_ENTITIES = 100
const MAX_ENTITY_LENGTH = 1000
const MAX_EXPANDED_LENGTH = 100_000

const HINT = 'export it as a plain SVG, in Illustrator by File > Export > Export As'

/** A declaration of a name for plain text, without markup, references to other entities and files. */
const DECLARATION = /^\s*<!ENTITY\s+([A-Za-z_][\w.-]*)\s+(?:"([^"&%<]*)"|'([^'&%<]*)')\s*>/

/**
 * The entities that a document type defines.
 *
 * Attack: entities in entities that grow to gigabytes; an entity that names a file of the server. Only plain text is
 * read, and what all uses of it come to is limited.
 *
 * @throws {SvgRefusal} when they are more than plain text
 */
export function readEntities(doctype: string): ReadonlyMap<string, string> {
  const entities = new Map<string, string>()
  if (!doctype.includes('[')) return entities
  let rest = doctype.slice(doctype.indexOf('[') + 1, doctype.lastIndexOf(']'))
  for (let match = DECLARATION.exec(rest); match !== null; match = DECLARATION.exec(rest)) {
    const [whole, name = '', double, single] = match
    const text = double ?? single ?? ''
    if (entities.size === MAX_ENTITIES || text.length > MAX_ENTITY_LENGTH) throw tooMuch()
    // The first declaration counts (XML 1.0, section 4.2).
    if (!entities.has(name)) entities.set(name, text)
    rest = rest.slice(whole.length)
  }
  if (rest.trim() !== '') throw new SvgRefusal(`it defines entities that are not plain text: ${HINT}`)
  return entities
}

/** Lets a parser expand entities: in attributes only, and up to a limit. */
export function defineEntities(target: object, entities: ReadonlyMap<string, string>, isInTag: () => boolean): void {
  let length = 0
  for (const [name, text] of entities) {
    if (name in target) continue
    Object.defineProperty(target, name, {
      get: () => {
        if (!isInTag()) throw new SvgRefusal(`it defines entities and uses ${name} outside of attributes: ${HINT}`)
        length += text.length
        if (length > MAX_EXPANDED_LENGTH) throw tooMuch()
        return text
      },
    })
  }
}

function tooMuch(): SvgRefusal {
  return new SvgRefusal(`it defines entities that are too long: ${HINT}`)
}
