import type { PgColumn } from 'drizzle-orm/pg-core'
import { columnPath } from './media-column.ts'

/** Where the files of a column are. */
export interface StorageLocation {
  readonly column: PgColumn
  readonly location: string
  readonly locationId: string | null
}

interface WithFallback<TStorage> {
  readonly fallback: TStorage | null
}

interface WithDelivery extends WithFallback<WithDelivery> {
  readonly delivery: 'stream' | 'redirect'
}

/** The storage, its fallback, the fallback of that, and so on. */
export function getLocations<TStorage extends WithFallback<TStorage>>(storage: TStorage): TStorage[] {
  return [storage, ...(storage.fallback === null ? [] : getLocations(storage.fallback))]
}

/** Whether two storages have the same location, under any name, or one lies inside the other. */
export function isSharedLocation(one: StorageLocation, other: StorageLocation): boolean {
  if (one.locationId !== null && one.locationId === other.locationId) return true
  return one.location.startsWith(other.location) || other.location.startsWith(one.location)
}

/**
 * Footgun: a fallback in the storage's own location would be deleted together with the files that it backs up.
 *
 * @throws {TypeError} naming the column
 */
export function refuseSharedLocation<TStorage extends StorageLocation & WithFallback<TStorage>>(
  storage: StorageLocation,
  fallback: TStorage,
): void {
  if (!getLocations(fallback).some((location) => isSharedLocation(storage, location))) return
  throw new TypeError(`The fallback of ${columnPath(storage.column)} is the storage's own place: give another one.`)
}

/** @throws {TypeError} when the fallback is for another column */
export function checkedFallback<TStorage extends StorageLocation>(
  column: PgColumn,
  fallback: TStorage | undefined,
): TStorage | null {
  if (fallback === undefined || fallback.column === column) return fallback ?? null
  throw new TypeError(`The fallback of ${columnPath(column)} holds the files of ${columnPath(fallback.column)}.`)
}

/** URLs of a storage that the admin serves lead back to the admin, so one such location makes it send every file itself. */
export function getDelivery(storage: WithDelivery): 'stream' | 'redirect' {
  return getLocations(storage).every(({ delivery }) => delivery === 'redirect') ? 'redirect' : 'stream'
}
