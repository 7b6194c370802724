/** The entries in groups of at most `size`. */
export async function* inBatches<TEntry>(
  entries: AsyncIterable<TEntry> | Iterable<TEntry>,
  size: number,
): AsyncGenerator<TEntry[]> {
  let batch: TEntry[] = []
  for await (const entry of entries) {
    batch.push(entry)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** Runs the task on every entry, some at a time. */
export async function forEachConcurrently<TEntry>(
  entries: readonly TEntry[],
  concurrency: number,
  task: (entry: TEntry) => Promise<void>,
): Promise<void> {
  const remaining = entries.values()
  const run = async () => {
    for (const entry of remaining) await task(entry)
  }
  await Promise.all(Array.from({ length: concurrency }, run))
}
