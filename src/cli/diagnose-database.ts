import { getTableName, is, sql } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import type { Diagnosis } from '../storage/core/diagnosis.ts'
import type { ReferenceDatabase } from '../storage/references/referenced-file-keys.ts'
import { describeDatabaseProblem } from '../tables/database-problem.ts'
import type { VitrineConfig } from './define-config.ts'

/** Uses the database as the admin does: connects, and reads each table of the configuration with all of its columns. */
export async function* diagnoseDatabase(
  db: ReferenceDatabase,
  { tables }: Pick<VitrineConfig, 'tables'>,
): AsyncGenerator<Diagnosis> {
  const connection = await attempt('connection', 'The database answers.', () =>
    db.select({ one: sql<number>`1` }).from(sql`(select 1) as answer`),
  )
  yield connection
  // Without a connection the tables would fail for the same reason.
  if (connection.status === 'failed') return
  for (const configured of tables) {
    const table = is(configured, PgTable) ? configured : configured.table
    const name = getTableName(table)
    yield await attempt('table', `${name} exists, with every column of its definition.`, () =>
      db.select().from(table).limit(0),
    )
  }
}

async function attempt(check: string, message: string, query: () => PromiseLike<unknown>): Promise<Diagnosis> {
  try {
    await query()
    return { check, status: 'ok', message }
  } catch (error) {
    const reason = describeDatabaseProblem(error) ?? (error instanceof Error ? error.message : String(error))
    return { check, status: 'failed', message: reason }
  }
}
