import { contentDisposition } from '../storage/urls/content-disposition.ts'
import { originalFileName } from '../storage/keys/file-key.ts'
import { getPresentation } from '../storage/urls/file-presentation.ts'
import { getContentType } from '../storage/keys/file-types.ts'

/** The headers of a stored file, the same with 200, 206, 304, 412 and 416. */
export function fileHeaders(
  fileKey: string,
  { download = false }: { download?: boolean } = {},
): Record<string, string> {
  const { contentType, disposition, contentSecurityPolicy } = getPresentation(getContentType(fileKey))
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
