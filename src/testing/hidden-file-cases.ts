import assert from 'node:assert/strict'
import type { HiddenFiles, MediaStorage } from '../storage.ts'
import { failingAfter, inChunks, pausedBody, sampleBytes } from './sample-bodies.ts'
import { rejectsWith } from './storage-errors.ts'
import { assertContent, assertEmpty, hashOf, hashStream, listedKeys } from './stored-content.ts'
import type { Suite } from './suite.ts'

const PATH = 'thumbnails/poster 3beac950.jpg/320.webp'
const BYTES = sampleBytes(150_000, 1)
const OTHER = sampleBytes(90_000, 2)

/** None of these may reach the back end; as with keys, nothing exists anywhere under the names that lead out. */
const INVALID_PATHS: readonly string[] = [
  '',
  'alone',
  '/',
  'trash/',
  '/trash/x',
  'trash//x',
  'trash/.',
  'trash/..',
  '../vitrine-no-such-folder/x',
  'trash/../../vitrine-no-such-file',
  'trash/.hidden',
  '.vitrine/trash/x',
  'trash\\x/y',
  'trash/x\u0000',
  'trash/a\nb',
  `trash/${'a'.repeat(256)}`,
]

/** What a storage that has hidden files must do with them. */
export function hiddenFileCases({ harness, onlyIf }: Suite): void {
  const suite = onlyIf(harness.hasHiddenFiles !== false, 'the storage has no hidden files')
  keepingCases(suite)
  hidingCases(suite)
  restoringCases(suite)
  unfinishedHiddenCases(suite)
}

type HiddenCheck = (hidden: HiddenFiles, storage: MediaStorage) => Promise<void>

function hiddenCase({ testCase }: Suite, title: string, check: HiddenCheck): void {
  testCase(title, async (storage) => {
    const { hiddenFiles } = storage
    assert.ok(hiddenFiles, 'the storage has no hidden files: set hasHiddenFiles to false in the harness')
    await check(hiddenFiles, storage)
  })
}

function keepingCases(suite: Suite): void {
  hiddenCase(suite, 'keeps a hidden file that no listing shows', async (hidden, storage) => {
    await hidden.write(PATH, inChunks(BYTES, [1, 70_000]))
    await assertHidden(hidden, PATH, BYTES)
    assert.deepEqual(await listedPaths(hidden, 'thumbnails/'), [`${PATH} 150000`])
    await assertEmpty(storage)
  })

  hiddenCase(suite, 'puts a hidden file in the place of an older one', async (hidden) => {
    await hidden.write(PATH, inChunks(BYTES, []))
    await hidden.write(PATH, inChunks(OTHER, []))
    await assertHidden(hidden, PATH, OTHER)
    assert.deepEqual(await listedPaths(hidden, 'thumbnails/'), [`${PATH} 90000`])
  })

  hiddenCase(suite, 'lists the hidden files below a folder, at any depth, and no others', async (hidden) => {
    const paths = ['trash/a.jpg', 'trash/run/b.jpg', 'trash/run/deep/c.jpg', 'trash2/d.jpg', 'uploads/e']
    for (const path of paths) await hidden.write(path, inChunks(sampleBytes(5), []))
    assert.deepEqual(await listedPaths(hidden, 'trash/'), [
      'trash/a.jpg 5',
      'trash/run/b.jpg 5',
      'trash/run/deep/c.jpg 5',
    ])
    assert.deepEqual(await listedPaths(hidden, 'trash/run/'), ['trash/run/b.jpg 5', 'trash/run/deep/c.jpg 5'])
    assert.deepEqual(await listedPaths(hidden, 'nothing/'), [])
  })

  hiddenCase(suite, 'removes a hidden file and no other, and minds no absent one', async (hidden) => {
    await hidden.write('uploads/one', inChunks(BYTES, []))
    await hidden.write('uploads/one.json', inChunks(OTHER, []))
    await hidden.remove('uploads/one')
    await hidden.remove('uploads/one')
    await hidden.remove('nothing/there')
    assert.equal(await hidden.open('uploads/one'), null)
    assert.deepEqual(await listedPaths(hidden, 'uploads/'), ['uploads/one.json 90000'])
  })

  hiddenCase(suite, 'refuses what is no path of a hidden file', async (hidden, storage) => {
    const key = await storage.storeFile('poster.jpg', BYTES)
    for (const path of INVALID_PATHS) {
      await rejectsWith(hidden.write(path, inChunks(BYTES, [])), 'INVALID_FILE_KEY')
      await rejectsWith(hidden.open(path), 'INVALID_FILE_KEY')
      await rejectsWith(hidden.remove(path), 'INVALID_FILE_KEY')
      await rejectsWith(hidden.hide(key, path), 'INVALID_FILE_KEY')
      await rejectsWith(hidden.publish(path, 'poster.jpg'), 'INVALID_FILE_KEY')
    }
    for (const folder of ['', '/', 'trash', '../', '.vitrine/']) {
      await rejectsWith(listedPaths(hidden, folder), 'INVALID_FILE_KEY')
    }
    await rejectsWith(hidden.hide('../vitrine-no-such-file', 'trash/x'), 'INVALID_FILE_KEY')
    await rejectsWith(hidden.publish('trash/x', '../vitrine-no-such-file'), 'INVALID_FILE_KEY')
    assert.deepEqual(await listedKeys(storage), [key])
  })
}

function hidingCases(suite: Suite): void {
  hiddenCase(suite, 'takes a file out of sight, and no other', async (hidden, storage) => {
    const key = await storage.storeFile('poster.jpg', BYTES)
    const kept = await storage.storeFile('kept.jpg', OTHER)
    assert.equal(await hidden.hide(key, `trash/run/${key}`), true)
    assert.equal(await storage.getFile(key), null)
    assert.deepEqual(await listedKeys(storage), [kept])
    await assertHidden(hidden, `trash/run/${key}`, BYTES)
    await assertContent(storage, kept, OTHER)
  })

  hiddenCase(suite, 'says that there is no file to hide', async (hidden) => {
    assert.equal(await hidden.hide('absent-3beac950-7721-46c9-9e7d-5e908ef51011.jpg', 'trash/run/x.jpg'), false)
    assert.deepEqual(await listedPaths(hidden, 'trash/'), [])
  })
}

function restoringCases(suite: Suite): void {
  hiddenCase(suite, 'brings a hidden file back with its bytes, as a new one', async (hidden, storage) => {
    const key = await storage.storeFile('A (1) poster.jpg', BYTES)
    const before = Math.floor(Date.now() / 1000) * 1000
    await hidden.hide(key, `trash/run/${key}`)
    assert.equal(await hidden.publish(`trash/run/${key}`, key), true)
    await assertContent(storage, key, BYTES)
    const file = await storage.getFile(key)
    assert.equal(file?.contentType, 'image/jpeg')
    assert.ok((file?.lastModified.getTime() ?? 0) >= before - 2000, 'the file is as old as before')
    assert.deepEqual(await listedKeys(storage), [key])
    assert.deepEqual(await listedPaths(hidden, 'trash/'), [])
  })

  hiddenCase(suite, 'gives a hidden file that was written a key', async (hidden, storage) => {
    await hidden.write('uploads/id', inChunks(BYTES, [100_000]))
    assert.equal(await hidden.publish('uploads/id', 'poster.png'), true)
    await assertContent(storage, 'poster.png', BYTES)
    assert.equal((await storage.getFile('poster.png'))?.contentType, 'image/png')
    assert.equal(await hidden.open('uploads/id'), null)
  })

  hiddenCase(suite, 'never brings a file back over another one', async (hidden, storage) => {
    await hidden.write('uploads/id', inChunks(BYTES, []))
    await storage.importFile('poster.jpg', OTHER)
    await rejectsWith(hidden.publish('uploads/id', 'poster.jpg'), 'FILE_EXISTS')
    await assertContent(storage, 'poster.jpg', OTHER)
    await assertHidden(hidden, 'uploads/id', BYTES)
  })

  hiddenCase(suite, 'says that there is no hidden file to bring back', async (hidden, storage) => {
    assert.equal(await hidden.publish('trash/run/x.jpg', 'x.jpg'), false)
    await assertEmpty(storage)
  })

  hiddenCase(suite, 'loses no file that is hidden and brought back by several at once', async (hidden, storage) => {
    const key = await storage.storeFile('poster.jpg', BYTES)
    for (let round = 0; round < 5; round += 1) {
      const runs = ['one', 'two', 'three'].map((run) => `trash/${run}${round}/${key}`)
      const hides = await Promise.all(runs.map((path) => hidden.hide(key, path)))
      assert.ok(hides.includes(true), 'nobody hid the file')
      await Promise.all(runs.flatMap((path) => [hidden.publish(path, key), hidden.publish(path, key)]))
      await assertContent(storage, key, BYTES)
      assert.deepEqual(await listedPaths(hidden, 'trash/'), [])
    }
  })
}

function unfinishedHiddenCases(suite: Suite): void {
  hiddenCase(suite, 'shows a hidden file only when all its bytes are stored', async (hidden) => {
    const { body, paused, resume } = pausedBody(BYTES.subarray(0, 100_000), BYTES.subarray(100_000))
    const writing = hidden.write(PATH, body)
    await Promise.race([paused, writing])
    assert.equal(await hidden.open(PATH), null)
    resume()
    await writing
    await assertHidden(hidden, PATH, BYTES)
  })

  hiddenCase(suite, 'keeps the older hidden file when a new one breaks off', async (hidden) => {
    await hidden.write(PATH, inChunks(OTHER, []))
    const broken = new Error('the client is gone')
    await assert.rejects(hidden.write(PATH, failingAfter(BYTES, broken)), broken)
    const abort = new AbortController()
    abort.abort()
    await rejectsWith(hidden.write(PATH, inChunks(BYTES, []), abort.signal), 'UPLOAD_ABORTED')
    await assertHidden(hidden, PATH, OTHER)
    assert.deepEqual(await listedPaths(hidden, 'thumbnails/'), [`${PATH} 90000`])
  })
}

async function assertHidden(hidden: HiddenFiles, path: string, expected: Uint8Array): Promise<void> {
  const file = await hidden.open(path)
  assert.ok(file, `open gives null for ${path}, which was stored`)
  assert.equal(file.size, expected.byteLength)
  assert.equal(await hashStream(file.stream()), hashOf(expected), 'the bytes are not those that were stored')
}

async function listedPaths(hidden: HiddenFiles, folder: string): Promise<string[]> {
  const paths: string[] = []
  for await (const { path, size } of hidden.list(folder)) paths.push(`${path} ${size}`)
  return paths.toSorted()
}
