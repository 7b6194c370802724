import type { HiddenFiles } from './hidden-files.ts'
import { MediaStorageError } from '../core/media-storage-error.ts'
import type { BulkDeleteReport } from '../core/media-storage-types.ts'

/** The widths, in pixels, that thumbnails are made in. */
export const THUMBNAIL_WIDTHS = [64, 160, 320, 640, 1280] as const

/** A width of {@link THUMBNAIL_WIDTHS}. */
export type ThumbnailWidth = (typeof THUMBNAIL_WIDTHS)[number]

/** The area of the hidden files that cached thumbnails are in, a folder for each file. */
const THUMBNAIL_AREA = 'thumbnails'

/** The formats, by their extensions, that thumbnails are made in. */
export const THUMBNAIL_FORMATS = ['webp', 'avif'] as const

/** A format of {@link THUMBNAIL_FORMATS}. */
export type ThumbnailFormat = (typeof THUMBNAIL_FORMATS)[number]

/** Files whose thumbnails are removed at a time. */
const BATCH_SIZE = 1000

/** The hidden path of a thumbnail. */
export function thumbnailPath(fileKey: string, width: ThumbnailWidth, format: ThumbnailFormat): string {
  return `${THUMBNAIL_AREA}/${fileKey}/${width}.${format}`
}

/** The hidden path of the image that stands for a video or a document: its thumbnails are made of it. */
export function imagePath(fileKey: string): string {
  return `${THUMBNAIL_AREA}/${fileKey}/picture.webp`
}

/** The hidden path of what is shown of a file before its thumbnail is there. */
export function previewPath(fileKey: string): string {
  return `${THUMBNAIL_AREA}/${fileKey}/preview.json`
}

/** Removes all that is kept for some files, by its names: to ask what there is would cost a bucket more. */
export async function removeThumbnails(hiddenFiles: HiddenFiles | null, fileKeys: readonly string[]): Promise<void> {
  if (hiddenFiles === null) return
  for (let start = 0; start < fileKeys.length; start += BATCH_SIZE) {
    const batch = fileKeys.slice(start, start + BATCH_SIZE)
    await hiddenFiles.removeMany(
      batch.flatMap((fileKey) => [...thumbnailPaths(fileKey), imagePath(fileKey), previewPath(fileKey)]),
    )
  }
}

/** The same for a file that may come back, without what is made once only: its preview, and its image if it was given one. */
export async function removeCachedThumbnails(hiddenFiles: HiddenFiles, fileKey: string): Promise<void> {
  await hiddenFiles.removeMany(thumbnailPaths(fileKey))
}

/** Removes what is cached for files that were deleted. When that fails they count as not deleted, to be tried again. */
export async function removeThumbnailsAfter(
  hiddenFiles: HiddenFiles | null,
  { deleted, failed }: BulkDeleteReport,
): Promise<BulkDeleteReport> {
  try {
    await removeThumbnails(hiddenFiles, deleted)
    return { deleted, failed }
  } catch (error) {
    if (!(error instanceof MediaStorageError)) throw error
    return { deleted: [], failed: [...failed, ...deleted.map((key) => ({ key, error }))] }
  }
}

/** All that can be made again. */
function thumbnailPaths(fileKey: string): string[] {
  return THUMBNAIL_FORMATS.flatMap((format) => THUMBNAIL_WIDTHS.map((width) => thumbnailPath(fileKey, width, format)))
}
