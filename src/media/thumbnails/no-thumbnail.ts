import { MediaError } from '../media-error.ts'
import { LARGEST_SOURCE, MOST_PIXELS, type RenderRefusal } from './render-job.ts'

const REFUSALS: Readonly<Record<RenderRefusal, string>> = {
  'too-many-pixels': `it has more than ${MOST_PIXELS / 1_000_000} million pixels`,
  'too-large': `it has more than ${LARGEST_SOURCE / 1_000_000} MB`,
  'too-hard': 'it takes too much time or memory',
  unreadable: 'it is damaged, or of a kind that cannot be read',
}

/** Why a picture has no thumbnail, in a sentence. */
export function noThumbnail(refusal: RenderRefusal): MediaError {
  return new MediaError('NO_THUMBNAIL', `The picture cannot be made smaller: ${REFUSALS[refusal]}.`)
}
