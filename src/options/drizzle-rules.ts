import { Column, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import type { OptionRule } from './check-options.ts'
import { describeValue } from './describe-value.ts'
import { getEntityKinds } from './entity-kinds.ts'
import { required, rule } from './option-rules.ts'

const STATEMENTS = ['select', 'insert', 'update', 'delete', 'execute', 'transaction']

/** Drizzle's Postgres drivers whose `transaction` only throws, and what to use in their place. */
const NO_TRANSACTIONS: ReadonlyMap<string, string> = new Map([
  ['NeonHttpSession', 'The driver neon-http has no transactions, which saving a row needs: use neon-serverless.'],
  ['XataHttpSession', 'The driver xata-http has no transactions, which saving a row needs: use node-postgres.'],
  ['PgRemoteSession', 'The driver pg-proxy has no transactions, which saving a row needs: use node-postgres.'],
  ['PrismaPgSession', 'The Prisma extension has no transactions, which saving a row needs: use node-postgres.'],
])

/** The application's database. */
export const database: OptionRule = required({
  isRequired: true,
  findProblem(value, name) {
    const [kind] = getEntityKinds(value).filter((one) => one.endsWith('Database') && !one.startsWith('Pg'))
    const isPostgres = getEntityKinds(value).includes('PgDatabase')
    if (kind !== undefined && !isPostgres) {
      return `${name} is ${describeValue(value)}, and must be a Postgres database: others are not supported yet.`
    }
    if (!hasStatements(value)) {
      return `${name} is ${describeValue(value)}, and must be a Postgres database: what drizzle(...) of drizzle-orm returns.`
    }
    const problem = NO_TRANSACTIONS.get(getEntityKinds(Reflect.get(value, 'session'))[0] ?? '')
    return problem === undefined ? null : `${name} cannot be used. ${problem}`
  },
})

/** A table of the application's schema. */
export const table: OptionRule = rule('a Postgres table of Drizzle, made by pgTable', (value) => is(value, PgTable))

/** A table, or what `tableConfig` returns: known by its form, since an application may have two copies of Vitrine. */
export const tableOrConfig: OptionRule = {
  isRequired: true,
  findProblem(value, name) {
    if (table.findProblem(value, name) === null || isTableConfig(value)) return null
    return `${name} is ${describeValue(value)}, and must be a Postgres table of Drizzle, or tableConfig({ table }).`
  },
}

/** A column of the application's schema; what it may hold is checked by whoever takes it. */
export const column: OptionRule = rule('a column of a Drizzle table, such as movie.poster', (value) =>
  is(value, Column),
)

function hasStatements(value: unknown): value is object {
  return typeof value === 'object' && value !== null && STATEMENTS.every((name) => name in value)
}

function isTableConfig(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'table' in value &&
    'mediaStorage' in value &&
    Array.isArray(value.mediaStorage)
  )
}
