import { getContentRules } from '../../storage/content/content-rules.ts'
import { ByteSource } from '../../storage/content/byte-source.ts'
import { svgChunks } from '../../storage/content/svg/svg-chunks.ts'
import { MediaStorageError } from '../../storage/core/media-storage-error.ts'
import type { RenderRefusal } from './render-job.ts'

/**
 * An SVG as it would be stored today, or why it is not drawn.
 *
 * Attack: a drawing that never ends, or that names files of the server, in a storage that keeps SVGs as they are, or that
 * was put there by other means.
 */
export async function sanitiseDrawing(bytes: Uint8Array): Promise<{ bytes: Uint8Array } | { refusal: RenderRefusal }> {
  const source = new ByteSource(single(bytes))
  try {
    const chunks: Uint8Array[] = []
    for await (const chunk of svgChunks(source, { fileKey: 'drawing.svg', rules: getContentRules({}) })) {
      chunks.push(chunk)
    }
    return { bytes: Buffer.concat(chunks) }
  } catch (error) {
    if (!(error instanceof MediaStorageError)) throw error
    return { refusal: error.code === 'FILE_REFUSED' ? 'too-hard' : 'unreadable' }
  }
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
