import { contentDisposition } from '../storage/content-disposition.ts'
import { originalFileName } from '../storage/file-key.ts'
import { presentationOf } from '../storage/file-presentation.ts'
import { contentTypeOf } from '../storage/file-types.ts'

/** The headers of a stored file, the same with 200, 206, 304, 412 and 416. */
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
