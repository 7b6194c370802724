import { columnPath } from './media-column.ts'
import type { MediaStorage } from './media-storage.ts'

/** The storage, its fallback, the fallback of that, and so on: every place its files may be in. */
export function getLocations(storage: MediaStorage): MediaStorage[] {
  return [storage, ...(storage.fallback === null ? [] : getLocations(storage.fallback))]
}

/** Whether the places of two storages are the same, by whatever names, or one lies inside the other. */
export function isSharedLocation(one: MediaStorage, other: MediaStorage): boolean {
  if (one.locationId !== null && one.locationId === other.locationId) return true
  return one.location.startsWith(other.location) || other.location.startsWith(one.location)
}

/**
 * Attack on oneself: a fallback in the storage's own place would be deleted with what it backs.
 *
 * @throws {TypeError} naming the column
 */
export function refuseSharedLocation(storage: MediaStorage, fallback: MediaStorage): void {
  if (!getLocations(fallback).some((location) => isSharedLocation(storage, location))) return
  throw new TypeError(`The fallback of ${columnPath(storage.column)} is the storage's own place: give another one.`)
}

/** Addresses of a place that the admin serves lead back to the admin: then it sends every file itself. */
export function getDelivery(storage: MediaStorage): 'stream' | 'redirect' {
  return getLocations(storage).every(({ delivery }) => delivery === 'redirect') ? 'redirect' : 'stream'
}
