import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** Every file below a folder, hidden ones too but for the marker, by path, with the hash of its bytes. Those that go meanwhile are left out. */
export async function folderState(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('store-id'))
    .map((entry) => join(entry.parentPath, entry.name))
  const hashes = await Promise.all(files.toSorted().map(async (path) => [relative(folder, path), await hashOf(path)]))
  return Object.fromEntries(hashes.filter(([, hash]) => hash !== null))
}

/** Names of what can be seen in a media folder. */
export async function visibleFiles(mediaPath: string): Promise<string[]> {
  return (await readdir(mediaPath)).filter((name) => name !== '.vitrine')
}

/** Names of unfinished uploads in a media folder. */
export async function unfinishedFiles(mediaPath: string): Promise<string[]> {
  return readdir(join(mediaPath, '.vitrine', 'staging')).catch(() => [])
}

async function hashOf(path: string): Promise<string | null> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  return bytes && createHash('sha256').update(bytes).digest('hex')
}
