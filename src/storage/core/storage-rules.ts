import type { PgColumn } from 'drizzle-orm/pg-core'
import { ALLOWED_CHARACTERS } from '../keys/file-name.ts'
import { ALLOWED_EXTENSIONS } from '../keys/file-types.ts'
import { columnPath } from './media-column.ts'
import type { MediaStorage } from './media-storage.ts'
import type { MediaStorageOptions } from './media-storage-types.ts'

/** Lower-case and without a dot; `null` for all. */
export function normaliseExtensions(extensions: readonly string[] | null | undefined): readonly string[] | null {
  if (extensions === null) return null
  return (extensions ?? ALLOWED_EXTENSIONS).map((extension) => extension.toLowerCase().replace(/^\./, ''))
}

/** As one text; `null` for all. */
export function normaliseCharacters(characters: string | readonly string[] | null | undefined): string | null {
  if (characters === null) return null
  if (characters === undefined) return ALLOWED_CHARACTERS
  return typeof characters === 'string' ? characters : characters.join('')
}

/** @throws {TypeError} when the fallback is for another column */
export function checkedFallback({ column, fallback }: MediaStorageOptions<PgColumn>): MediaStorage | null {
  if (fallback === undefined || fallback.column === column) return fallback ?? null
  throw new TypeError(`The fallback of ${columnPath(column)} holds the files of ${columnPath(fallback.column)}.`)
}
