import type { HiddenFiles } from './hidden-files.ts'
import { MediaStorageError } from './media-storage-error.ts'
import type { BulkDeleteReport } from './media-storage-types.ts'
import { removeOneByOne } from './remove-one-by-one.ts'

/** The widths, in pixels, that thumbnails are made in. */
export const THUMBNAIL_WIDTHS = [64, 160, 320, 640, 1280] as const

/** A width of {@link THUMBNAIL_WIDTHS}. */
export type ThumbnailWidth = (typeof THUMBNAIL_WIDTHS)[number]

/** The area of the hidden files that cached thumbnails are in, a folder for each file. */
const THUMBNAIL_AREA = 'thumbnails'

/** The hidden path of something that is cached for a file, such as `320.webp`. */
export function thumbnailPath(fileKey: string, name: string): string {
  return `${THUMBNAIL_AREA}/${fileKey}/${name}`
}

/** Removes all that is cached for a file. */
export async function removeThumbnails(hiddenFiles: HiddenFiles | null, fileKey: string): Promise<void> {
  if (hiddenFiles === null) return
  for await (const { path } of hiddenFiles.list(`${THUMBNAIL_AREA}/${fileKey}/`)) await hiddenFiles.remove(path)
}

/** Removes what is cached for files that were deleted. Those whose thumbnails stay count as not deleted. */
export async function removeThumbnailsOf(
  hiddenFiles: HiddenFiles | null,
  { deleted, failed }: BulkDeleteReport,
): Promise<BulkDeleteReport> {
  const report = await removeOneByOne(deleted, { remove: (key) => removeThumbnails(hiddenFiles, key), toError })
  return { deleted: report.deleted, failed: [...failed, ...report.failed] }
}

function toError(cause: unknown): MediaStorageError {
  if (cause instanceof MediaStorageError) return cause
  return new MediaStorageError('STORAGE_FAILURE', 'The storage could not remove the thumbnails.', { cause })
}

/**
 * What a signature of a thumbnail's address is made for in place of the file key.
 *
 * Attack: a signature that is good for the thumbnail and for the file opens the file to whoever was shown the thumbnail.
 * No key has a slash in it.
 */
export function signedThumbnailName(fileKey: string): string {
  return `${fileKey}/thumbnail`
}
