import { join } from 'node:path'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { director, movie } from '../../examples/movies/schema.ts'
import { ANY_CONTENT } from './any-content.ts'

/** Largest file of the poster column, in bytes. */
export const LARGEST_POSTER = 2_500_000

/**
 * Storages for four media columns, each in a folder of its own below `folder`. What is in the files is not looked at: tests
 * of the way to the storage send bytes of no type.
 */
export function createMovieStorages(folder: string) {
  return {
    poster: new LocalMediaStorage({
      column: movie.poster,
      mediaPath: join(folder, 'poster'),
      ...ANY_CONTENT,
      allowedExtensions: ['jpg', 'jpeg', 'png'],
      maxFileSize: LARGEST_POSTER,
    }),
    screenshots: new LocalMediaStorage({
      column: movie.screenshots,
      mediaPath: join(folder, 'screenshots'),
      ...ANY_CONTENT,
      allowedExtensions: ['jpg', 'png', 'webp'],
    }),
    /** Takes files of every type, of any size, with any character in their names. */
    trailer: new LocalMediaStorage({
      column: movie.trailer,
      mediaPath: join(folder, 'trailer'),
      ...ANY_CONTENT,
      allowedExtensions: null,
      allowedCharacters: null,
      maxFileSize: null,
    }),
    photo: new LocalMediaStorage({
      column: director.photo,
      mediaPath: join(folder, 'photo'),
      ...ANY_CONTENT,
      allowedExtensions: ['jpg', 'png'],
    }),
  }
}

export type MovieStorages = ReturnType<typeof createMovieStorages>
