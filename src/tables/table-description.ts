import { getTableColumns, getTableName } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { ColumnReference, ColumnSchema, MediaRules, TableSchema, TableSummary } from '../contract/tables.ts'
import { type ColumnDescription, describeColumn } from './column-description.ts'
import { humaniseName } from './humanise-name.ts'
import { findLabelColumn } from './label-column.ts'
import { readTableConstraints } from './table-constraints.ts'

export interface DescribeTableOptions {
  /** What people read. Defaults to the table's name, humanised. */
  label?: string | undefined
  /** The heading that the table stands under. Defaults to none. */
  group?: string | null | undefined
  /** Property name of the column that names a row for people. Defaults to a guess: `name`, `title`, ... */
  labelColumn?: string | undefined
  /** What may be uploaded to a column; `null` when it is no media column. Defaults to no media. */
  mediaRules?: ((column: PgColumn) => MediaRules | null) | undefined
}

/**
 * Reads everything the admin needs out of a Drizzle table.
 *
 * @throws {Error} when the table's primary key is not exactly one column, or `labelColumn` does not exist
 */
export function describeTable(table: PgTable, options: DescribeTableOptions = {}): TableDescription {
  return new TableDescription(table, options)
}

/** A Drizzle table, as the admin sees it. */
export class TableDescription {
  readonly table: PgTable
  /** The table's name in the database and in paths. */
  readonly name: string
  readonly label: string
  readonly group: string | null
  readonly columns: readonly ColumnDescription[]
  readonly primaryKey: ColumnDescription
  /** The column that names a row for people. */
  readonly labelColumn: ColumnDescription
  readonly #columnsByName: ReadonlyMap<string, ColumnDescription>

  constructor(table: PgTable, options: DescribeTableOptions) {
    const { label, group = null, labelColumn, mediaRules = () => null } = options
    const constraints = readTableConstraints(table)
    this.table = table
    this.name = getTableName(table)
    this.label = label ?? humaniseName(this.name)
    this.group = group
    this.columns = Object.entries(getTableColumns(table)).map(([name, column]) =>
      describeColumn(name, column, { constraints, mediaRules }),
    )
    this.#columnsByName = new Map(this.columns.map((column) => [column.name, column]))
    this.primaryKey = this.#onlyPrimaryKey(constraints.primaryKeys)
    this.labelColumn = this.#chosenLabelColumn(labelColumn) ?? findLabelColumn(this.columns) ?? this.primaryKey
  }

  /** The column with this property name; `null` when there is none. */
  column(name: string): ColumnDescription | null {
    return this.#columnsByName.get(name) ?? null
  }

  /** The end of a sentence about a column that does not exist: `its columns are id, title`. */
  columnNames(): string {
    return `its columns are ${this.columns.map((column) => column.name).join(', ')}`
  }

  toSummary(): TableSummary {
    return { name: this.name, label: this.label, hasMedia: this.columns.some((column) => column.media !== null) }
  }

  /** @param tables - all tables of the admin; references to and from others are left out */
  toSchema(tables: readonly TableDescription[]): TableSchema {
    return {
      ...this.toSummary(),
      primaryKey: this.primaryKey.name,
      labelColumn: this.labelColumn.name,
      columns: this.columns.map((column) => columnSchema(column, tables)),
      referencedBy: tables.flatMap((table) =>
        table.columnsReferencing(this).map((column): ColumnReference => ({ table: table.name, column: column.name })),
      ),
    }
  }

  /** This table's columns whose foreign key points at the other table. */
  columnsReferencing(other: TableDescription): ColumnDescription[] {
    return this.columns.filter((column) => column.foreignKey?.table === other.table)
  }

  #onlyPrimaryKey(names: ReadonlySet<string>): ColumnDescription {
    const [primaryKey, ...others] = this.columns.filter(({ column }) => names.has(column.name))
    if (primaryKey === undefined) {
      throw new Error(`The table ${this.name} has no primary key: the admin needs one column that identifies a row.`)
    }
    if (others.length > 0) {
      const columns = [primaryKey, ...others].map(({ name }) => name).join(', ')
      throw new Error(`The primary key of the table ${this.name} has several columns (${columns}): it must have one.`)
    }
    return primaryKey
  }

  #chosenLabelColumn(name: string | undefined): ColumnDescription | null {
    if (name === undefined) return null
    const column = this.column(name)
    if (column !== null) return column
    throw new Error(`The label column "${name}" is not in the table ${this.name}: ${this.columnNames()}.`)
  }
}

function columnSchema(description: ColumnDescription, tables: readonly TableDescription[]): ColumnSchema {
  const { column: _column, element: _element, precision: _precision, range: _range, ...schema } = description
  const { foreignKey } = description
  const referenced = tables.find(({ table }) => table === foreignKey?.table)
  if (foreignKey === null || referenced === undefined) return { ...schema, foreignKey: null }
  return { ...schema, foreignKey: { table: referenced.name, column: foreignKey.columnName } }
}
