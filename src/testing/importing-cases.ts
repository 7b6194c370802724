import assert from 'node:assert/strict'
import { asStream, failingAfter, sampleBytes } from './sample-bodies.ts'
import { rejectsWith } from './storage-errors.ts'
import { assertContent, assertEmpty, getFile, listedKeys } from './stored-content.ts'
import type { Suite } from './suite.ts'

const KEY = 'poster-3beac950-7721-46c9-9e7d-5e908ef51011.jpg'
const BYTES = sampleBytes(150_000)

export function importingCases({ testCase, harness }: Suite): void {
  testCase('imports a file under the key that it has', async (storage) => {
    await storage.importFile(KEY, asStream(BYTES, 10_000))
    await assertContent(storage, KEY, BYTES)
    assert.deepEqual(await listedKeys(storage), [KEY])
    assert.equal((await getFile(storage, KEY)).contentType, 'image/jpeg')
  })

  testCase('imports no file over another one', async (storage) => {
    await storage.importFile(KEY, BYTES)
    await rejectsWith(storage.importFile(KEY, sampleBytes(1000, 2)), 'FILE_EXISTS')
    await assertContent(storage, KEY, BYTES)
  })

  testCase('imports nothing under what is not a file key', async (storage) => {
    for (const key of ['', '../x.jpg', 'a/b.jpg', 'a\\b.jpg', '.hidden.jpg', 'a\nb.jpg', `${'a'.repeat(252)}.jpg`]) {
      await rejectsWith(storage.importFile(key, BYTES), 'INVALID_FILE_KEY')
    }
    await assertEmpty(storage)
  })

  testCase(
    'imports no file of a type, or of a size, that is not allowed',
    async (storage) => {
      await rejectsWith(
        storage.importFile(KEY.replace('.jpg', '.html'), BYTES.subarray(0, 10)),
        'FILE_TYPE_NOT_ALLOWED',
      )
      await rejectsWith(storage.importFile(KEY, BYTES), 'FILE_TOO_LARGE')
      await assertEmpty(storage)
    },
    { allowedExtensions: ['jpg'], maxFileSize: BYTES.byteLength - 1 },
  )

  testCase('keeps nothing of an import that breaks off', async (storage) => {
    const broken = new Error('the other storage is gone')
    await assert.rejects(storage.importFile(KEY, failingAfter(BYTES, broken)), broken)
    const abort = new AbortController()
    abort.abort()
    await rejectsWith(storage.importFile(KEY, BYTES, { signal: abort.signal }), 'UPLOAD_ABORTED')
    await assertEmpty(storage)
    assert.deepEqual((await harness.hiddenEntries?.(storage)) ?? [], [])
  })
}
