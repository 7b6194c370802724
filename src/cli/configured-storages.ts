import { getTableColumns, getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import type { MediaStorage } from '../storage/core/media-storage.ts'
import type { VitrineConfig } from './define-config.ts'
import { UsageError } from './usage-error.ts'

/** A media column of the configuration. */
export interface ConfiguredColumn {
  /** `movie.poster`: the table's name and the column's, as in the table's definition. */
  readonly name: string
  readonly storage: MediaStorage
}

/** Every media column. */
export function getColumns({ tables }: VitrineConfig): ConfiguredColumn[] {
  return tables.flatMap((table) => {
    if (is(table, PgTable)) return []
    return table.mediaStorage.map((storage) => ({ name: getName(storage), storage }))
  })
}

/**
 * The media column of this name; the name that the database knows it by will do as well.
 *
 * @throws {UsageError} when there is none
 */
export function requireColumn(config: VitrineConfig, name: string): ConfiguredColumn {
  const columns = getColumns(config)
  const found = columns.find((column) => column.name === name || getDatabaseName(column) === name)
  if (found !== undefined) return found
  const known = columns.map((column) => column.name).join(', ')
  throw new UsageError(
    `There is no media column "${name}". ${known === '' ? 'The configuration has none.' : `There are ${known}.`}`,
  )
}

/**
 * The storage of this name.
 *
 * @throws {UsageError} when there is none
 */
export function requireStorage({ storages = {} }: VitrineConfig, name: string): MediaStorage {
  const storage = new Map(Object.entries(storages)).get(name)
  if (storage !== undefined) return storage
  const known = Object.keys(storages).join(', ')
  throw new UsageError(
    `There is no storage "${name}" in the configuration. ${known === '' ? 'Name it in storages: defineConfig({ storages: { ... } }).' : `There are ${known}.`}`,
  )
}

function getName({ column }: MediaStorage): string {
  const [property = column.name] =
    Object.entries(getTableColumns(column.table)).find(([, other]) => other === column) ?? []
  return `${getTableName(column.table)}.${property}`
}

function getDatabaseName({ storage: { column } }: ConfiguredColumn): string {
  return `${getTableName(column.table)}.${column.name}`
}
