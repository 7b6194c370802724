export type { ConformanceOptions, MediaStorageHarness, TestRunner } from './testing/media-storage-harness.ts'
export { testMediaStorage } from './testing/test-media-storage.ts'
