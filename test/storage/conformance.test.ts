import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import type { MediaStorage } from 'vitrine/storage'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { type MediaStorageHarness, testMediaStorage } from 'vitrine/testing'
import { movie } from './media-tables.ts'
import { WatchedMemoryStorage, memoryHarness } from './memory-harness.ts'
import { makeTemporaryFolder, removeFolder, stagedNames } from './temporary-folder.ts'

interface LocalConfiguration {
  filePermissions?: number | null
  /** Makes what must be there before, and gives the mediaPath. */
  prepare?: (root: string) => Promise<string>
}

const CONFIGURATIONS: Record<string, LocalConfiguration> = {
  'a folder that does not exist yet': { prepare: async (root) => join(root, 'a', 'b', 'media') },
  'the mode left to the umask': { filePermissions: null },
  'the mode 0640': { filePermissions: 0o640 },
  'a path with spaces, accents and a closing slash': {
    prepare: async (root) => `${join(root, 'ñandú médias 🎬 #1%')}/`,
  },
  'a path with dots in it': { prepare: async (root) => `${root}/./media/../media` },
  'a path that is a symbolic link': { prepare: linkedFolder },
  'a folder with foreign files': { prepare: folderWithForeignFiles },
}

describe('MemoryMediaStorage', () => {
  testMediaStorage({ describe, it }, memoryHarness(WatchedMemoryStorage))
})

for (const [title, configuration] of Object.entries(CONFIGURATIONS)) {
  describe(`LocalMediaStorage with ${title}`, () => {
    testMediaStorage({ describe, it }, localHarness(configuration))
  })
}

function localHarness({ filePermissions, prepare }: LocalConfiguration): MediaStorageHarness {
  const folders = new Map<MediaStorage, { root: string; mediaPath: string }>()
  const getMediaPath = (storage: MediaStorage) => folders.get(storage)!.mediaPath
  return {
    async createStorage(options) {
      const root = await makeTemporaryFolder()
      const mediaPath = prepare === undefined ? root : await prepare(root)
      const mode = filePermissions === undefined ? {} : { filePermissions }
      const storage = new LocalMediaStorage({ column: movie.poster, mediaPath, ...mode, ...options })
      folders.set(storage, { root, mediaPath })
      return storage
    },
    dispose: (storage) => removeFolder(folders.get(storage)!.root),
    plantForeignFile: (storage, name, bytes) => writeFile(join(getMediaPath(storage), name), bytes),
    hiddenEntries: (storage) => stagedNames(getMediaPath(storage)),
  }
}

async function linkedFolder(root: string): Promise<string> {
  await mkdir(join(root, 'target'))
  await symlink('target', join(root, 'link'))
  return join(root, 'link')
}

async function folderWithForeignFiles(root: string): Promise<string> {
  await mkdir(join(root, 'folder-poster.jpg', 'inner'), { recursive: true })
  await writeFile(join(root, '.gitkeep'), '')
  await symlink('folder-poster.jpg', join(root, 'linked.jpg'))
  await symlink('nowhere', join(root, 'dangling.jpg'))
  return root
}
