import type { MediaEntry } from './media-entries.ts'
import type { Upload } from './upload-queue.ts'

/** The entries to show as files, in their order: an upload stands where it will land, a failed one is told of elsewhere. */
export function visibleEntries(entries: readonly MediaEntry[], uploads: readonly Upload[]): MediaEntry[] {
  const failed = new Set(uploads.filter(({ status }) => status === 'failed').map(({ id }) => id))
  const shown = entries.filter((entry) => entry.fileKey !== null || !failed.has(entry.uploadId ?? ''))
  const replacements = new Map(shown.flatMap((entry) => (entry.replaces === null ? [] : [[entry.replaces, entry]])))
  const known = new Set(shown.map(({ id }) => id))
  return shown.flatMap((entry) => {
    if (entry.replaces !== null && known.has(entry.replaces)) return []
    return [replacements.get(entry.id) ?? entry]
  })
}

/** `next`, or `previous` when it holds the same entries: a list that did not change is not drawn again. */
export function keepIfSame(previous: readonly MediaEntry[], next: readonly MediaEntry[]): readonly MediaEntry[] {
  const isSame = previous.length === next.length && previous.every((entry, index) => entry === next[index])
  return isSame ? previous : next
}
