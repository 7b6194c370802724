import assert from 'node:assert/strict'
import { sampleBytes } from './sample-bodies.ts'
import { rejectsWith } from './storage-errors.ts'
import { assertContent, listedKeys } from './stored-content.ts'
import type { Suite } from './suite.ts'

const ABSENT = 'absent-3beac950-7721-46c9-9e7d-5e908ef51011.jpg'

export function deletionCases(suite: Suite): void {
  removalCases(suite)
  undeletableCases(suite)
}

function removalCases({ testCase }: Suite): void {
  testCase('deletes a file and no other', async (storage) => {
    const [gone, kept] = await Promise.all([
      storage.storeFile('poster.jpg', sampleBytes(10, 1)),
      storage.storeFile('poster.jpg', sampleBytes(20, 2)),
    ])
    await storage.deleteFile(gone)
    assert.equal(await storage.getFile(gone), null)
    await assertContent(storage, kept, sampleBytes(20, 2))
  })

  testCase('takes the deletion of an absent file for done', async (storage) => {
    await storage.deleteFile(ABSENT)
    const key = await storage.storeFile('poster.jpg', sampleBytes(10))
    await storage.deleteFile(key)
    await storage.deleteFile(key)
    await Promise.all([storage.deleteFile(key), storage.deleteFile(key)])
  })

  testCase('deletes many files at once, absent ones among them', async (storage) => {
    const keys: string[] = []
    for (let index = 0; index < 30; index += 1) keys.push(await storage.storeFile('poster.jpg', sampleBytes(10)))
    const kept = await storage.storeFile('kept.jpg', sampleBytes(10))
    const report = await storage.bulkDeleteFiles([...keys, ABSENT])
    assert.deepEqual(report.deleted.toSorted(), [...keys, ABSENT].toSorted())
    assert.deepEqual(report.failed, [])
    assert.deepEqual(await listedKeys(storage), [kept])
  })

  testCase('reports a key that comes twice in a bulk deletion once', async (storage) => {
    const key = await storage.storeFile('poster.jpg', sampleBytes(10))
    assert.deepEqual(await storage.bulkDeleteFiles([key, key]), { deleted: [key], failed: [] })
  })

  testCase('does nothing in a bulk deletion of no keys', async (storage) => {
    assert.deepEqual(await storage.bulkDeleteFiles([]), { deleted: [], failed: [] })
  })

  testCase('reports a bad key in a bulk deletion and deletes the others', async (storage) => {
    const first = await storage.storeFile('poster.jpg', sampleBytes(10))
    const second = await storage.storeFile('poster.jpg', sampleBytes(10))
    const report = await storage.bulkDeleteFiles([first, '../vitrine-no-such-file', second])
    assert.deepEqual(report.deleted.toSorted(), [first, second].toSorted())
    assert.deepEqual(
      report.failed.map(({ key, error }) => [key, error.code]),
      [['../vitrine-no-such-file', 'INVALID_FILE_KEY']],
    )
    assert.deepEqual(await listedKeys(storage), [])
  })
}

function undeletableCases({ harness, onlyIf }: Suite): void {
  const { testCase } = onlyIf(harness.makeUndeletable !== undefined, 'the harness has no makeUndeletable')

  testCase('reports a file that cannot be deleted and deletes the others', async (storage) => {
    const keys: string[] = []
    for (let index = 0; index < 20; index += 1) keys.push(await storage.storeFile('poster.jpg', sampleBytes(10)))
    const [stuck = '', ...others] = keys
    await harness.makeUndeletable?.(storage, stuck)
    const report = await storage.bulkDeleteFiles(keys)
    assert.deepEqual(report.deleted.toSorted(), others.toSorted())
    assert.deepEqual(
      report.failed.map(({ key, error }) => [key, error.code]),
      [[stuck, 'STORAGE_FAILURE']],
    )
    assert.deepEqual(await listedKeys(storage), [stuck])
    await rejectsWith(storage.deleteFile(stuck), 'STORAGE_FAILURE')
  })
}
