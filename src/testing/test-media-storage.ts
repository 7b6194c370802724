import { urlCases } from './url-cases.ts'
import { clashCases } from './clash-cases.ts'
import { concurrencyCases } from './concurrency-cases.ts'
import { deletionCases } from './deletion-cases.ts'
import { hiddenFileCases } from './hidden-file-cases.ts'
import { importingCases } from './importing-cases.ts'
import { invalidKeyCases } from './invalid-key-cases.ts'
import { keyCases } from './key-cases.ts'
import { limitCases } from './limit-cases.ts'
import { listingCases } from './listing-cases.ts'
import type { MediaStorageHarness, TestRunner } from './media-storage-harness.ts'
import { nameCases } from './name-cases.ts'
import { rangeCases } from './range-cases.ts'
import { readingCases } from './reading-cases.ts'
import { storingCases } from './storing-cases.ts'
import { type Suite, createSuite } from './suite.ts'
import { unfinishedCases } from './unfinished-cases.ts'
import { unfinishedFileCases } from './unfinished-file-cases.ts'

const GROUPS: readonly [title: string, define: (suite: Suite) => void][] = [
  ['file names', nameCases],
  ['file keys', keyCases],
  ['keys that are none', invalidKeyCases],
  ['storing', storingCases],
  ['the size limit', limitCases],
  ['uploads that do not end well', unfinishedCases],
  ['keys that exist', clashCases],
  ['importing', importingCases],
  ['uploads at the same time', concurrencyCases],
  ['reading', readingCases],
  ['ranges', rangeCases],
  ['listing', listingCases],
  ['deleting', deletionCases],
  ['hidden files', hiddenFileCases],
  ['unfinished files', unfinishedFileCases],
  ['addresses', urlCases],
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
 *   hasUnfinishedFiles: false,
 * })
 */
export function testMediaStorage(runner: TestRunner, harness: MediaStorageHarness): void {
  const suite = createSuite(runner, harness)
  for (const [title, define] of GROUPS) runner.describe(title, () => define(suite))
}
