import { describe, it } from 'vitest'
import type { MediaStorage } from 'vitrine/storage'
import { S3MediaStorage } from 'vitrine/storage/s3'
import { type MediaStorageHarness, testMediaStorage } from 'vitrine/testing'
import { movie } from '../storage/media-tables.ts'
import { requireS3Server } from '../support/s3-server.ts'

const server = await requireS3Server()

describe('S3MediaStorage in a folder of a bucket', () => {
  testMediaStorage({ describe, it }, s3Harness({}))
})

describe('S3MediaStorage without checksums', () => {
  testMediaStorage({ describe, it }, s3Harness({ checksums: 'when-required' }))
})

function s3Harness(configuration: { checksums?: 'when-required' }): MediaStorageHarness {
  const folders = new Map<MediaStorage, string>()
  const getFolder = (storage: MediaStorage) => folders.get(storage)!
  return {
    createStorage(options) {
      const folderName = `conformance-${crypto.randomUUID()}`
      const place = { bucketName: server.bucketName, folderName, clientConfig: server.clientConfig }
      const storage = new S3MediaStorage({ column: movie.poster, ...place, ...configuration, ...options })
      folders.set(storage, folderName)
      return storage
    },
    dispose: (storage) => server.removeFolder(getFolder(storage)),
    plantForeignFile: (storage, name, bytes) => server.putObject(`${getFolder(storage)}/${name}`, bytes),
    hiddenEntries: (storage) => server.unfinishedUploads(getFolder(storage)),
    urls: 'own',
    // Two parts and a bit.
    largeFileSize: 20 * 1024 * 1024,
    listedFiles: 30,
  }
}
