import { join } from 'node:path'
import { getTableName } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import {
  AUDIO_EXTENSIONS,
  DATA_EXTENSIONS,
  DOCUMENT_EXTENSIONS,
  IMAGE_EXTENSIONS,
  type MediaStorage,
  type MediaStorageOptions,
  VIDEO_EXTENSIONS,
} from 'vitrine/storage'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { S3MediaStorage } from 'vitrine/storage/s3'
import { director, movie } from './schema.ts'
import type { Settings } from './settings.ts'

const MEGABYTE = 1000 * 1000

/** A storage for each media column, each in a place of its own. */
export type Storages = ReturnType<typeof createStorages>

export function createStorages({ dataFolder, bucket }: Pick<Settings, 'dataFolder' | 'bucket'>) {
  /** In the bucket when there is one, else in a folder. */
  function storage<TColumn extends PgColumn>(options: MediaStorageOptions<TColumn>): MediaStorage<TColumn> {
    const { name, table } = options.column
    const folderName = `${getTableName(table)}_${name}`
    if (bucket !== null && (bucket.columns?.includes(name) ?? true)) {
      const { columns: _columns, ...place } = bucket
      return new S3MediaStorage({ ...options, ...place, folderName })
    }
    return new LocalMediaStorage({ ...options, mediaPath: join(dataFolder, 'media', folderName) })
  }

  return {
    poster: storage({
      column: movie.poster,
      allowedExtensions: ['jpg', 'jpeg', 'png', 'webp'],
      maxFileSize: 20 * MEGABYTE,
    }),
    screenshots: storage({
      column: movie.screenshots,
      allowedExtensions: IMAGE_EXTENSIONS,
      maxFileSize: 20 * MEGABYTE,
    }),
    trailer: storage({
      column: movie.trailer,
      allowedExtensions: VIDEO_EXTENSIONS,
      maxFileSize: 6000 * MEGABYTE,
    }),
    soundtrack: storage({
      column: movie.soundtrack,
      allowedExtensions: AUDIO_EXTENSIONS,
      maxFileSize: 500 * MEGABYTE,
    }),
    pressKit: storage({
      column: movie.pressKit,
      allowedExtensions: DOCUMENT_EXTENSIONS,
      maxFileSize: 100 * MEGABYTE,
    }),
    boxOfficeData: storage({
      column: movie.boxOfficeData,
      allowedExtensions: DATA_EXTENSIONS,
      maxFileSize: 100 * MEGABYTE,
    }),
    photo: storage({
      column: director.photo,
      allowedExtensions: IMAGE_EXTENSIONS,
      maxFileSize: 20 * MEGABYTE,
    }),
  }
}
