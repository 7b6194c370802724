import assert from 'node:assert/strict'
import { pausedBody, sampleBytes } from './sample-bodies.ts'
import { rejectsWith } from './storage-errors.ts'
import { assertContent, listedKeys } from './stored-content.ts'
import type { Suite } from './suite.ts'

const KEY = 'poster-3beac950-7721-46c9-9e7d-5e908ef51011.jpg'
const FIRST = sampleBytes(200_000, 1)
const SECOND = sampleBytes(100_000, 2)

export function clashCases({ testCase, harness }: Suite): void {
  testCase('never overwrites a file whose key comes again', async (storage) => {
    storage.generateFileKey = () => KEY
    await storage.storeFile('poster.jpg', FIRST)
    await rejectsWith(storage.storeFile('poster.jpg', SECOND), 'FILE_EXISTS')
    await assertContent(storage, KEY, FIRST)
    assert.deepEqual(await listedKeys(storage), [KEY])
  })

  testCase('tries another key when one exists', async (storage) => {
    const keys = [KEY, KEY, KEY, 'poster-9e7d0000-7721-46c9-9e7d-5e908ef51011.jpg']
    storage.generateFileKey = () => keys.shift() ?? assert.fail('asked for more keys than it needs')
    await storage.storeFile('poster.jpg', FIRST)
    const second = await storage.storeFile('poster.jpg', SECOND)
    assert.equal(second, 'poster-9e7d0000-7721-46c9-9e7d-5e908ef51011.jpg')
    await assertContent(storage, KEY, FIRST)
    await assertContent(storage, second, SECOND)
  })

  // Both look for their key before either has stored anything, so that only the last step can tell them apart.
  testCase('lets one of two uploads win that have the same key at the same time', async (storage) => {
    storage.generateFileKey = () => KEY
    const bodies = [FIRST, SECOND].map((bytes) => pausedBody(bytes.subarray(0, 50_000), bytes.subarray(50_000)))
    const storing = bodies.map(({ body }) => storage.storeFile('poster.jpg', body))
    await Promise.all(bodies.map(({ paused }, index) => Promise.race([paused, storing[index]])))
    bodies[0]?.resume()
    const [winner, loser] = storing
    assert.equal(await winner, KEY)
    bodies[1]?.resume()
    await rejectsWith(Promise.resolve(loser), 'FILE_EXISTS')
    await assertContent(storage, KEY, FIRST)
    assert.deepEqual((await harness.hiddenEntries?.(storage)) ?? [], [])
  })
}
