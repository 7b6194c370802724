import { type Column, getTableName } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { isSharedLocation, getLocations, refuseSharedLocation } from '../storage/core/fallback.ts'
import type { MediaStorage } from '../storage/core/media-storage.ts'

/** A media column of the admin, with its storage and what is needed to name the rows that use a file. */
export interface MediaColumn {
  /** As it stands in paths. */
  readonly tableName: string
  /** As it stands in paths: the column's property name in the Drizzle table. */
  readonly columnName: string
  readonly storage: MediaStorage
  readonly primaryKey: PgColumn
  /** The column that names a row for people. */
  readonly labelColumn: PgColumn
}

/** Every media column of an admin, by table and column. */
export class MediaColumns {
  readonly #byPath: ReadonlyMap<string, MediaColumn>

  /** @throws {TypeError} when a column has two storages, or two storages share a place */
  constructor(columns: readonly MediaColumn[]) {
    refuseRepeatedColumns(columns)
    refuseSharedLocations(columns)
    this.#byPath = new Map(columns.map((column) => [getPath(column), column]))
  }

  /** The media column at a path; `null` when the table or the column does not exist or holds no media. */
  get(tableName: string, columnName: string): MediaColumn | null {
    return this.#byPath.get(getPath({ tableName, columnName })) ?? null
  }

  [Symbol.iterator](): Iterator<MediaColumn> {
    return this.#byPath.values()
  }
}

/** A name no path component can hold joins the two, so that no pair of names meets another. */
function getPath({ tableName, columnName }: Pick<MediaColumn, 'tableName' | 'columnName'>): string {
  return `${tableName}/${columnName}`
}

function refuseRepeatedColumns(columns: readonly MediaColumn[]): void {
  const seen = new Set<Column>()
  for (const { storage } of columns) {
    if (seen.has(storage.column)) throw new TypeError(`${getName(storage)} has two storages: a column can have one.`)
    seen.add(storage.column)
  }
}

/**
 * Attack on oneself: the clean-up of a column deletes what its own rows do not reference. If another column kept files
 * in the same place, or inside it, the clean-up of one would delete the files of the other.
 */
function refuseSharedLocations(columns: readonly MediaColumn[]): void {
  columns.forEach(({ storage }, index) => {
    if (storage.fallback !== null) refuseSharedLocation(storage, storage.fallback)
    const other = columns.slice(0, index).find((earlier) => isShared(earlier.storage, storage))
    if (other === undefined) return
    throw new TypeError(
      `${getName(other.storage)} and ${getName(storage)} keep their files in the same place, or one inside the other: give each column a place of its own.`,
    )
  })
}

/** The places that files are moved from count too: a deletion reaches them. */
function isShared(one: MediaStorage, other: MediaStorage): boolean {
  return getLocations(one).some((location) =>
    getLocations(other).some((otherLocation) => isSharedLocation(location, otherLocation)),
  )
}

function getName({ column }: MediaStorage): string {
  return `${getTableName(column.table)}.${column.name}`
}
