import { and, asc, gt, isNotNull, sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { inBatches } from '../core/batches.ts'
import {
  PARTS_PAGE,
  type ReferenceColumn,
  UUID_IN_TEXT,
  mentionedParts,
  onlyResponse,
  getPageableKey,
  textsIn,
} from './column-references.ts'
import { type ReferenceDatabase, referencedFileKeys } from './referenced-file-keys.ts'

/** Rows read with one query: of texts, which may be long; and at first of keys, of which there may be many in a row. */
const TEXT_PAGE = 1000

/** Characters that a page of keys should have, and its most rows. */
const PAGE_LENGTH = 400_000
const MAX_ROWS = 50_000

/**
 * What a column references: keys, or their random parts, in no particular order and not each once, so that neither the
 * database nor this process sorts or gathers them. Values are read by pages in the order of the primary key; what moves
 * between two pages may be missed.
 */
export async function* referencePages(
  db: ReferenceDatabase,
  source: ReferenceColumn,
): AsyncGenerator<readonly string[]> {
  const primaryKey = getPageableKey(source.column)
  if (primaryKey !== null) yield* pagesByRow({ db, source, primaryKey })
  else if (source.holds === 'keys') yield* inBatches(referencedFileKeys(db, source.column), TEXT_PAGE)
  else yield* getMentionedParts(db, source.column)
}

/** A column that is read by pages. */
interface Reading {
  db: ReferenceDatabase
  source: ReferenceColumn
  primaryKey: PgColumn
}

interface RowPage {
  /** JSON. */
  values: string
  rows: number
  /** The primary key of its last row. */
  last: unknown
}

async function* pagesByRow(reading: Reading): AsyncGenerator<string[]> {
  let size = TEXT_PAGE
  let coming: Promise<RowPage> | null = readPage(reading, size)
  while (coming !== null) {
    const page: RowPage = await coming
    const isLast = page.rows < size
    if (reading.source.holds === 'keys') size = fittingSize(page)
    // The database works on the next page while this one is looked at.
    coming = isLast ? null : readPage(reading, size, page.last)
    // An error is thrown where the page is awaited; to a reader who has left by then it is none.
    coming?.catch(() => {})
    yield textsIn(JSON.parse(page.values))
  }
}

/** So many rows that the next page is as long as it should be. */
function fittingSize({ rows, values }: RowPage): number {
  return Math.min(MAX_ROWS, Math.max(1, Math.round((rows * PAGE_LENGTH) / values.length)))
}

async function readPage({ db, source, primaryKey }: Reading, size: number, after?: unknown): Promise<RowPage> {
  const { column, holds } = source
  const page = db
    .select({ id: primaryKey, value: column })
    .from(column.table)
    .where(and(isNotNull(column), after === undefined ? undefined : gt(primaryKey, after)))
    .orderBy(asc(primaryKey))
    .limit(size)
    .as('page')
  const value = holds === 'keys' ? sql`${page.value}` : partsIn(sql`${page.value}`)
  // One value for a page: a driver that parses each row takes ten times as long.
  const responses = await db
    .select({
      values: sql<string | null>`json_agg(${value})::text`,
      rows: sql`count(*)`.mapWith(Number),
      last: sql`(array_agg(${page.id}))[count(*)::int]`.mapWith(primaryKey),
    })
    .from(page)
  const { values, rows, last } = onlyResponse(responses)
  return { values: values ?? '[]', rows, last }
}

function partsIn(text: SQL): SQL {
  return sql`(select json_agg(lower(part[1])) from regexp_matches(${text}::text, ${UUID_IN_TEXT}, 'gi') as part)`
}

async function* getMentionedParts(db: ReferenceDatabase, column: PgColumn): AsyncGenerator<string[]> {
  let page: string[]
  let last: string | undefined
  do {
    page = await mentionedParts(db, column, (part) => (last === undefined ? undefined : gt(part, last)))
    yield page
    last = page.at(-1)
  } while (page.length === PARTS_PAGE)
}

/** A row's primary key as text, and a key that it holds. */
export interface RowKey {
  primaryKey: string | null
  key: string
}

/** Every key that a column holds, with the row that holds it. */
export async function* streamRowKeys(db: ReferenceDatabase, column: PgColumn): AsyncGenerator<RowKey> {
  const primaryKey = getPageableKey(column)
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
