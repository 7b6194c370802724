import { addressFacts } from './address-facts.ts'
import { clashFacts } from './clash-facts.ts'
import { concurrencyFacts } from './concurrency-facts.ts'
import { deletionFacts } from './deletion-facts.ts'
import { hiddenFileFacts } from './hidden-file-facts.ts'
import { importingFacts } from './importing-facts.ts'
import { invalidKeyFacts } from './invalid-key-facts.ts'
import { keyFacts } from './key-facts.ts'
import { limitFacts } from './limit-facts.ts'
import { listingFacts } from './listing-facts.ts'
import type { MediaStorageHarness, TestRunner } from './media-storage-harness.ts'
import { nameFacts } from './name-facts.ts'
import { rangeFacts } from './range-facts.ts'
import { readingFacts } from './reading-facts.ts'
import { storingFacts } from './storing-facts.ts'
import { type Suite, createSuite } from './suite.ts'
import { unfinishedFacts } from './unfinished-facts.ts'
import { unfinishedFileFacts } from './unfinished-file-facts.ts'

const GROUPS: readonly [title: string, define: (suite: Suite) => void][] = [
  ['file names', nameFacts],
  ['file keys', keyFacts],
  ['keys that are none', invalidKeyFacts],
  ['storing', storingFacts],
  ['the size limit', limitFacts],
  ['uploads that do not end well', unfinishedFacts],
  ['keys that exist', clashFacts],
  ['importing', importingFacts],
  ['uploads at the same time', concurrencyFacts],
  ['reading', readingFacts],
  ['ranges', rangeFacts],
  ['listing', listingFacts],
  ['deleting', deletionFacts],
  ['hidden files', hiddenFileFacts],
  ['unfinished files', unfinishedFileFacts],
  ['addresses', addressFacts],
]

/**
 * Checks that a storage keeps the contract of `MediaStorage`: defines over a hundred cases with the test runner it is
 * given. Run it on every storage of your own; Vitrine's storages run it too.
 *
 * @example
 * import { describe, it } from 'node:test'
 * import { testMediaStorage } from 'vitrine/testing'
 *
 * testMediaStorage({ describe, it }, {
 *   createStorage: (options) => new MemoryMediaStorage({ column: movie.poster, ...options }),
 * })
 */
export function testMediaStorage(runner: TestRunner, harness: MediaStorageHarness): void {
  const suite = createSuite(runner, harness)
  for (const [title, define] of GROUPS) runner.describe(title, () => define(suite))
}
