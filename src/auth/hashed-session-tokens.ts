import type { BetterAuthOptions, DBAdapter, DBTransactionAdapter, Where } from 'better-auth'
import { sha256 } from './sha256.ts'

/** What better-auth takes as its database. */
export type AdapterFactory = (options: BetterAuthOptions) => DBAdapter

/**
 * Keeps only the hash of each session's token in the database.
 *
 * Stops: someone who reads the table, a backup or a replica, and puts what he finds into a cookie.
 */
export function withHashedSessionTokens(createAdapter: AdapterFactory): AdapterFactory {
  return (options) => {
    const adapter = createAdapter(options)
    return {
      ...adapter,
      ...hashTokens(adapter),
      transaction: (run) => adapter.transaction((transaction) => run(hashTokens(transaction))),
    }
  }
}

function hashTokens(adapter: DBTransactionAdapter): DBTransactionAdapter {
  return {
    ...adapter,
    async create(input) {
      const token = tokenIn(input.data)
      if (input.model !== 'session' || token === null) return adapter.create(input)
      const hashed = Object.assign({}, input.data, { token: await sha256(token) })
      return restoreToken(await adapter.create({ ...input, data: hashed }), token)
    },
    findOne: (input) => withHashedWhere(input, (hashed) => adapter.findOne(hashed)),
    update: (input) => withHashedWhere(input, (hashed) => adapter.update(hashed)),
    delete: (input) => withHashedWhere(input, (hashed) => adapter.delete(hashed)),
    deleteMany: (input) => withHashedWhere(input, (hashed) => adapter.deleteMany(hashed)),
    updateMany: (input) => withHashedWhere(input, (hashed) => adapter.updateMany(hashed)),
    count: (input) => withHashedWhere(input, (hashed) => adapter.count(hashed)),
    async findMany(input) {
      return adapter.findMany({ ...input, ...(await hashWhere(input)) })
    },
  }
}

interface Selection {
  model: string
  where?: Where[] | undefined
}

/** Runs a statement on the hash, and gives the token that was asked for back to better-auth, which sets the cookie. */
async function withHashedWhere<Input extends Selection, Result>(
  input: Input,
  run: (hashed: Input) => Promise<Result>,
): Promise<Result> {
  const result = await run({ ...input, ...(await hashWhere(input)) })
  const token = input.model === 'session' ? requestedToken(input.where) : null
  return token === null ? result : restoreToken(result, token)
}

async function hashWhere({ model, where }: Selection): Promise<{ where?: Where[] }> {
  if (model !== 'session' || where === undefined) return {}
  return { where: await Promise.all(where.map(hashTokenIn)) }
}

async function hashTokenIn(condition: Where): Promise<Where> {
  if (condition.field !== 'token') return condition
  if (typeof condition.value === 'string') return { ...condition, value: await sha256(condition.value) }
  // better-auth compares tokens by equality only; anything else would reach the database in the clear.
  throw new Error('A session can be looked up by one token at a time only.')
}

function requestedToken(where: Where[] | undefined): string | null {
  const value = where?.find(({ field }) => field === 'token')?.value
  return typeof value === 'string' ? value : null
}

function tokenIn(row: object): string | null {
  return 'token' in row && typeof row.token === 'string' ? row.token : null
}

function restoreToken<Stored>(stored: Stored, token: string): Stored {
  if (typeof stored === 'object' && stored !== null && 'token' in stored) stored.token = token
  return stored
}
