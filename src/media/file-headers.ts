import { originalFileName } from '../storage/file-key.ts'
import { contentTypeOf } from '../storage/file-types.ts'
import { type Disposition, contentDisposition } from './content-disposition.ts'

/** How a kind of file is handed to a browser. */
interface Presentation {
  contentType: string
  disposition: Disposition
  contentSecurityPolicy: string
}

const STILL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; sandbox"

/** Without `sandbox`: a sandboxed document does not play. */
const PLAYING_POLICY = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"

const PLAIN_TEXT = 'text/plain; charset=utf-8'

/** Media types a browser shows by itself, and what it may do meanwhile. Every other one is saved. */
const SHOWN_INLINE: ReadonlyMap<string, Presentation> = new Map([
  ...inline(
    ['image/avif', 'image/bmp', 'image/gif', 'image/jpeg', 'image/png', 'image/svg+xml', 'image/webp'],
    STILL_POLICY,
  ),
  ...inline(
    ['audio/aac', 'audio/flac', 'audio/mp4', 'audio/mpeg', 'audio/ogg', 'audio/wav', 'audio/webm'],
    PLAYING_POLICY,
  ),
  ...inline(['video/mp4', 'video/ogg', 'video/quicktime', 'video/webm'], PLAYING_POLICY),
  ...inline(
    [PLAIN_TEXT, 'text/csv; charset=utf-8', 'text/tab-separated-values; charset=utf-8'],
    STILL_POLICY,
    PLAIN_TEXT,
  ),
])

function inline(contentTypes: string[], contentSecurityPolicy: string, servedAs?: string): [string, Presentation][] {
  return contentTypes.map((contentType) => [
    contentType,
    { contentType: servedAs ?? contentType, disposition: 'inline', contentSecurityPolicy },
  ])
}

/**
 * The headers of a stored file, also with 206, 304 and 416: the only decider of what is shown inline.
 *
 * Attack: a file that was uploaded holds HTML, or SVG with a script, and is opened in the admin's origin, where it could
 * act as whoever opens it. The type comes from the stored extension and is not guessed again (`nosniff`), what is shown
 * is sandboxed, and what is not on the list above is saved instead of shown.
 */
export function fileHeaders(
  fileKey: string,
  { download = false }: { download?: boolean } = {},
): Record<string, string> {
  const { contentType, disposition, contentSecurityPolicy } = presentationOf(contentTypeOf(fileKey))
  return {
    'Content-Type': contentType,
    'Content-Disposition': contentDisposition(download ? 'attachment' : disposition, originalFileName(fileKey)),
    'Content-Security-Policy': contentSecurityPolicy,
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'private, no-cache',
    Vary: 'Cookie',
  }
}

function presentationOf(contentType: string): Presentation {
  return (
    SHOWN_INLINE.get(contentType) ?? { contentType, disposition: 'attachment', contentSecurityPolicy: STILL_POLICY }
  )
}
