import { join } from 'node:path'
import {
  AUDIO_EXTENSIONS,
  DATA_EXTENSIONS,
  DOCUMENT_EXTENSIONS,
  IMAGE_EXTENSIONS,
  VIDEO_EXTENSIONS,
} from 'vitrine/storage'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { director, movie } from './schema.ts'
import type { Settings } from './settings.ts'

const MEGABYTE = 1000 * 1000

/** A storage for each media column, each in a folder of its own. */
export type Storages = ReturnType<typeof createStorages>

export function createStorages({ dataFolder }: Pick<Settings, 'dataFolder'>) {
  const mediaPath = (folder: string) => join(dataFolder, 'media', folder)
  return {
    poster: new LocalMediaStorage({
      column: movie.poster,
      mediaPath: mediaPath('movie_poster'),
      allowedExtensions: ['jpg', 'jpeg', 'png', 'webp'],
      maxFileSize: 20 * MEGABYTE,
    }),
    screenshots: new LocalMediaStorage({
      column: movie.screenshots,
      mediaPath: mediaPath('movie_screenshots'),
      allowedExtensions: IMAGE_EXTENSIONS,
      maxFileSize: 20 * MEGABYTE,
    }),
    trailer: new LocalMediaStorage({
      column: movie.trailer,
      mediaPath: mediaPath('movie_trailer'),
      allowedExtensions: VIDEO_EXTENSIONS,
      maxFileSize: 5000 * MEGABYTE,
    }),
    soundtrack: new LocalMediaStorage({
      column: movie.soundtrack,
      mediaPath: mediaPath('movie_soundtrack'),
      allowedExtensions: AUDIO_EXTENSIONS,
      maxFileSize: 500 * MEGABYTE,
    }),
    pressKit: new LocalMediaStorage({
      column: movie.pressKit,
      mediaPath: mediaPath('movie_press_kit'),
      allowedExtensions: DOCUMENT_EXTENSIONS,
      maxFileSize: 100 * MEGABYTE,
    }),
    boxOfficeData: new LocalMediaStorage({
      column: movie.boxOfficeData,
      mediaPath: mediaPath('movie_box_office_data'),
      allowedExtensions: DATA_EXTENSIONS,
      maxFileSize: 100 * MEGABYTE,
    }),
    photo: new LocalMediaStorage({
      column: director.photo,
      mediaPath: mediaPath('director_photo'),
      allowedExtensions: IMAGE_EXTENSIONS,
      maxFileSize: 20 * MEGABYTE,
    }),
  }
}
