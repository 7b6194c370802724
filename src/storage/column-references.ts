import { type SQL, and, arrayOverlaps, asc, gt, inArray, isNotNull, sql } from 'drizzle-orm'
import { type PgColumn, getTableConfig } from 'drizzle-orm/pg-core'
import { randomPartOf } from './file-key.ts'
import { isArrayColumn } from './media-column.ts'
import { type ReferenceDatabase, referencedFileKeys } from './referenced-file-keys.ts'

/** Rows read with one query: of keys, and of texts, which may be long. */
const KEY_PAGE = 20_000
const TEXT_PAGE = 1000

/** The random part of a key, as Postgres finds it in a text. */
const UUID_IN_TEXT = '([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\\.'

/** A column whose values are keys, or one whose texts mention keys. */
export interface ReferenceColumn {
  readonly column: PgColumn
  readonly holds: 'keys' | 'texts'
}

/**
 * What a column references: keys, or their random parts, in no particular order and not each once, so that neither the
 * database nor this process sorts or gathers them. Values are read by pages in the order of the primary key; what moves
 * between two pages may be missed.
 */
export async function* streamReferences(db: ReferenceDatabase, source: ReferenceColumn): AsyncGenerator<string> {
  const primaryKey = pageableKeyOf(source.column)
  if (primaryKey !== null) yield* referencesByRow(db, source, primaryKey)
  else if (source.holds === 'keys') yield* referencedFileKeys(db, source.column)
  else yield* allMentionedParts(db, source.column)
}

/** Which of the keys the column references at this moment. An index on a column of keys is used. */
export async function referencedAmong(
  db: ReferenceDatabase,
  { column, holds }: ReferenceColumn,
  keys: readonly string[],
): Promise<Set<string>> {
  if (holds === 'keys') return selectHeld(db, column, keys)
  const mentioned = new Set(await mentionedParts(db, column, (part) => inArray(part, keys.map(randomPartOf))))
  return new Set(keys.filter((key) => mentioned.has(randomPartOf(key))))
}

async function* referencesByRow(
  db: ReferenceDatabase,
  { column, holds }: ReferenceColumn,
  primaryKey: PgColumn,
): AsyncGenerator<string> {
  const pageSize = holds === 'keys' ? KEY_PAGE : TEXT_PAGE
  let last: unknown
  let rows: number
  do {
    const page = db
      .select({ id: primaryKey, value: column })
      .from(column.table)
      .where(and(isNotNull(column), last === undefined ? undefined : gt(primaryKey, last)))
      .orderBy(asc(primaryKey))
      .limit(pageSize)
      .as('page')
    const value = holds === 'keys' ? sql`${page.value}` : partsIn(sql`${page.value}`)
    // One value for a page: a driver that parses each row takes ten times as long.
    const [answer] = await db
      .select({
        values: sql<string | null>`json_agg(${value})::text`,
        rows: sql`count(*)`.mapWith(Number),
        last: sql`(array_agg(${page.id}))[count(*)::int]`.mapWith(primaryKey),
      })
      .from(page)
    yield* textsIn(JSON.parse(answer?.values ?? '[]'))
    rows = answer?.rows ?? 0
    last = answer?.last
  } while (rows === pageSize)
}

/** The texts of a value, which may be a list of lists. */
function* textsIn(value: unknown): Generator<string> {
  // A text column without NULLs says with an empty text that it holds nothing.
  if (typeof value === 'string' && value !== '') yield value
  else if (Array.isArray(value)) for (const element of value) yield* textsIn(element)
}

function partsIn(text: SQL): SQL {
  return sql`(select json_agg(lower(part[1])) from regexp_matches(${text}::text, ${UUID_IN_TEXT}, 'gi') as part)`
}

async function selectHeld(db: ReferenceDatabase, column: PgColumn, keys: readonly string[]): Promise<Set<string>> {
  if (!isArrayColumn(column)) {
    const rows = await db
      .select({ key: sql<string>`${column}` })
      .from(column.table)
      .where(inArray(column, [...keys]))
      .groupBy(column)
    return new Set(rows.map(({ key }) => key))
  }
  const held = db
    .select({ key: sql<string>`unnest(${column})`.as('key') })
    .from(column.table)
    .where(arrayOverlaps(column, [...keys]))
    .as('held')
  const rows = await db
    .select({ key: held.key })
    .from(held)
    .where(inArray(held.key, [...keys]))
    .groupBy(held.key)
  return new Set(rows.map(({ key }) => key))
}

async function* allMentionedParts(db: ReferenceDatabase, column: PgColumn): AsyncGenerator<string> {
  let page: string[]
  let last: string | undefined
  do {
    page = await mentionedParts(db, column, (part) => (last === undefined ? undefined : gt(part, last)))
    yield* page
    last = page.at(-1)
  } while (page.length === KEY_PAGE)
}

/** The first random parts that the texts of a column mention, each once, in their order. */
async function mentionedParts(
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
  const rows = await db
    .select({ part: ordered.as('ordered') })
    .from(mentioned)
    .where(condition(ordered))
    .groupBy(ordered)
    .orderBy(ordered)
    .limit(KEY_PAGE)
  return rows.map((row) => row.part)
}

/** A row's primary key as text, and a key that it holds. */
export interface RowKey {
  primaryKey: string | null
  key: string
}

/** Every key that a column holds, with the row that holds it. */
export async function* streamRowKeys(db: ReferenceDatabase, column: PgColumn): AsyncGenerator<RowKey> {
  const primaryKey = pageableKeyOf(column)
  if (primaryKey === null) {
    for await (const key of referencedFileKeys(db, column)) yield { primaryKey: null, key }
    return
  }
  let last: unknown
  let rows: { id: unknown; value: unknown }[]
  do {
    rows = await db
      .select({ id: primaryKey, value: column })
      .from(column.table)
      .where(and(isNotNull(column), last === undefined ? undefined : gt(primaryKey, last)))
      .orderBy(asc(primaryKey))
      .limit(TEXT_PAGE)
    for (const { id, value } of rows) {
      for (const key of new Set(textsIn(value))) yield { primaryKey: String(id), key }
    }
    last = rows.at(-1)?.id
  } while (rows.length === TEXT_PAGE)
}

/** The primary key of a column's table; `null` when it is not exactly one column. */
export function primaryKeyOf({ table }: PgColumn): PgColumn | null {
  const { columns, primaryKeys } = getTableConfig(table)
  const ofTable = primaryKeys.flatMap((primaryKey) => (primaryKey.columns.length === 1 ? primaryKey.columns : []))
  return columns.find(({ primary }) => primary) ?? ofTable[0] ?? null
}

/** The primary key when its values come from the database and go back unchanged. */
function pageableKeyOf(column: PgColumn): PgColumn | null {
  const key = primaryKeyOf(column)
  return key !== null && PAGEABLE.has(key.columnType) ? key : null
}

const PAGEABLE: ReadonlySet<string> = new Set(
  'PgSerial PgSmallSerial PgBigSerial53 PgBigSerial64 PgInteger PgSmallInt PgBigInt53 PgBigInt64 PgUUID PgText PgVarchar'.split(
    ' ',
  ),
)
