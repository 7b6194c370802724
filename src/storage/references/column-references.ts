import { type SQL, arrayOverlaps, inArray, sql } from 'drizzle-orm'
import { type PgColumn, getTableConfig } from 'drizzle-orm/pg-core'
import { getRandomPart } from '../keys/file-key.ts'
import { isArrayColumn } from '../core/media-column.ts'
import type { ReferenceDatabase } from './referenced-file-keys.ts'

/** Random parts read with one query. */
export const PARTS_PAGE = 20_000

/** The random part of a key, as Postgres finds it in a text. */
export const UUID_IN_TEXT = '([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\\.'

/** A column whose values are keys, or one whose texts mention keys. */
export interface ReferenceColumn {
  readonly column: PgColumn
  readonly holds: 'keys' | 'texts'
}

/** Which of the keys the column references at this moment. An index on a column of keys is used. */
export async function filterReferencedKeys(
  db: ReferenceDatabase,
  { column, holds }: ReferenceColumn,
  keys: readonly string[],
): Promise<Set<string>> {
  if (holds === 'keys') return selectHeld(db, column, keys)
  const mentioned = new Set(await mentionedParts(db, column, (part) => inArray(part, keys.map(getRandomPart))))
  return new Set(keys.filter((key) => mentioned.has(getRandomPart(key))))
}

/** Asked for as one value: where no row is an answer too, it cannot be told from none. */
async function selectHeld(db: ReferenceDatabase, column: PgColumn, keys: readonly string[]): Promise<Set<string>> {
  if (!isArrayColumn(column)) {
    const responses = await db
      .select({ keys: sql<string | null>`json_agg(distinct ${column})::text` })
      .from(column.table)
      .where(inArray(column, [...keys]))
    return new Set(textsIn(JSON.parse(onlyResponse(responses).keys ?? '[]')))
  }
  const held = db
    .select({ key: sql<string>`unnest(${column})`.as('key') })
    .from(column.table)
    .where(arrayOverlaps(column, [...keys]))
    .as('held')
  const responses = await db
    .select({ keys: sql<string | null>`json_agg(distinct ${held.key})::text` })
    .from(held)
    .where(inArray(held.key, [...keys]))
  return new Set(textsIn(JSON.parse(onlyResponse(responses).keys ?? '[]')))
}

/** The first random parts that the texts of a column mention, each once, in their order. */
export async function mentionedParts(
  db: ReferenceDatabase,
  column: PgColumn,
  condition: (part: SQL) => SQL | undefined,
): Promise<string[]> {
  const part = sql<string>`lower((regexp_matches(${column}::text, ${UUID_IN_TEXT}, 'gi'))[1])`
  const mentioned = db
    .select({ part: part.as('part') })
    .from(column.table)
    .as('mentioned')
  const ordered = sql<string>`${mentioned.part} collate "C"`
  const page = db
    .select({ part: ordered.as('ordered') })
    .from(mentioned)
    .where(condition(ordered))
    .groupBy(ordered)
    .orderBy(ordered)
    .limit(PARTS_PAGE)
    .as('page')
  const responses = await db
    .select({ parts: sql<string | null>`json_agg(${page.part} order by ${page.part})::text` })
    .from(page)
  return textsIn(JSON.parse(onlyResponse(responses).parts ?? '[]'))
}

/**
 * The row of a query that always has one. A proxy, a pool or a driver that answers with nothing is not believed: it would
 * mean that no row references anything.
 */
export function onlyResponse<TResult>([response]: readonly TResult[]): TResult {
  if (response === undefined) throw new Error('The database answered with nothing a question that has an answer.')
  return response
}

/** The texts of a value, which may be a list of lists. */
export function textsIn(value: unknown, texts: string[] = []): string[] {
  // A text column without NULLs says with an empty text that it holds nothing.
  if (typeof value === 'string' && value !== '') texts.push(value)
  else if (Array.isArray(value)) for (const element of value) textsIn(element, texts)
  return texts
}

/** The primary key of a column's table; `null` when it is not exactly one column. */
export function getPrimaryKey({ table }: PgColumn): PgColumn | null {
  const { columns, primaryKeys } = getTableConfig(table)
  const ofTable = primaryKeys.flatMap((primaryKey) => (primaryKey.columns.length === 1 ? primaryKey.columns : []))
  return columns.find(({ primary }) => primary) ?? ofTable[0] ?? null
}

/** The primary key when its values come from the database and go back unchanged. */
export function getPageableKey(column: PgColumn): PgColumn | null {
  const key = getPrimaryKey(column)
  return key !== null && PAGEABLE.has(key.columnType) ? key : null
}

const PAGEABLE: ReadonlySet<string> = new Set(
  'PgSerial PgSmallSerial PgBigSerial53 PgBigSerial64 PgInteger PgSmallInt PgBigInt53 PgBigInt64 PgUUID PgText PgVarchar'.split(
    ' ',
  ),
)
