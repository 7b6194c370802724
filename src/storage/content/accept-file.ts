import type { StoredFile } from '../core/stored-file.ts'
import { getContentType } from '../keys/file-types.ts'
import { HEAD_SIZE, checkHead, isTextFile } from './check-head.ts'
import type { CheckedFile } from './content-rules.ts'
import { isoMediaOutline } from './metadata/iso-media-outline.ts'
import { isIsoMedia } from './metadata/rewriters.ts'
import { StreamComparison } from './stream-comparison.ts'
import { isRewritten, verifiedChunks } from './verified-chunks.ts'

/**
 * Checks a file where it is. Most need no change, even of the types that may contain something to remove: their bytes are
 * not stored twice.
 *
 * @returns `null` when the bytes can stay as they are; else the chunks to store in their place
 */
export async function acceptStoredFile(
  file: StoredFile,
  checked: CheckedFile,
): Promise<AsyncIterable<Uint8Array> | null> {
  return (await canStayAsItIs(file, checked)) ? null : verifiedChunks(file.stream(), checked)
}

/** The first {@link HEAD_SIZE} bytes, or the whole file when it is shorter. */
export async function readHead(file: StoredFile): Promise<Uint8Array> {
  if (file.size === 0) return new Uint8Array()
  const head = file.stream({ start: 0, end: Math.min(HEAD_SIZE, file.size) - 1 })
  return new Uint8Array(await new Response(head).arrayBuffer())
}

async function canStayAsItIs(file: StoredFile, checked: CheckedFile): Promise<boolean> {
  if (isKnownFromHead(checked)) {
    await checkHead(await readHead(file), checked)
    return true
  }
  if (!isRewritten(checked)) return isUnchanged(file.stream(), checked)
  // The application's own check must see the bytes that will be stored, and only once.
  const withoutHook = { ...checked, rules: { ...checked.rules, verifyFile: null } }
  if (!(await isUnchanged(await getChangeable(file, checked), withoutHook))) return false
  return checked.rules.verifyFile === null || isUnchanged(file.stream(), checked)
}

/** A video without its frames and sound, which a bucket need not send; any other file whole. */
async function getChangeable(file: StoredFile, checked: CheckedFile): Promise<AsyncIterable<Uint8Array>> {
  const outline = isIsoMedia(checked.fileKey) ? await isoMediaOutline(file) : null
  if (outline === null) return file.stream()
  // The outline leaves out bytes that are part of the head.
  await checkHead(await readHead(file), checked)
  return outline
}

async function isUnchanged(chunks: AsyncIterable<Uint8Array>, checked: CheckedFile): Promise<boolean> {
  const comparison = new StreamComparison(chunks)
  for await (const chunk of verifiedChunks(comparison.original(), checked)) {
    if (!comparison.continuesWith(chunk)) return false
  }
  return comparison.isAtEnd
}

/** Whether the head alone decides: a bucket need not send the rest. */
function isKnownFromHead(file: CheckedFile): boolean {
  const { contentCheck, verifyFile } = file.rules
  // A JPEG says its size behind its metadata, a TIFF anywhere.
  const isReadFurther = isTextFile(file.fileKey)
    ? contentCheck === 'refuse'
    : ['image/jpeg', 'image/tiff'].includes(getContentType(file.fileKey))
  return verifyFile === null && !isRewritten(file) && !isReadFurther
}
