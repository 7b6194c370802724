import { valueFromText } from './parse-filter.ts'
import { parseElement } from './parse-value.ts'
import type { TableDescription } from './table-description.ts'

/** Reads the primary key in a path; `null` when no row can have it, such as `abc` where keys are numbers. */
export function parseRowId({ primaryKey }: TableDescription, id: string): { value: unknown } | null {
  const result = parseElement(valueFromText(id, primaryKey), { ...primaryKey, maxLength: null })
  return 'value' in result ? result : null
}
