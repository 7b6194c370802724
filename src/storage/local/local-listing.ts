import { opendir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ListedFile } from '../core/media-storage-types.ts'
import { statOrNull } from './local-file.ts'
import type { MediaRoot } from './media-root.ts'

/** Names read from a folder at a time. */
const NAMES_AT_A_TIME = 1024

/** Files that are asked for size and age at a time: as many as Node has threads for it, and some that wait. */
const STAT_CONCURRENCY = 16

/** The names of the files in a folder, as many at a time as one read gives: a folder may have millions. */
export async function* listNames(root: MediaRoot): AsyncGenerator<string[]> {
  await root.check()
  const directory = await opendir(root.path, { bufferSize: NAMES_AT_A_TIME })
  try {
    for (let entry = await directory.read(); entry !== null; entry = await directory.read()) {
      const names: string[] = []
      // A read fetches so many entries. The others wait in memory, where asking for each anew costs more than reading it.
      for (let count = 1; entry !== null; count += 1) {
        if (entry.isFile()) names.push(entry.name)
        entry = count < NAMES_AT_A_TIME ? directory.readSync() : null
      }
      yield names
    }
  } finally {
    await directory.close()
  }
}

/** The files in a folder that are wanted, with size and age. */
export async function* listFolder(root: MediaRoot, only: (key: string) => boolean): AsyncGenerator<ListedFile> {
  for await (const names of listNames(root)) {
    const wanted = names.filter((name) => only(name))
    for (let start = 0; start < wanted.length; start += STAT_CONCURRENCY) {
      const looks = wanted.slice(start, start + STAT_CONCURRENCY).map((name) => statFile(root.path, name))
      for (const file of await Promise.all(looks)) if (file !== null) yield file
    }
  }
}

/** `null` when it is gone by now. */
async function statFile(folder: string, key: string): Promise<ListedFile | null> {
  const stats = await statOrNull(join(folder, key))
  return stats === null ? null : { key, size: stats.size, lastModified: stats.mtime }
}
