import { getTableColumns } from 'drizzle-orm'
import { type ForeignKey, getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core'

/** A foreign key of one column. */
export interface ForeignKeyDescription {
  /** The name of the constraint in the database, unless the table was made without Drizzle. */
  constraintName: string
  table: PgTable
  column: PgColumn
  /** The property name of `column`. */
  columnName: string
  /** Deleting the referenced row is refused while this row exists. */
  blocksDelete: boolean
}

/** What a table's definition says about its columns outside the columns themselves, by column name in the database. */
export interface TableConstraints {
  primaryKeys: Set<string>
  uniques: Set<string>
  foreignKeys: Map<string, ForeignKeyDescription>
}

const DELETING_ACTIONS: ReadonlySet<string> = new Set(['cascade', 'set null', 'set default'])

export function readTableConstraints(table: PgTable): TableConstraints {
  const config = getTableConfig(table)
  const primaryKeys = new Set([
    ...config.columns.filter((column) => column.primary).map((column) => column.name),
    ...config.primaryKeys.flatMap((primaryKey) => primaryKey.columns.map((column) => column.name)),
  ])
  const uniques = new Set([
    ...config.columns.filter((column) => column.isUnique).map((column) => column.name),
    ...config.uniqueConstraints.flatMap((unique) => onlyName(unique.columns)),
    ...config.indexes
      .filter((index) => index.config.unique && index.config.where === undefined)
      .flatMap((index) => onlyName(index.config.columns)),
  ])
  return { primaryKeys, uniques, foreignKeys: new Map(config.foreignKeys.flatMap(describeForeignKey)) }
}

function onlyName(columns: readonly object[]): string[] {
  const [column] = columns
  return columns.length === 1 && column !== undefined && 'name' in column && typeof column.name === 'string'
    ? [column.name]
    : []
}

function describeForeignKey(foreignKey: ForeignKey): [string, ForeignKeyDescription][] {
  const { columns, foreignColumns, foreignTable } = foreignKey.reference()
  const [column] = columns
  const [foreignColumn] = foreignColumns
  if (columns.length !== 1 || column === undefined || foreignColumn === undefined) return []
  // In a table's extra configuration Drizzle hands out copies of the columns, so they are found again by name.
  const target = Object.entries(getTableColumns(foreignTable)).find(([, { name }]) => name === foreignColumn.name)
  if (target === undefined) return []
  const description: ForeignKeyDescription = {
    constraintName: foreignKey.getName(),
    table: foreignTable,
    column: target[1],
    columnName: target[0],
    blocksDelete: !DELETING_ACTIONS.has(foreignKey.onDelete ?? 'no action'),
  }
  return [[column.name, description]]
}
