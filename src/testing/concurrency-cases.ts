import assert from 'node:assert/strict'
import { asStream, sampleBytes } from './sample-bodies.ts'
import { assertContent, listedKeys } from './stored-content.ts'
import type { Suite } from './suite.ts'

const UPLOADS = Array.from({ length: 20 }, (_, index) => sampleBytes(50_000 + index * 1777, index + 1))

export function concurrencyCases({ testCase }: Suite): void {
  testCase('keeps 20 uploads of one name at the same time apart', async (storage) => {
    const keys = await Promise.all(UPLOADS.map((bytes) => storage.storeFile('poster.jpg', asStream(bytes, 7000))))
    assert.equal(new Set(keys).size, 20)
    assert.deepEqual(await listedKeys(storage), keys.toSorted())
    for (const [index, bytes] of UPLOADS.entries()) await assertContent(storage, keys[index] ?? '', bytes)
  })

  testCase('reads, lists and deletes while files are stored', async (storage) => {
    const kept = await storage.storeFile('kept.jpg', sampleBytes(100_000))
    const gone = await storage.storeFile('gone.jpg', sampleBytes(100_000))
    await Promise.all([
      ...UPLOADS.map((bytes) => storage.storeFile('poster.jpg', asStream(bytes, 7000))),
      ...UPLOADS.map(() => assertContent(storage, kept, sampleBytes(100_000))),
      ...UPLOADS.map(() => listedKeys(storage)),
      storage.deleteFile(gone),
    ])
    assert.equal((await listedKeys(storage)).length, 21)
  })
}
