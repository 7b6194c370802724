import type { ColumnDataType } from 'drizzle-orm'
import type { PgColumn, PgTableWithColumns } from 'drizzle-orm/pg-core'

interface ColumnType<Value, IsRequired extends boolean, HasDefault extends boolean> {
  name: string
  tableName: string
  dataType: ColumnDataType
  columnType: string
  data: Value
  driverParam: unknown
  notNull: IsRequired
  hasDefault: HasDefault
  isPrimaryKey: boolean
  isAutoincrement: boolean
  hasRuntimeDefault: boolean
  enumValues: string[] | undefined
  generated: undefined
}

/** A column that every row gives a value to. */
export type RequiredColumn<Value> = PgColumn<ColumnType<Value, true, false>>
/** A column that the database fills in when a row leaves it out. */
export type DefaultedColumn<Value> = PgColumn<ColumnType<Value, true, true>>
/** A column that may be NULL. */
export type NullableColumn<Value> = PgColumn<ColumnType<Value, false, false>>

/** A Drizzle table with these columns, by property name. */
export type AuthTable<Columns extends Record<string, PgColumn>> = PgTableWithColumns<{
  name: string
  schema: undefined
  dialect: 'pg'
  columns: Columns
}>
