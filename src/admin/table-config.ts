import { getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { checkOptions, type OptionRules } from '../options/check-options.ts'
import { table } from '../options/drizzle-rules.ts'
import { arrayWith, nullOr, objectWith, required, text } from '../options/option-rules.ts'
import type { MediaStorage } from '../storage/core/media-storage.ts'

/** A table of the admin, with the storages of its media columns. Made by {@link tableConfig}. */
export interface TableConfig {
  readonly table: PgTable
  readonly mediaStorage: readonly MediaStorage[]
  readonly label: string | undefined
  readonly group: string | null
  readonly labelColumn: string | undefined
}

/** What {@link tableConfig} takes. */
export interface TableConfigOptions<TTable extends PgTable> {
  table: TTable
  /** A storage for each media column of this table. The compiler refuses one of another table's column. */
  mediaStorage?: readonly MediaStorage<TTable['_']['columns'][keyof TTable['_']['columns']]>[]
  /** What people read. Defaults to the table's name, humanised. */
  label?: string
  /** The heading that the table stands under. Defaults to none. */
  group?: string | null
  /** The column that names a row for people. Defaults to a guess: `name`, `title`, `label`, ... */
  labelColumn?: keyof TTable['_']['columns'] & string
}

const OPTION_RULES: OptionRules<TableConfigOptions<PgTable>> = {
  table: required(table),
  mediaStorage: arrayWith(
    'an array of storages',
    objectWith('a storage, such as new LocalMediaStorage(...)', 'storeFile'),
  ),
  label: text,
  group: nullOr(text),
  labelColumn: text,
}

/**
 * Puts a table into the admin, and says where the files of its media columns are.
 *
 * @throws {TypeError} when an option does not exist or has a wrong value, or a storage belongs to a column of another table
 * @example
 * tableConfig({ table: movie, mediaStorage: [posterMedia], group: 'Catalogue' })
 */
export function tableConfig<TTable extends PgTable>(options: TableConfigOptions<TTable>): TableConfig {
  checkOptions('tableConfig', options, OPTION_RULES)
  const { table: configured, mediaStorage = [], label, group = null, labelColumn } = options
  for (const { column } of mediaStorage) {
    if (column.table === configured) continue
    throw new TypeError(
      `The storage of ${getTableName(column.table)}.${column.name} cannot be attached to the table ${getTableName(configured)}.`,
    )
  }
  return { table: configured, mediaStorage, label, group, labelColumn }
}

/** A table alone is a table without media. */
export function asTableConfig(tableOrConfig: PgTable | TableConfig): TableConfig {
  return is(tableOrConfig, PgTable) ? tableConfig({ table: tableOrConfig }) : tableOrConfig
}
