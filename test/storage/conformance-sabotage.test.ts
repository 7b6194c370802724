import { describe, expect, it } from 'vitest'
import { type MediaStorageHarness, testMediaStorage } from 'vitrine/testing'
import { CollectingRunner } from './collecting-runner.ts'
import { WatchedMemoryStorage, memoryHarness } from './memory-harness.ts'
import { SABOTAGES } from './sabotages.ts'

// The suite is worth what it finds: it must fail exactly where a storage is broken, and nowhere else.
describe('the conformance suite', () => {
  it('finds no fault in a storage that has none', async () => {
    expect(await collect(memoryHarness(WatchedMemoryStorage)).failures()).toEqual([])
  })

  for (const { fault, storageClass, failures } of SABOTAGES) {
    it(`finds a storage that ${fault}`, async () => {
      expect(await collect(memoryHarness(storageClass)).failures()).toEqual(failures)
    })
  }

  it('defines each case under a title of its own', () => {
    const { titles } = collect(memoryHarness(WatchedMemoryStorage))
    expect(titles.length).toBeGreaterThan(100)
    expect(new Set(titles).size).toBe(titles.length)
  })

  it('leaves out what a harness cannot do', () => {
    const whole = memoryHarness(WatchedMemoryStorage)
    const poor = collect({ createStorage: whole.createStorage, largeFileSize: 0, urls: 'own' }).titles
    const missing = collect(whole).titles.filter((title) => !poor.includes(title))
    expect(missing).toEqual([
      'stores a stream of 300000 bytes unchanged',
      'leaves nothing but the file when an upload is finished',
      'does not list .gitkeep, which another program put there',
      'does not list .DS_Store, which another program put there',
      'does not list .poster.jpg.swp, which another program put there',
      'does not list a..b.jpg, which another program put there',
      'reports a file that cannot be deleted and deletes the others',
      'puts the key, percent-encoded, below rootUrl',
      'says that rootUrl is missing when it is',
    ])
  })

  it('gives each storage back, also after a case that failed', async () => {
    const living = new Set<unknown>()
    const whole = memoryHarness(SABOTAGES[0]!.storageClass)
    const runner = collect({
      ...whole,
      async createStorage(options) {
        const storage = await whole.createStorage(options)
        living.add(storage)
        return storage
      },
      dispose: (storage) => {
        living.delete(storage)
      },
    })
    expect(await runner.failures()).not.toEqual([])
    expect(living.size).toBe(0)
  })
})

function collect(harness: MediaStorageHarness): CollectingRunner {
  const collecting = new CollectingRunner()
  testMediaStorage(collecting.runner, { largeFileSize: 300_000, listedFiles: 40, ...harness })
  return collecting
}

describe('cases that do not apply to a storage', () => {
  it('are skipped with their reason, and none of them passes', async () => {
    const skipped: string[] = []
    const defined: string[] = []
    const { createStorage } = memoryHarness(WatchedMemoryStorage)
    const define = Object.assign((title: string) => void defined.push(title), {
      skip: (title: string) => void skipped.push(title),
    })
    testMediaStorage(
      { describe: (_title, body) => body(), it: define },
      { createStorage, urls: 'own', largeFileSize: 0, hasHiddenFiles: false },
    )
    const count = (reason: string) => skipped.filter((title) => title.endsWith(`(skipped: ${reason})`)).length
    expect(count('the storage has URLs of its own')).toBe(2)
    expect(count('the harness has no makeUndeletable')).toBe(1)
    expect(count('the harness has no hiddenEntries')).toBe(1)
    expect(count('largeFileSize is 0')).toBe(1)
    expect(count('the harness has no plantForeignFile')).toBeGreaterThan(2)
    expect(count('the storage has no hidden files')).toBeGreaterThan(10)
    expect(count('the storage has no unfinished files')).toBeGreaterThan(5)
    expect(defined.some((title) => title.includes('hidden file'))).toBe(false)
  })

  it('fail when the harness does not say that they do not apply', async () => {
    const collecting = collect({ createStorage: memoryHarness(WatchedMemoryStorage).createStorage })
    expect((await collecting.failures()).length).toBeGreaterThan(5)
  })
})
