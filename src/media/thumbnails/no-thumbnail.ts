import { MediaError } from '../media-error.ts'
import { MAX_SOURCE_BYTES, MAX_PIXELS, type RenderRefusal } from './render-job.ts'

const REFUSALS: Readonly<Record<RenderRefusal, string>> = {
  'too-many-pixels': `it has more than ${MAX_PIXELS / 1_000_000} million pixels`,
  'too-large': `it has more than ${MAX_SOURCE_BYTES / 1_000_000} MB`,
  'too-hard': 'it takes too much time or memory',
  unreadable: 'it is damaged, or of a kind that cannot be read',
}

/** Why an image has no thumbnail, in a sentence. */
export function noThumbnail(refusal: RenderRefusal): MediaError {
  return new MediaError('NO_THUMBNAIL', `The picture cannot be made smaller: ${REFUSALS[refusal]}.`)
}
