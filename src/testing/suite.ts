import type { MediaStorage } from '../storage.ts'
import type { ConformanceOptions, MediaStorageHarness, TestRunner } from './media-storage-harness.ts'

/** What is in a file is looked at before a storage gets it: here bytes of no type are stored as they come. */
const ANY_CONTENT: ConformanceOptions = { contentCheck: 'off', svg: 'keep', metadata: 'keep', imageLimits: null }

/** What a group of cases is defined with. */
export interface Suite {
  harness: MediaStorageHarness
  /** Defines one case, which gets a storage of its own. */
  testCase: (title: string, check: (storage: MediaStorage) => Promise<void>, options?: ConformanceOptions) => void
  /** The same suite when the cases apply to the storage; else one that skips them, with the reason in their titles. */
  onlyIf: (applies: boolean, reason: string) => Suite
}

/** Binds the harness to the test runner. */
export function createSuite({ it }: TestRunner, harness: MediaStorageHarness): Suite {
  const suite: Suite = {
    harness,
    onlyIf: (applies, reason) => (applies ? suite : createSkippedSuite(it, suite, reason)),
    testCase(title, check, options = {}) {
      it(title, async () => {
        const storage = await harness.createStorage({ ...ANY_CONTENT, ...options })
        try {
          await check(storage)
        } finally {
          await harness.dispose?.(storage)
        }
      })
    },
  }
  return suite
}

/** Cases that do not apply must not count as passed: a harness that leaves something out would look like one that checks it. */
function createSkippedSuite(it: TestRunner['it'], suite: Suite, reason: string): Suite {
  const skipped: Suite = {
    ...suite,
    onlyIf: () => skipped,
    testCase: (title) => it.skip?.(`${title} (skipped: ${reason})`, async () => {}),
  }
  return skipped
}
