import type { PgTable } from 'drizzle-orm/pg-core'
import type { MediaStorage } from '../storage/core/media-storage.ts'
import type { ReferenceDatabase } from '../storage/references/referenced-file-keys.ts'

/** What the `vitrine` command works on. */
export interface VitrineConfig {
  /** The application's tables: what `createAdmin` is given, or only those with media. */
  tables: readonly (PgTable | ConfiguredTable)[]
  /** The application's database, for commands that need to know which files are referenced. */
  db?: ReferenceDatabase
  /** Further storages, by names of your own, such as the one that files are to be moved to. */
  storages?: Readonly<Record<string, MediaStorage>>
  /** Called when the command has ended: closes the database. */
  close?: () => unknown
}

/** What `tableConfig` makes, as far as the command needs it. */
export interface ConfiguredTable {
  readonly table: PgTable
  readonly mediaStorage: readonly MediaStorage[]
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
  return config
}
