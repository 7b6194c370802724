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
  /** Who changes the row; `null` when it is not a user of the admin. */
  userId: string | null
}

/** Keys that a committed change has put into a media column of a row, or taken out of it. */
export interface FileKeyChange {
  column: PgColumn
  added: string[]
  removed: string[]
}

/** Told of file keys after a change is committed. It never throws: the change is done. */
export type FileKeysChanged = (changes: FileKeyChange[]) => Promise<void>

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
    const previousKeys = getFileKeys(previous[description.name])
    const fileKeys = getFileKeys(values.get(description.name)).filter((key) => !previousKeys.includes(key))
    return fileKeys.length === 0 ? [] : [{ description, fileKeys, previousKeys }]
  })
}

/** How the file keys of a row have changed. A row that did not exist, or no longer does, is an empty object. */
export function changedFileKeys(
  table: TableDescription,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): FileKeyChange[] {
  return table.columns.flatMap(({ name, media, column }) => {
    if (media === null) return []
    const [old, held] = [getFileKeys(before[name]), getFileKeys(after[name])]
    const added = held.filter((key) => !old.includes(key))
    const removed = old.filter((key) => !held.includes(key))
    return added.length + removed.length === 0 ? [] : [{ column, added, removed }]
  })
}

/** @throws {TableError} `INVALID_VALUE` naming the column of the first key that may not be stored */
export async function requireValidFileKeys(
  newKeys: readonly NewFileKeys[],
  check: CheckFileKeys,
  userId: string | null,
): Promise<void> {
  for (const { description, fileKeys, previousKeys } of newKeys) {
    const [problem] = await check({ column: description.column, fileKeys, previousKeys, userId })
    if (problem !== undefined) throw new TableError('INVALID_VALUE', problem.message, { field: description.name })
  }
}

function getFileKeys(value: unknown): string[] {
  const keys: unknown[] = Array.isArray(value) ? value : [value]
  return [...new Set(keys.filter((key) => typeof key === 'string' && key !== ''))].map(String)
}
