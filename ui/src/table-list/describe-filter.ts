import type { ColumnSchema } from '../../../src/contract/tables.ts'
import { getChoice } from './filter.ts'
import type { Filter } from './filter.ts'
import { formatValue } from './format-value.ts'

/** A filter in words: `is at least` `1,000`. The value is empty where the condition says it all. */
export function describeFilter(
  filter: Filter,
  column: ColumnSchema,
  labels: Record<string, Record<string, string>>,
): { condition: string; value: string } {
  const choice = getChoice(filter, column)
  if (choice?.value !== undefined) return { condition: choice.label, value: '' }
  return { condition: choice?.label ?? filter.operator, value: describeValue(filter, column, labels) }
}

function describeValue(
  { operator, value }: Filter,
  column: ColumnSchema,
  labels: Record<string, Record<string, string>>,
): string {
  if (operator === 'in') return value.split(',').join(' or ')
  if (operator === 'contains') return `“${value}”`
  return labels[column.name]?.[value] ?? formatValue(value, column)
}
