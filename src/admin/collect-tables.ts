import { type Column, getTableName } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { MediaRules } from '../contract/tables.ts'
import { type MediaColumn, MediaColumns } from '../media/media-columns.ts'
import { MediaService } from '../media/media-service.ts'
import { reconcileFileKeys } from '../media/reconcile-file-keys.ts'
import { UnsavedUploads } from '../media/unsaved-uploads.ts'
import { takesDirectUploads, takesResumableUploads } from '../media/uploads/upload-area.ts'
import type { MediaStorage } from '../storage/core/media-storage.ts'
import type { FileKeyChange, FileKeyCheck, FileKeyProblem } from '../tables/file-key-check.ts'
import { TableRegistry } from '../tables/table-registry.ts'
import { type AdminLogger, describeError } from './admin-logger.ts'
import type { AdminOptions } from './admin-options.ts'
import { asTableConfig, type TableConfig } from './table-config.ts'

/** The tables and the media of an admin, which know of each other only what they are told here. */
export interface AdminTables {
  tables: TableRegistry
  columns: MediaColumns
  media: MediaService
  unsaved: UnsavedUploads
}

/** What the tables are collected from. */
export interface CollectedFrom extends Pick<AdminOptions, 'db' | 'tables' | 'unsavedUploadExpiry'> {
  logger: AdminLogger
}

/** @throws {TypeError} when a column has two storages, or two storages share a place */
export function collectTables({ db, tables, logger, unsavedUploadExpiry }: CollectedFrom): AdminTables {
  const configs = tables.map(asTableConfig)
  const storages = new Map<Column, MediaStorage>(
    configs.flatMap(({ mediaStorage }) => mediaStorage.map((storage) => [storage.column, storage] as const)),
  )
  const unsaved = new UnsavedUploads({ storages: storages.values(), db, expiry: unsavedUploadExpiry })
  const registry = new TableRegistry({
    db,
    tables: configs.map((config) => ({ ...config, mediaRules: (column) => mediaRules(storages.get(column)) })),
    checkFileKeys: (check) => checkFileKeys(media, columns, check),
    fileKeysChanged: (changes) => applyChanges(changes, { storages, db, logger, unsaved }),
  })
  const columns = new MediaColumns(configs.flatMap((config) => getMediaColumns(config, registry)))
  const media = new MediaService({ columns, db, unsaved })
  return { tables: registry, columns, media, unsaved }
}

function mediaRules(storage: MediaStorage | undefined): MediaRules | null {
  if (storage === undefined) return null
  const { allowedExtensions, maxFileSize } = storage
  return {
    allowedExtensions: allowedExtensions === null ? null : [...allowedExtensions],
    maxFileSize,
    isResumable: takesResumableUploads(storage),
    isDirect: takesDirectUploads(storage),
  }
}

function getMediaColumns({ table, mediaStorage }: TableConfig, registry: TableRegistry): MediaColumn[] {
  const tableName = getTableName(table)
  const description = registry.get(tableName)?.description
  if (description === undefined) return []
  return mediaStorage.map((storage) => ({
    tableName,
    columnName: description.columns.find(({ column }) => column === storage.column)?.name ?? storage.column.name,
    storage,
    primaryKey: description.primaryKey.column,
    labelColumn: description.labelColumn.column,
  }))
}

/** A row may only come to hold keys of files that are in its own column's storage. */
async function checkFileKeys(
  media: MediaService,
  columns: MediaColumns,
  { column, fileKeys, userId }: FileKeyCheck,
): Promise<FileKeyProblem[]> {
  const mediaColumn = getColumn(columns, column)
  if (mediaColumn === null) return []
  const missing = await media.findMissingKeys(mediaColumn, fileKeys, { id: userId ?? '' })
  return missing.map((fileKey) => ({
    fileKey,
    message: `There is no file "${fileKey.slice(0, 100)}" in the storage of this column: upload it first.`,
  }))
}

interface ChangeContext extends Pick<CollectedFrom, 'db' | 'logger'> {
  storages: ReadonlyMap<Column, MediaStorage>
  unsaved: UnsavedUploads
}

/** The change is committed: what fails for its files is logged, and left to a sweep or a clean-up. */
async function applyChanges(changes: readonly FileKeyChange[], context: ChangeContext): Promise<void> {
  const { storages, db, logger, unsaved } = context
  for (const { column, ...change } of changes) {
    const storage = storages.get(column)
    if (storage === undefined) continue
    const reconciled = reconcileFileKeys(storage, db, change).then(() => unsaved.remove(storage, change.added))
    await reconciled.catch((error: unknown) => {
      logger.error('The files of a changed row could not be updated.', { error: describeError(error) })
    })
  }
}

function getColumn(columns: MediaColumns, column: PgColumn): MediaColumn | null {
  for (const mediaColumn of columns) if (mediaColumn.storage.column === column) return mediaColumn
  return null
}
