import type { FilePreview } from '../../contract/media.ts'
import type { ThumbnailFormat, ThumbnailWidth } from '../../storage/thumbnail-files.ts'

/** What the program that renders is told, before the bytes of the picture. */
export interface RenderJob {
  /** Bytes of the picture. */
  size: number
  width: ThumbnailWidth
  format: ThumbnailFormat
  /** More of them are refused, all together. */
  mostPixels: number
  /** The preview is still to be made. */
  wantsPreview: boolean
}

/** What it answers: the thumbnail, with the preview if that was wanted, or why there is none. */
export type RenderResult = { bytes: Uint8Array; preview: FilePreview | null } | { refusal: RenderRefusal }

/** Why a picture cannot be rendered. */
export type RenderRefusal = 'too-hard' | 'too-large' | 'too-many-pixels' | 'unreadable'

/** Most pixels of a picture, all together: more than any camera has, and what a decoder can hold. */
export const MOST_PIXELS = 100_000_000

/** Longest picture that is rendered, in bytes: the decoder holds it whole. */
export const LARGEST_SOURCE = 100_000_000
