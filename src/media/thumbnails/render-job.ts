import type { FilePreview } from '../../contract/media.ts'
import type { ThumbnailFormat, ThumbnailWidth } from '../../storage/hidden/thumbnail-files.ts'

/** What the program that renders is told, before the bytes of the image. */
export interface RenderJob {
  /** Bytes of the image. */
  size: number
  width: ThumbnailWidth
  format: ThumbnailFormat
  /** More of them are refused, all together. */
  maxPixels: number
  /** The image is an SVG: it is drawn as large as wanted. */
  isVector: boolean
  /** The preview is still to be made. */
  wantsPreview: boolean
}

/** What it answers: the thumbnail, with the preview if that was wanted, or why there is none. */
export type RenderResult = { bytes: Uint8Array; preview: FilePreview | null } | { refusal: RenderRefusal }

/** Why an image cannot be rendered. */
export type RenderRefusal = 'too-hard' | 'too-large' | 'too-many-pixels' | 'unreadable'

/** Most pixels of an image, all together: more than any camera has, and what a decoder can hold. */
export const MAX_PIXELS = 100_000_000

/** Longest image that is rendered, in bytes: the decoder holds it whole. */
export const MAX_SOURCE_BYTES = 100_000_000
