import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'

/** The statements that can run inside and outside a transaction. */
export type AuthQueries = Pick<PgDatabase<PgQueryResultHKT>, 'select' | 'insert' | 'update' | 'delete' | 'execute'>

/** A Drizzle database: what `drizzle(...)` of any of Drizzle's Postgres drivers returns, with or without a `schema`. */
export interface AuthDatabase extends AuthQueries {
  transaction<Result>(run: (transaction: AuthQueries) => Promise<Result>): Promise<Result>
}
