import type { ColumnSchema, TableSchema } from '../../contract/tables.ts'
import { givenValue, readValue } from './column-value-schema.ts'
import type { Schema } from './openapi-types.ts'
import { object, partialObject } from './schema-builders.ts'

/** The names of the three schemas of a table in the document's components. */
export interface RowSchemaNames {
  /** A row as it is read. */
  row: string
  /** What creates one. */
  newRow: string
  /** What changes one. */
  changes: string
}

/** `movie.Row`, `movie.NewRow` and `movie.RowChanges`. The full stop keeps them apart from the admin's own schemas. */
export function rowSchemaNames({ name }: Pick<TableSchema, 'name'>): RowSchemaNames {
  const prefix = componentName(name)
  return { row: `${prefix}.Row`, newRow: `${prefix}.NewRow`, changes: `${prefix}.RowChanges` }
}

/** What the rows of the application's own tables look like, three schemas for each table. */
export function rowSchemas(tables: readonly TableSchema[]): Record<string, Schema> {
  return Object.fromEntries(
    tables.flatMap((table) => {
      const names = rowSchemaNames(table)
      return [
        [names.row, rowSchema(table)],
        [names.newRow, newRowSchema(table)],
        [names.changes, changesSchema(table)],
      ]
    }),
  )
}

function rowSchema({ name, columns }: TableSchema): Schema {
  return object(getProperties(columns, readValue), `A row of ${name}.`)
}

function newRowSchema({ name, columns }: TableSchema): Schema {
  const required = columns.filter((column) => isGiven(column) && !column.isNullable && !column.hasDefault)
  return {
    ...partialObject(getProperties(columns.filter(isGiven), givenValue), `A new row of ${name}.`),
    ...(required.length === 0 ? {} : { required: required.map((column) => column.name) }),
  }
}

function changesSchema({ name, columns }: TableSchema): Schema {
  return partialObject(
    getProperties(columns.filter(isGiven), givenValue),
    `Changes to a row of ${name}: columns that are left out stay as they are.`,
  )
}

function isGiven({ isReadOnly }: ColumnSchema): boolean {
  return !isReadOnly
}

function getProperties(
  columns: readonly ColumnSchema[],
  getSchema: (column: ColumnSchema) => Schema,
): Record<string, Schema> {
  return Object.fromEntries(columns.map((column) => [column.name, getSchema(column)]))
}

/** Names of components have plain letters, digits, full stops, hyphens and underscores; a table may have any name. */
function componentName(tableName: string): string {
  return tableName.replace(/[^\w-]/gu, (character) => `.${(character.codePointAt(0) ?? 0).toString(16)}.`)
}
