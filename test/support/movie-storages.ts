import { join } from 'node:path'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { director, movie } from '../../examples/movies/schema.ts'

/** Largest file of the poster column, in bytes. */
export const LARGEST_POSTER = 2_500_000

/** Storages for four media columns, each in a folder of its own below `folder`. */
export function createMovieStorages(folder: string) {
  return {
    poster: new LocalMediaStorage({
      column: movie.poster,
      mediaPath: join(folder, 'poster'),
      allowedExtensions: ['jpg', 'jpeg', 'png'],
      maxFileSize: LARGEST_POSTER,
    }),
    screenshots: new LocalMediaStorage({
      column: movie.screenshots,
      mediaPath: join(folder, 'screenshots'),
      allowedExtensions: ['jpg', 'png', 'webp'],
    }),
    /** Takes files of every type, of any size, with any character in their names. */
    trailer: new LocalMediaStorage({
      column: movie.trailer,
      mediaPath: join(folder, 'trailer'),
      allowedExtensions: null,
      allowedCharacters: null,
    }),
    photo: new LocalMediaStorage({
      column: director.photo,
      mediaPath: join(folder, 'photo'),
      allowedExtensions: ['jpg', 'png'],
    }),
  }
}

export type MovieStorages = ReturnType<typeof createMovieStorages>
