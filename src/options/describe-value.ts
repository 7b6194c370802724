import { getEntityKinds } from './entity-kinds.ts'

/** In characters. */
const MAX_SHOWN_TEXT = 60

const MAX_SHOWN_NAMES = 5

/** Drizzle's own names of what belongs to one database system. */
const DRIZZLE_KINDS: ReadonlyMap<string, string> = new Map([
  ['PgTable', 'a Postgres table'],
  ['MySqlTable', 'a MySQL table'],
  ['SQLiteTable', 'an SQLite table'],
  ['PgDatabase', 'a Postgres database'],
  ['MySqlDatabase', 'a MySQL database'],
  ['BaseSQLiteDatabase', 'an SQLite database'],
  ['SingleStoreTable', 'a SingleStore table'],
  ['SingleStoreDatabase', 'a SingleStore database'],
  ['Column', 'a column'],
  ['View', 'a view'],
])

/** A value for an error message: `"text"`, `an array`, `a MySQL table`, `an object with director, movie`. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return describeText(value)
  if (typeof value === 'function') return value.name === '' ? 'a function' : `the function ${value.name}`
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array'
  if (value instanceof Promise) return 'a promise (await it)'
  const kind = getEntityKinds(value).find((name) => DRIZZLE_KINDS.has(name))
  return DRIZZLE_KINDS.get(kind ?? '') ?? describeObject(value)
}

function describeText(text: string): string {
  return JSON.stringify(text.length > MAX_SHOWN_TEXT ? `${text.slice(0, MAX_SHOWN_TEXT)}…` : text)
}

function describeObject(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  const names = Object.keys(value)
  if (prototype !== Object.prototype && prototype !== null && value.constructor?.name) {
    return `an object of the class ${value.constructor.name}`
  }
  if (names.length === 0) return 'an empty object'
  const more = names.length > MAX_SHOWN_NAMES ? ', …' : ''
  return `an object with ${names.slice(0, MAX_SHOWN_NAMES).join(', ')}${more}`
}
