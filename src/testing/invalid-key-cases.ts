import assert from 'node:assert/strict'
import { rejectsWith } from './storage-errors.ts'
import { assertEmpty, getFile, listedKeys } from './stored-content.ts'
import type { Suite } from './suite.ts'

/**
 * The cases store, and delete, under these keys, and a storage that fails them does it for real. So a path that leads out
 * of the storage's place names nothing that exists anywhere: never a real file such as `/etc/passwd`.
 */
const INVALID_KEYS: readonly string[] = [
  '',
  '.',
  '..',
  '../vitrine-no-such-file',
  '../../vitrine-no-such-folder/x',
  '/vitrine-no-such-folder/x',
  '/',
  'a/b',
  'a/../../vitrine-no-such-file',
  'a\\b',
  '..\\vitrine-no-such-file',
  'C:\\vitrine-no-such-file.jpg',
  '\u0000',
  'x\u0000.jpg',
  'a\nb.jpg',
  'a\u007f.jpg',
  'a..b.jpg',
  'a\u2028..b.jpg',
  'a.jpg..',
  '\ud800.jpg',
  '.vitrine',
  '.vitrine/staging/x',
  '.gitkeep',
  'a'.repeat(300),
  'é'.repeat(128),
]

/** Single names that mean something to a shell, a glob or a decoder, and must mean nothing here. */
const NO_PATTERNS: readonly string[] = [
  '*',
  '?',
  '*.jpg',
  '[a-z]*',
  '%2e%2e%2fx',
  '-rf',
  '~',
  '$HOME',
  'poster',
  '{a,b}',
]

export function invalidKeyCases({ testCase }: Suite): void {
  testCase('refuses to read what is not a file key', async (storage) => {
    for (const key of INVALID_KEYS) await rejectsWith(storage.getFile(key), 'INVALID_FILE_KEY')
  })

  testCase('refuses to delete what is not a file key', async (storage) => {
    for (const key of INVALID_KEYS) await rejectsWith(storage.deleteFile(key), 'INVALID_FILE_KEY')
  })

  testCase('refuses an address for what is not a file key', async (storage) => {
    const context = { rootUrl: 'https://cms.example/media' }
    for (const key of INVALID_KEYS) await rejectsWith(storage.generateFileUrl(key, context), 'INVALID_FILE_KEY')
  })

  testCase('reports what is not a file key as failed in a bulk deletion', async (storage) => {
    const report = await storage.bulkDeleteFiles(INVALID_KEYS)
    assert.deepEqual(report.deleted, [])
    assert.deepEqual(report.failed.map(({ key }) => key).toSorted(), INVALID_KEYS.toSorted())
    for (const { error } of report.failed) assert.equal(error.code, 'INVALID_FILE_KEY')
  })

  testCase('refuses to store under what is not a file key', async (storage) => {
    for (const key of INVALID_KEYS) {
      storage.generateFileKey = () => key
      await rejectsWith(storage.storeFile('poster.jpg', new Uint8Array(3)), 'INVALID_FILE_KEY')
    }
    await assertEmpty(storage)
  })

  testCase('takes no key for a pattern, a prefix or an encoded path', async (storage) => {
    const key = await storage.storeFile('poster.jpg', new Uint8Array(3))
    for (const pattern of [...NO_PATTERNS, key.slice(0, -4), key.toUpperCase().slice(1)]) {
      assert.equal(await storage.getFile(pattern), null)
      await storage.deleteFile(pattern)
    }
    assert.deepEqual(await listedKeys(storage), [key])
    assert.equal((await getFile(storage, key)).size, 3)
  })
}
