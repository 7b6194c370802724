/** So many names of properties are listed at most, each with so many characters. */
const MAX_NAMES = 5
const MAX_NAME_LENGTH = 30

/**
 * A value in words that a log may hold: its type, and of an object the names of its properties. Values stay out, since a
 * user's row may hold a password hash.
 */
export function describeAnswer(response: unknown): string {
  if (response === undefined || response === null || typeof response === 'boolean') return String(response)
  if (response === '') return 'an empty text'
  if (Array.isArray(response)) return 'an array'
  if (typeof response === 'object') return describeObject(response)
  return `a ${typeof response === 'string' ? 'text' : typeof response}`
}

function describeObject(response: object): string {
  try {
    const names = Object.keys(response).map((name) => name.slice(0, MAX_NAME_LENGTH))
    if (names.length === 0) return 'an object without properties'
    const more = names.length > MAX_NAMES ? ', …' : ''
    return `an object { ${names.slice(0, MAX_NAMES).join(', ')}${more} }${describeId(response)}`
  } catch {
    return 'an object that cannot be read'
  }
}

function describeId(response: object): string {
  if (!('id' in response)) return ' without an id'
  const { id } = response
  if (typeof id === 'string') return ' whose id is empty'
  return ` whose id is ${id === undefined || id === null ? String(id) : `of the type ${typeof id}`}`
}
