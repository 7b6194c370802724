import type { ColumnDescription } from './column-description.ts'

/** Column names that usually hold what people call a row, the likeliest first. */
const LABEL_NAMES: readonly string[] = [
  'name',
  'title',
  'label',
  'fullName',
  'full_name',
  'displayName',
  'display_name',
  'heading',
  'subject',
  'username',
  'slug',
  'code',
  'email',
]

/** A row's label is shown wherever the row is referenced, so a secret must never become one by position. */
const SECRET_NAME = /password|passwd|secret|token|hash|salt|key$/iu

/** The column that names a row for people; `null` when none looks like it. */
export function findLabelColumn(columns: readonly ColumnDescription[]): ColumnDescription | null {
  const candidates = columns.filter(
    ({ type, isArray, media, name }) => type === 'text' && !isArray && media === null && !SECRET_NAME.test(name),
  )
  const named = LABEL_NAMES.map((name) => candidates.find((column) => column.name === name))
  return named.find((column) => column !== undefined) ?? candidates[0] ?? null
}
