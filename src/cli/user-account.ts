import type { AuthDatabase } from '../auth/auth-database.ts'
import { database } from '../options/drizzle-rules.ts'
import type { CommandCall } from './command.ts'
import type { ConfiguredAuth } from './define-config.ts'
import { UsageError } from './usage-error.ts'

/**
 * Sign-in as the configuration has it, or over its database.
 *
 * @throws {UsageError} when the configuration has neither
 */
export async function requireAuth({ config }: CommandCall): Promise<ConfiguredAuth> {
  if (config.auth !== undefined) return config.auth
  const { db } = config
  if (db === undefined) throw new UsageError('This command needs the database: add db to defineConfig.')
  // Only here, since it loads better-auth, which no other command needs.
  const { createAuth } = await import('../auth/create-auth.ts')
  if (!isAuthDatabase(db)) throw new UsageError(database.findProblem(db, 'defineConfig: db') ?? '')
  return createAuth({ db })
}

function isAuthDatabase(db: object): db is AuthDatabase {
  return database.findProblem(db, 'db') === null
}

/** An option that must be given, or is asked for where somebody can answer. */
export async function requireText({ options, output }: CommandCall, name: string, question: string): Promise<string> {
  const given = options[name]
  const value = typeof given === 'string' || !output.canAsk ? given : await output.ask(question)
  if (typeof value === 'string' && value.trim() !== '') return value.trim()
  throw new UsageError(`--${name} is missing.`)
}

/** The password: asked for twice on a terminal, else the first line of the standard input. */
export async function askPassword({ output }: CommandCall): Promise<string> {
  const password = await output.askSecret('Password: ')
  if (password === '') throw new UsageError('The password is missing: type it, or send it as a line on standard input.')
  if (output.canAsk && (await output.askSecret('Repeat the password: ')) !== password) {
    throw new UsageError('The two passwords differ.')
  }
  return password
}
