import { type Column, getTableName, is } from 'drizzle-orm'
import { PgArray, type PgColumn, PgText, PgVarchar } from 'drizzle-orm/pg-core'

type TextColumnType = 'PgVarchar' | 'PgText'

/**
 * Compiles for a media column; for another one it becomes the sentence that the compiler then shows.
 *
 * @typeParam TColumn - the type of the column that was given
 */
export type MustBeMediaColumn<TColumn extends PgColumn> = TColumn['_']['columnType'] extends 'PgArray'
  ? MustBeFreeText<TColumn['_']['baseColumn']>
  : MustBeFreeText<TColumn>

/** With `enum` a column has literals for values: it holds those words and no file keys. */
type MustBeFreeText<TColumn> = TColumn extends { _: { columnType: TextColumnType; enumValues: infer TValues } }
  ? TValues extends readonly (infer TValue)[]
    ? string extends TValue
      ? unknown
      : NotAMediaColumn
    : unknown
  : NotAMediaColumn

type NotAMediaColumn = 'A media column must be a varchar, a text, or an array of one of them.'

/**
 * The same check for callers without types.
 *
 * @throws {TypeError} naming the column and its type
 */
export function checkMediaColumn(column: Column): void {
  const element = is(column, PgArray) ? column.baseColumn : column
  const isText = is(element, PgVarchar) || is(element, PgText)
  if (isText && (element.enumValues ?? []).length === 0) return
  throw new TypeError(
    `${columnPath(column)} cannot hold media: it is a ${column.getSQLType()}, and a media column must be a varchar, a text, or an array of one of them.`,
  )
}

/** Whether the column holds a list of file keys. */
export function isArrayColumn(column: Column): boolean {
  return is(column, PgArray)
}

/** How many characters a key in this column may have; `undefined` when the column sets no limit. */
export function getMaxKeyLength(column: Column): number | undefined {
  const element = is(column, PgArray) ? column.baseColumn : column
  return is(element, PgVarchar) ? element.length : undefined
}

/** A column for messages: `movie.poster`. */
export function columnPath(column: Column): string {
  return `${getTableName(column.table)}.${column.name}`
}
