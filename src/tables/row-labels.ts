import { inArray, type SQL, sql } from 'drizzle-orm'
import type { ColumnDescription } from './column-description.ts'
import type { Database } from './database.ts'
import { formatValue } from './format-value.ts'
import type { TableDescription } from './table-description.ts'

/** Labels by column name, then by the key's value as text. */
export type RowLabels = Record<string, Record<string, string>>

/** Longest label, in characters: a label column may hold a whole article. */
const MAX_LABEL_LENGTH = 100

/** Rows as Drizzle read them. */
type DatabaseRows = readonly Record<string, unknown>[]

interface ReferencedKey {
  table: TableDescription
  column: ColumnDescription
  /** The columns whose foreign keys point at `column`. */
  referencing: ColumnDescription[]
}

/** Reads what the rows that foreign keys point at are called, with one query for each referenced key. */
export async function readLabels(
  db: Pick<Database, 'select'>,
  columns: { of: TableDescription; tables: readonly TableDescription[] },
  rows: DatabaseRows,
): Promise<RowLabels> {
  const keys = referencedKeys(columns.of, columns.tables)
  const labels = await Promise.all(keys.map((key) => readKeyLabels(db, key, rows)))
  return Object.fromEntries(labels.flat())
}

/** The label of a row as an expression of SQL, cut so that no whole text is read. */
export function labelExpression({ labelColumn }: TableDescription): SQL<string | null> {
  return sql<string | null>`left(${labelColumn.column}::text, ${MAX_LABEL_LENGTH})`
}

/** Cuts a label that is already in memory to the same length. */
export function cutLabel(label: string): string {
  return Array.from(label.slice(0, 2 * MAX_LABEL_LENGTH))
    .slice(0, MAX_LABEL_LENGTH)
    .join('')
}

function referencedKeys(table: TableDescription, tables: readonly TableDescription[]): ReferencedKey[] {
  const keys = new Map<unknown, ReferencedKey>()
  for (const column of table.columns) {
    const { foreignKey } = column
    const referenced = tables.find((candidate) => candidate.table === foreignKey?.table)
    const target = foreignKey === null ? null : (referenced?.column(foreignKey.columnName) ?? null)
    if (referenced === undefined || target === null) continue
    const key = keys.get(target) ?? { table: referenced, column: target, referencing: [] }
    key.referencing.push(column)
    keys.set(target, key)
  }
  return [...keys.values()]
}

async function readKeyLabels(
  db: Pick<Database, 'select'>,
  { table, column, referencing }: ReferencedKey,
  rows: DatabaseRows,
): Promise<[string, Record<string, string>][]> {
  const values = new Set(rows.flatMap((row) => referencing.map(({ name }) => row[name])))
  values.delete(null)
  if (values.size === 0) return referencing.map(({ name }) => [name, {}])
  const found = await db
    .select({ key: column.column, label: labelExpression(table) })
    .from(table.table)
    .where(inArray(column.column, [...values]))
  const labels = new Map(found.map(({ key, label }) => [keyText(column, key), label ?? keyText(column, key)]))
  return referencing.map((reference) => [reference.name, getRowLabels(reference, labels, rows)])
}

function getRowLabels(
  column: ColumnDescription,
  labels: ReadonlyMap<string, string>,
  rows: DatabaseRows,
): Record<string, string> {
  const keys = new Set(rows.map((row) => keyText(column, row[column.name])))
  return Object.fromEntries([...labels].filter(([key]) => keys.has(key)))
}

/** A key's value as text, as it stands in paths. */
export function keyText(column: ColumnDescription, value: unknown): string {
  const formatted = formatValue(column.type, value)
  return typeof formatted === 'string' ? formatted : JSON.stringify(formatted)
}
