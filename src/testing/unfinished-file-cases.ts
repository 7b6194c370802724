import assert from 'node:assert/strict'
import type { MediaStorage } from '../storage.ts'
import type { HiddenFiles } from '../storage/hidden/hidden-files.ts'
import type { UnfinishedFiles } from '../storage/hidden/unfinished-files.ts'
import { failingAfter, inChunks, sampleBytes } from './sample-bodies.ts'
import { rejectsWith } from './storage-errors.ts'
import { assertContent, assertEmpty, hashOf, hashStream } from './stored-content.ts'
import type { Suite } from './suite.ts'

const PATH = 'uploads/3beac950-7721-46c9-9e7d-5e908ef51011'
const OTHER_PATH = 'uploads/9e7d0000-7721-46c9-9e7d-5e908ef51011'
const BYTES = sampleBytes(400_000)
/** Beyond the least part that buckets take. */
const LARGE = sampleBytes(9_000_000, 2)

/** What a storage that takes resumable uploads must do with files that grow. */
export function unfinishedFileCases({ harness, onlyIf }: Suite): void {
  const applies = harness.hasHiddenFiles !== false && harness.hasUnfinishedFiles !== false
  const suite = onlyIf(applies, 'the storage has no unfinished files')
  growingCases(suite)
  keepingCases(suite)
  leaseCases(suite)
}

interface Place {
  unfinished: UnfinishedFiles
  hidden: HiddenFiles
  storage: MediaStorage
}

function unfinishedCase({ testCase }: Suite, title: string, check: (location: Place) => Promise<void>): void {
  testCase(title, async (storage) => {
    const { hiddenFiles: hidden, unfinishedFiles: unfinished } = storage
    assert.ok(
      hidden && unfinished,
      'the storage has no unfinished files: set hasUnfinishedFiles to false in the harness',
    )
    await check({ unfinished, hidden, storage })
  })
}

function growingCases(suite: Suite): void {
  unfinishedCase(
    suite,
    'lets a hidden file grow piece by piece, out of sight',
    async ({ unfinished, hidden, storage }) => {
      await unfinished.create(PATH)
      assert.equal((await unfinished.find(PATH))?.size, 0)
      for (const [start, end] of [
        [0, 1],
        [1, 150_000],
        [150_000, 150_000],
        [150_000, 400_000],
      ] as const) {
        assert.equal(await append(unfinished, start, BYTES.subarray(start, end)), end)
        assert.equal((await unfinished.find(PATH))?.size, end)
      }
      await assertEmpty(storage)
      await unfinished.finish(PATH)
      await assertBytes(hidden, BYTES)
      await hidden.publish(PATH, 'poster.jpg')
      await assertContent(storage, 'poster.jpg', BYTES)
    },
  )

  unfinishedCase(suite, 'lets a hidden file grow by large pieces that fit nothing', async ({ unfinished, hidden }) => {
    await unfinished.create(PATH)
    await append(unfinished, 0, LARGE.subarray(0, 3_000_001))
    await append(unfinished, 3_000_001, LARGE.subarray(3_000_001))
    await unfinished.finish(PATH)
    await assertBytes(hidden, LARGE)
  })

  unfinishedCase(suite, 'finishes an unfinished file again, as after a crash', async ({ unfinished, hidden }) => {
    await unfinished.create(PATH)
    await append(unfinished, 0, BYTES)
    await unfinished.finish(PATH)
    await unfinished.finish(PATH)
    await assertBytes(hidden, BYTES)
  })
}

function keepingCases(suite: Suite): void {
  unfinishedCase(suite, 'adds all bytes or none when it is told so', async ({ unfinished, hidden }) => {
    await unfinished.create(PATH)
    await append(unfinished, 0, BYTES.subarray(0, 100_000))
    const damaged = new Error('other bytes than were promised')
    const chunks = failingAfter(LARGE, damaged)
    await assert.rejects(unfinished.append(PATH, { offset: 100_000, chunks, isAtomic: true }), damaged)
    assert.equal((await unfinished.find(PATH))?.size, 100_000)
    const rest = inChunks(BYTES.subarray(100_000), [7])
    assert.equal(await unfinished.append(PATH, { offset: 100_000, chunks: rest, isAtomic: true }), 400_000)
    await unfinished.finish(PATH)
    await assertBytes(hidden, BYTES)
  })

  unfinishedCase(suite, 'removes an unfinished file and no other, finished or not', async ({ unfinished, hidden }) => {
    for (const path of [PATH, OTHER_PATH]) await unfinished.create(path)
    await append(unfinished, 0, BYTES)
    await unfinished.remove(PATH)
    await unfinished.remove(PATH)
    assert.equal(await unfinished.find(PATH), null)
    assert.equal((await unfinished.find(OTHER_PATH))?.size, 0)
    await unfinished.finish(OTHER_PATH)
    await unfinished.remove(OTHER_PATH)
    assert.equal(await hidden.open(OTHER_PATH), null)
  })

  unfinishedCase(suite, 'sweeps no unfinished file away that is kept', async ({ unfinished, hidden }) => {
    await unfinished.create(PATH)
    await append(unfinished, 0, LARGE)
    await unfinished.sweep(async (path) => path === PATH)
    await unfinished.finish(PATH)
    await assertBytes(hidden, LARGE)
  })

  unfinishedCase(suite, 'takes no path of an unfinished file that leads elsewhere', async ({ unfinished }) => {
    for (const path of [
      '',
      'alone',
      '../vitrine-no-such-folder/x',
      'uploads/../../vitrine-no-such-file',
      'uploads/.x',
    ]) {
      await rejectsWith(unfinished.create(path), 'INVALID_FILE_KEY')
      await rejectsWith(unfinished.find(path), 'INVALID_FILE_KEY')
      await rejectsWith(unfinished.remove(path), 'INVALID_FILE_KEY')
    }
  })
}

function leaseCases(suite: Suite): void {
  unfinishedCase(suite, 'gives a lease to one of many who claim it', async ({ unfinished: { leases } }) => {
    const holders = Array.from({ length: 10 }, (_, index) => `holder-${index}`)
    const claims = await Promise.all(holders.map((holder) => leases.claim(PATH, holder)))
    assert.equal(claims.filter(Boolean).length, 1)
    assert.equal((await leases.look(PATH))?.holder, holders[claims.indexOf(true)])
  })

  unfinishedCase(suite, 'lets only its holder renew a lease and give it back', async ({ unfinished: { leases } }) => {
    assert.equal(await leases.look(PATH), null)
    assert.equal(await leases.claim(PATH, 'one'), true)
    const first = await leases.look(PATH)
    assert.equal(await leases.renew(PATH, 'two'), false)
    await leases.release(PATH, 'two')
    assert.equal(await leases.renew(PATH, 'one'), true)
    const second = await leases.look(PATH)
    assert.equal(second?.holder, 'one')
    assert.notEqual(second?.version, first?.version)
    await leases.release(PATH, 'one')
    assert.equal(await leases.look(PATH), null)
    assert.equal(await leases.claim(PATH, 'two'), true)
  })

  unfinishedCase(suite, 'lets a lease be taken over that was not renewed, and no other', async ({ unfinished }) => {
    const { leases } = unfinished
    await leases.claim(PATH, 'one')
    const seen = await leases.look(PATH)
    assert.ok(seen)
    await leases.renew(PATH, 'one')
    assert.equal(await leases.takeOver(PATH, seen, 'two'), false)
    const current = await leases.look(PATH)
    assert.equal(current?.holder, 'one')
    const takers = ['two', 'three', 'four']
    const taken = await Promise.all(takers.map((holder) => leases.takeOver(PATH, current, holder)))
    assert.equal(taken.filter(Boolean).length, 1)
    assert.equal((await leases.look(PATH))?.holder, takers[taken.indexOf(true)])
    assert.equal(await leases.renew(PATH, 'one'), false)
  })
}

function append(unfinished: UnfinishedFiles, offset: number, bytes: Uint8Array): Promise<number> {
  return unfinished.append(PATH, { offset, chunks: inChunks(bytes, [1, 70_000]), isAtomic: false })
}

async function assertBytes(hidden: HiddenFiles, expected: Uint8Array): Promise<void> {
  const file = await hidden.open(PATH)
  assert.ok(file, 'there is no hidden file after the unfinished one was finished')
  assert.equal(file.size, expected.byteLength)
  assert.equal(await hashStream(file.stream()), hashOf(expected), 'the bytes are not those that were added')
}
