import { and, asc, gt, inArray, isNotNull, ne, sql } from 'drizzle-orm'
import type { PgColumn, PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import { isArrayColumn } from '../core/media-column.ts'

/** Any Drizzle database for Postgres: only its `select` is used. */
export type ReferenceDatabase = Pick<PgDatabase<PgQueryResultHKT>, 'select'>

/** Keys read with one query. */
const PAGE_SIZE = 10_000

/** Every distinct key that the column holds, by pages in key order, so that memory does not grow with the rows. */
export async function* referencedFileKeys(db: ReferenceDatabase, column: PgColumn): AsyncGenerator<string> {
  let page: string[]
  let last: string | undefined
  do {
    page = await selectKeys(db, column, { after: last })
    yield* page
    last = page.at(-1)
  } while (page.length === PAGE_SIZE)
}

/** Those of the keys that the column holds at this moment. */
export async function selectReferenced(db: ReferenceDatabase, column: PgColumn, keys: string[]): Promise<Set<string>> {
  return new Set(await selectKeys(db, column, { only: keys }))
}

interface KeyFilter {
  after?: string | undefined
  only?: string[]
}

async function selectKeys(db: ReferenceDatabase, column: PgColumn, { after, only }: KeyFilter): Promise<string[]> {
  const key = isArrayColumn(column) ? sql<string>`unnest(${column})` : sql<string>`${column}`
  const held = db
    .select({ key: key.as('key') })
    .from(column.table)
    .as('held')
  const rows = await db
    .select({ key: held.key })
    .from(held)
    .where(
      and(
        isNotNull(held.key),
        // A text column without NULLs says so that it holds nothing.
        ne(held.key, ''),
        after === undefined ? undefined : gt(held.key, after),
        only === undefined ? undefined : inArray(held.key, only),
      ),
    )
    .groupBy(held.key)
    .orderBy(asc(held.key))
    .limit(PAGE_SIZE)
  return rows.map((row) => row.key)
}
