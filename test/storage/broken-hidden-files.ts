import { type HiddenFile, HiddenFiles, type StoredFile } from 'vitrine/storage'
import { WatchedMemoryStorage } from './memory-harness.ts'

/** Storages in memory whose hidden files are broken, each in one way. */

/** Passes everything on to working hidden files. */
class ForwardingHiddenFiles extends HiddenFiles {
  readonly inner: HiddenFiles
  readonly storage: WatchedMemoryStorage

  constructor(storage: WatchedMemoryStorage, inner: HiddenFiles) {
    super()
    this.storage = storage
    this.inner = inner
  }

  protected override writeFile(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    return this.inner.write(path, chunks)
  }

  protected override openFile(path: string): Promise<StoredFile | null> {
    return this.inner.open(path)
  }

  protected override listFiles(folder: string): AsyncIterable<HiddenFile> {
    return this.inner.list(folder)
  }

  protected override removeFile(path: string): Promise<void> {
    return this.inner.remove(path)
  }

  protected override hideFile(key: string, path: string): Promise<boolean> {
    return this.inner.hide(key, path)
  }

  protected override publishFile(path: string, key: string): Promise<boolean> {
    return this.inner.publish(path, key)
  }
}

type Arguments = ConstructorParameters<typeof WatchedMemoryStorage>

function storageWith(hiddenFilesClass: typeof ForwardingHiddenFiles) {
  return class extends WatchedMemoryStorage {
    constructor(...given: Arguments) {
      super(...given)
      Object.defineProperty(this, 'hiddenFiles', { value: new hiddenFilesClass(this, this.hiddenFiles) })
    }
  }
}

export const KeepingHiddenFilesInSight = storageWith(
  class extends ForwardingHiddenFiles {
    protected override async hideFile(key: string, path: string) {
      const file = await this.storage.getFile(key)
      if (file === null) return false
      await this.inner.write(path, file.stream())
      return true
    }
  },
)

export const ListingOneLevel = storageWith(
  class extends ForwardingHiddenFiles {
    protected override async *listFiles(folder: string) {
      for await (const file of this.inner.list(folder)) {
        if (!file.path.slice(folder.length).includes('/')) yield file
      }
    }
  },
)

export const TakingAFolderForAPrefix = storageWith(
  class extends ForwardingHiddenFiles {
    protected override async *listFiles(folder: string) {
      const areas = ['trash', 'trash2', 'uploads', 'thumbnails', 'nothing']
      const [area = ''] = folder.split('/')
      const rest = folder.slice(area.length + 1)
      for (const other of areas.filter((name) => name.startsWith(area))) yield* this.inner.list(`${other}/${rest}`)
    }
  },
)

export const RestoringOverAnother = storageWith(
  class extends ForwardingHiddenFiles {
    protected override async publishFile(path: string, key: string) {
      if ((await this.inner.open(path)) === null) return false
      await this.storage.deleteFile(key)
      return this.inner.publish(path, key)
    }
  },
)

/** Says that all went well where there was nothing. */
export const HidingNothing = storageWith(
  class extends ForwardingHiddenFiles {
    protected override async hideFile(key: string, path: string) {
      await this.inner.hide(key, path)
      return true
    }

    protected override async publishFile(path: string, key: string) {
      await this.inner.publish(path, key)
      return true
    }
  },
)

export const KeepingPartialHiddenFiles = storageWith(
  class extends ForwardingHiddenFiles {
    protected override async writeFile(path: string, chunks: AsyncIterable<Uint8Array>) {
      const received: Uint8Array[] = []
      for await (const chunk of chunks) {
        received.push(chunk)
        await this.inner.write(path, new Blob(received.map((part) => part.slice())).stream())
      }
    }
  },
)
