import { type AdminOptions, tableConfig } from 'vitrine'
import { S3MediaStorage, type S3MediaStorageOptions } from 'vitrine/storage/s3'
import { movie } from '../../examples/movies/schema.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from './movie-admin.ts'
import type { S3Server } from './s3-server.ts'
import { ANY_CONTENT } from './any-content.ts'

/** Where the posters are, and how they are handed out. */
export interface S3AdminOptions extends Partial<S3MediaStorageOptions<typeof movie.poster>> {
  /** In the bucket. */
  folderName: string
  /** Of resumable uploads, in seconds. */
  uploadExpiry?: number
}

/** An admin of the movies whose posters are in a bucket. */
export interface S3MovieAdmin extends MovieAdmin {
  poster: S3MediaStorage<typeof movie.poster>
}

/** Each has storages and clients of its own, as servers side by side have. */
export async function startS3MovieAdmin(
  world: MovieWorld,
  server: S3Server,
  { uploadExpiry = 86_400, ...options }: S3AdminOptions,
): Promise<S3MovieAdmin> {
  const { bucketName, clientConfig } = server
  const allowed = { allowedExtensions: ['jpg', 'png', 'svg', 'mp4'] }
  const poster = new S3MediaStorage({
    column: movie.poster,
    ...ANY_CONTENT,
    bucketName,
    clientConfig,
    ...allowed,
    ...options,
  })
  const tables: AdminOptions['tables'] = [tableConfig({ table: movie, mediaStorage: [poster] })]
  return { ...(await startMovieAdmin(world, { tables, uploadExpiry })), poster }
}
