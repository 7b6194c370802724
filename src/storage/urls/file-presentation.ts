import type { Disposition } from './content-disposition.ts'

/** How a kind of file is handed to a browser. */
export interface FilePresentation {
  readonly contentType: string
  readonly disposition: Disposition
  readonly contentSecurityPolicy: string
}

const STILL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; sandbox"

/** Without `sandbox`: a sandboxed document does not play. */
const PLAYING_POLICY = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"

const PLAIN_TEXT = 'text/plain; charset=utf-8'

/** Media types a browser shows by itself, and what it may do meanwhile. Every other one is saved. */
const SHOWN_INLINE: ReadonlyMap<string, FilePresentation> = new Map([
  ...inline(STILL_POLICY, 'image/avif image/bmp image/gif image/jpeg image/png image/svg+xml image/webp'),
  ...inline(PLAYING_POLICY, 'audio/aac audio/flac audio/mp4 audio/mpeg audio/ogg audio/wav audio/webm'),
  ...inline(PLAYING_POLICY, 'video/mp4 video/ogg video/quicktime video/webm'),
  ...asPlainText(PLAIN_TEXT, 'text/csv; charset=utf-8', 'text/tab-separated-values; charset=utf-8'),
])

/**
 * How a file of a media type is handed to a browser: the only decider of what is shown inline.
 *
 * Attack: a file that was uploaded holds HTML, or SVG with a script, and is opened in the admin's origin, where it could
 * act as whoever opens it. The type is the one of the stored extension, what is shown is sandboxed, and what is not on
 * the list above is saved instead of shown.
 */
export function getPresentation(contentType: string): FilePresentation {
  return (
    SHOWN_INLINE.get(contentType) ?? { contentType, disposition: 'attachment', contentSecurityPolicy: STILL_POLICY }
  )
}

function inline(contentSecurityPolicy: string, contentTypes: string): [string, FilePresentation][] {
  return contentTypes
    .split(' ')
    .map((contentType) => [contentType, { contentType, disposition: 'inline', contentSecurityPolicy }])
}

/** Attack: a table or text with markup in it, for a browser that shows such types as a page. */
function asPlainText(...contentTypes: string[]): [string, FilePresentation][] {
  return contentTypes.map((contentType) => [
    contentType,
    { contentType: PLAIN_TEXT, disposition: 'inline', contentSecurityPolicy: STILL_POLICY },
  ])
}
