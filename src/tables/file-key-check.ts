import type { PgColumn } from 'drizzle-orm/pg-core'
import type { ColumnDescription } from './column-description.ts'
import type { RowValues } from './parse-row.ts'
import type { TableDescription } from './table-description.ts'
import { TableError } from './table-error.ts'

/** File keys that are about to be put into a media column. */
export interface FileKeyCheck {
  column: PgColumn
  /** Keys that the row does not hold yet. Never empty. */
  fileKeys: string[]
  /** Keys that the row holds now in this column. */
  previousKeys: string[]
}

/** Why a file key may not be put into the column. */
export interface FileKeyProblem {
  fileKey: string
  /** A full sentence for a person. */
  message: string
}

/** Looks whether the keys name stored files of the column; answers the problems, or none. */
export type CheckFileKeys = (check: FileKeyCheck) => Promise<FileKeyProblem[]>

/** The file keys among a row's values that were not in the row before. */
export interface NewFileKeys {
  description: ColumnDescription
  fileKeys: string[]
  previousKeys: string[]
}

/** @param previous - the row as it is now, by property name; empty for a new row */
export function findNewFileKeys(
  table: TableDescription,
  values: RowValues,
  previous: Record<string, unknown>,
): NewFileKeys[] {
  const mediaColumns = table.columns.filter(({ media }) => media !== null)
  return mediaColumns.flatMap((description) => {
    const previousKeys = fileKeysOf(previous[description.name])
    const fileKeys = fileKeysOf(values.get(description.name)).filter((key) => !previousKeys.includes(key))
    return fileKeys.length === 0 ? [] : [{ description, fileKeys, previousKeys }]
  })
}

/** @throws {TableError} `INVALID_VALUE` naming the column of the first key that may not be stored */
export async function requireValidFileKeys(newKeys: readonly NewFileKeys[], check: CheckFileKeys): Promise<void> {
  for (const { description, fileKeys, previousKeys } of newKeys) {
    const [problem] = await check({ column: description.column, fileKeys, previousKeys })
    if (problem !== undefined) throw new TableError('INVALID_VALUE', problem.message, { field: description.name })
  }
}

function fileKeysOf(value: unknown): string[] {
  const keys: unknown[] = Array.isArray(value) ? value : [value]
  return [...new Set(keys.filter((key) => typeof key === 'string' && key !== ''))].map(String)
}
