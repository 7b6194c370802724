import { getContentType, getExtension } from '../keys/file-types.ts'
import { ByteSource } from './byte-source.ts'
import { HEAD_SIZE, checkHead, isTextFile, notText } from './check-head.ts'
import type { CheckedFile } from './content-rules.ts'
import { isOfKind } from './file-kinds.ts'
import { largerChunks } from './larger-chunks.ts'
import { limitedTiff } from './limited-tiff.ts'
import { jpegChunks } from './metadata/jpeg.ts'
import { metadataRewriter } from './metadata/rewriters.ts'
import { svgChunks } from './svg/svg-chunks.ts'
import { TextContent } from './text-content.ts'
import { verifiedByHook } from './verify-file.ts'

/**
 * Passes a file on its way into a storage: its type is checked, what could act or tell too much is taken out of it, and
 * the storage's own check has its say. Whatever is refused throws before the stream ends, so that a storage that makes a
 * file visible at the end of its stream never shows it. What comes out may differ from what went in, where
 * {@link isRewritten}. No more than a few chunks are in memory.
 *
 * @throws {MediaStorageError} `FILE_CONTENT_MISMATCH`, `IMAGE_TOO_LARGE`, `FILE_REFUSED` or `FILE_NOT_VERIFIED`
 */
export async function* verifiedChunks(
  chunks: AsyncIterable<Uint8Array>,
  file: CheckedFile,
): AsyncGenerator<Uint8Array> {
  if (isUnchecked(file)) {
    yield* chunks
    return
  }
  const source = new ByteSource(chunks)
  try {
    const head = await source.peek(HEAD_SIZE)
    await checkHead(head, file)
    const content = rewritten(source, head, file)
    const isTiff = getContentType(file.fileKey) === 'image/tiff'
    yield* verifiedByHook(isTiff ? limitedTiff(content, head, file) : content, file)
  } finally {
    await source.close()
  }
}

/** Whether storing a file may change its bytes. What is no such file may be checked where it lies, and moved. */
export function isRewritten(file: CheckedFile): boolean {
  if (getExtension(file.fileKey) === 'svg') return file.rules.svg !== 'keep'
  return metadataRewriter(file) !== null
}

/** Whether nothing of the content matters: then the chunks stay as they come. */
function isUnchecked(file: CheckedFile): boolean {
  const { contentCheck, imageLimits, verifyFile } = file.rules
  const isUnlimited = Object.values(imageLimits).every((limit) => limit === Infinity)
  return contentCheck === 'off' && isUnlimited && verifyFile === null && !isRewritten(file)
}

function rewritten(source: ByteSource, head: Uint8Array, file: CheckedFile): AsyncIterable<Uint8Array> {
  const extension = getExtension(file.fileKey) ?? ''
  if (extension === 'svg') return svgChunks(source, file)
  // A JPEG is read in any case: it tells its size behind its metadata.
  const rewriter = metadataRewriter(file) ?? (getContentType(file.fileKey) === 'image/jpeg' ? jpegChunks : null)
  // Without a check of the content, it may be of any type.
  if (rewriter !== null && isOfKind(extension, head)) return largerChunks(rewriter(source, file))
  if (file.rules.contentCheck === 'refuse' && isTextFile(file.fileKey)) return textOnly(source, file)
  return source.rest()
}

async function* textOnly(source: ByteSource, { fileKey }: CheckedFile): AsyncGenerator<Uint8Array> {
  const text = new TextContent()
  for await (const chunk of source.rest()) {
    text.accepts(chunk)
    if (text.refused !== null) throw notText(fileKey, text.refused)
    yield chunk
  }
}
