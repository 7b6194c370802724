/** One place in the field: a stored file, an upload on its way to become one, or an upload that just did. */
export interface MediaEntry {
  /** Stays the same while an upload becomes a stored file, so that its image stays where it is. */
  readonly id: string
  readonly fileKey: string | null
  readonly uploadId: string | null
  /** The entry whose place this one takes once it is stored. */
  readonly replaces: string | null
}

export function storedEntry(fileKey: string): MediaEntry {
  return { id: crypto.randomUUID(), fileKey, uploadId: null, replaces: null }
}

export function getKeys(entries: readonly MediaEntry[]): string[] {
  return entries.flatMap((entry) => (entry.fileKey === null ? [] : [entry.fileKey]))
}

/** The entries that show `value`, with as many of the present ones as still stand for it. */
export function reconcile(entries: readonly MediaEntry[], value: readonly string[]): readonly MediaEntry[] {
  if (isSameList(getKeys(entries), value)) return entries
  // A column may name one file twice, so each entry is taken once.
  const known = entries.filter((entry) => entry.fileKey !== null)
  const stored = value.map((fileKey) => {
    const position = known.findIndex((entry) => entry.fileKey === fileKey)
    return known.splice(position, position < 0 ? 0 : 1)[0] ?? storedEntry(fileKey)
  })
  return [...stored, ...entries.filter((entry) => entry.fileKey === null)]
}

/** The upload `uploadId` ended as `fileKey`: it takes its place, and the place of what it replaces. */
export function finish(entries: readonly MediaEntry[], uploadId: string, fileKey: string): readonly MediaEntry[] {
  const upload = entries.find((entry) => entry.uploadId === uploadId)
  if (!upload) return entries
  const settled: MediaEntry = { ...upload, fileKey, replaces: null }
  const isReplacing = entries.some((entry) => entry.id === upload.replaces)
  if (!isReplacing) return entries.map((entry) => (entry === upload ? settled : entry))
  return entries.filter((entry) => entry !== upload).map((entry) => (entry.id === upload.replaces ? settled : entry))
}

/** Moves the entries `ids`, in their present order, before or after the entry `target`. */
export function moveEntries(
  entries: readonly MediaEntry[],
  ids: ReadonlySet<string>,
  target: { id: string; position: 'before' | 'after' },
): readonly MediaEntry[] {
  const moved = entries.filter((entry) => ids.has(entry.id))
  if (ids.has(target.id)) return entries
  const others = entries.filter((entry) => !ids.has(entry.id))
  const position = others.findIndex((entry) => entry.id === target.id)
  if (position < 0) return entries
  const at = target.position === 'before' ? position : position + 1
  return [...others.slice(0, at), ...moved, ...others.slice(at)]
}

export function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index])
}
