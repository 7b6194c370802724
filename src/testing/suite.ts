import type { MediaStorage } from '../storage.ts'
import type { ConformanceOptions, MediaStorageHarness, TestRunner } from './media-storage-harness.ts'

/** What is in a file is looked at before a storage gets it: here bytes of no type are stored as they come. */
const ANY_CONTENT: ConformanceOptions = { contentCheck: 'off', svg: 'keep', metadata: 'keep', imageLimits: null }

/** What a group of facts is defined with. */
export interface Suite {
  harness: MediaStorageHarness
  /** Defines one case, which gets a storage of its own. */
  testCase: (title: string, check: (storage: MediaStorage) => Promise<void>, options?: ConformanceOptions) => void
}

/** Binds the harness to the test runner. */
export function createSuite({ it }: TestRunner, harness: MediaStorageHarness): Suite {
  return {
    harness,
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
}
