import type { PgTable } from 'drizzle-orm/pg-core'
import { checkOptions, type OptionRules } from '../options/check-options.ts'
import { tableOrConfig } from '../options/drizzle-rules.ts'
import { arrayWith, callback, objectWith, required, rule } from '../options/option-rules.ts'
import type { MediaStorage } from '../storage/core/media-storage.ts'
import type { ReferenceDatabase } from '../storage/references/referenced-file-keys.ts'

/** What the `vitrine` command works on. */
export interface VitrineConfig {
  /** The application's tables: what `createAdmin` is given, or only those with media. */
  tables: readonly (PgTable | ConfiguredTable)[]
  /** The application's database, for commands that need to know which files are referenced. */
  db?: ReferenceDatabase
  /** Sign-in, for the commands about users. Defaults to `createAuth({ db })`. */
  auth?: ConfiguredAuth
  /** Further storages, by names of your own, such as the one that files are to be moved to. */
  storages?: Readonly<Record<string, MediaStorage>>
  /** Called when the command has ended: closes the database. */
  close?: () => unknown
}

/** What `createAuth` returns, as far as the command needs it. */
export interface ConfiguredAuth {
  createUser(newUser: { email: string; name: string; password: string }): Promise<{ email: string }>
  findUser(email: string): Promise<{ email: string } | null>
  setPassword(email: string, password: string): Promise<void>
}

/** What `tableConfig` makes, as far as the command needs it. */
export interface ConfiguredTable {
  readonly table: PgTable
  readonly mediaStorage: readonly MediaStorage[]
}

const OPTION_RULES: OptionRules<VitrineConfig> = {
  tables: required(arrayWith('an array of tables, such as [movie, tableConfig({ table: director })]', tableOrConfig)),
  db: objectWith('a Postgres database: what drizzle(...) of drizzle-orm returns', 'select'),
  auth: objectWith('what createAuth returns', 'createUser'),
  storages: rule('an object of storages by name', (value) => typeof value === 'object' && value !== null),
  close: callback,
}

/**
 * The configuration of the `vitrine` command, which looks for it in `vitrine.config.ts`, `.js` or `.mjs`.
 *
 * @example
 * export default defineConfig({
 *   tables: [tableConfig({ table: movie, mediaStorage: [posterMedia] })],
 *   storages: { bucket: posterMediaInBucket },
 * })
 */
export function defineConfig(config: VitrineConfig): VitrineConfig {
  checkOptions('defineConfig', config, OPTION_RULES)
  return config
}
