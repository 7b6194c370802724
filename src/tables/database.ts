import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'

type Queries = Pick<PgDatabase<PgQueryResultHKT>, 'select' | 'insert' | 'update' | 'delete' | 'execute'>

/**
 * A Drizzle database: what `drizzle(...)` of any of Drizzle's Postgres drivers returns, with or without a `schema`.
 */
export interface Database extends Queries {
  transaction<Result>(run: (transaction: Queries) => Promise<Result>): Promise<Result>
}
