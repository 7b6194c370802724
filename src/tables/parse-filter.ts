import type { FilterOperator, JsonValue } from '../contract/rows.ts'
import type { ColumnDescription } from './column-description.ts'
import { ARRAY_FILTER_OPERATORS, FILTER_OPERATORS } from './filter-operators.ts'
import { parseElement } from './parse-value.ts'
import type { Filter } from './rows-query.ts'
import type { TableDescription } from './table-description.ts'
import { TableError } from './table-error.ts'

/**
 * Reads one `filter` of a query: `column:operator:value`, where the value may contain colons.
 *
 * @throws {TableError} `INVALID_REQUEST` naming what is allowed
 */
export function parseFilter(table: TableDescription, text: string): Filter {
  const [columnName = '', operatorName = '', ...rest] = text.split(':')
  if (rest.length === 0) throw invalidFilter('A filter must look like column:operator:value.')
  const column = filterableColumn(table, columnName)
  const operator = filterOperator(column, operatorName)
  const value = rest.join(':')
  if (operator === 'empty') return { column, operator, isEmpty: parseIsEmpty(value, column) }
  if (operator === 'in') {
    return { column, operator, values: value.split(',').map((part) => parseOperand(part, column)) }
  }
  return { column, operator, value: parseOperand(value, column) }
}

function filterableColumn(table: TableDescription, name: string): ColumnDescription {
  const column = table.column(name)
  if (column !== null) return column
  throw invalidFilter(`The table ${table.name} has no column "${name.slice(0, 100)}": ${table.columnNames()}.`)
}

function filterOperator(column: ColumnDescription, name: string): FilterOperator {
  const operators = column.isArray ? ARRAY_FILTER_OPERATORS : FILTER_OPERATORS[column.type]
  const operator = operators.find((allowed) => allowed === name)
  if (operator !== undefined) return operator
  throw invalidFilter(
    `${column.name} cannot be filtered by "${name.slice(0, 100)}": choose from ${operators.join(', ')}.`,
  )
}

function parseIsEmpty(value: string, column: ColumnDescription): boolean {
  if (value === 'true' || value === 'false') return value === 'true'
  throw invalidFilter(`${column.name}:empty must be followed by true or false.`)
}

function parseOperand(text: string, column: ColumnDescription): unknown {
  // What is too long or too precise to be stored can still be compared with.
  const unlimited: ColumnDescription = { ...column, maxLength: null, precision: null, scale: null }
  const result = parseElement(valueFromText(text, column), unlimited)
  if ('value' in result) return result.value
  throw invalidFilter(`${column.name} ${result.problem}.`)
}

/** A value of a path or query as it would stand in a JSON body; what cannot be one stays a text. */
export function valueFromText(text: string, { type }: ColumnDescription): JsonValue {
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  const isNumber = (type === 'integer' || type === 'float') && /^-?\d{1,400}(?:\.\d{1,400})?$/u.test(text)
  return isNumber ? Number(text) : text
}

function invalidFilter(message: string): TableError {
  return new TableError('INVALID_REQUEST', message, { field: 'filter' })
}
