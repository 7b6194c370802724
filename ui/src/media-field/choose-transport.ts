import type { ColumnSchema } from '../../../src/contract/tables.ts'
import { getUploadUrl } from '../api.ts'
import { sendWithXhr, type UploadTransport } from './upload-transport.ts'

/** Bytes from which a file is worth the requests around its bytes: a smaller one is sent again as quickly. */
const RESUMABLE_FROM = 8 * 1024 * 1024

/**
 * Where the column says so every file goes to the storage itself. Otherwise small files go in one request, large ones so
 * that they can go on after a lost connection or a closed tab.
 */
export function chooseTransport({ table, column }: { table: string; column: ColumnSchema }): UploadTransport {
  const sendAtOnce = sendWithXhr(getUploadUrl(table, column.name))
  return async (file, options) => {
    if (column.media?.isDirect === true) {
      const { sendDirectly } = await import('./direct-transport.ts')
      return sendDirectly({ table, column: column.name })(file, options)
    }
    if (!isSentResumably(file, column)) return sendAtOnce(file, options)
    const { sendResumably } = await import('./resumable-transport.ts')
    return sendResumably({ table, column: column.name })(file, options)
  }
}

export function isSentResumably(file: File, { media }: ColumnSchema): boolean {
  return media?.isResumable === true && file.size >= RESUMABLE_FROM
}
