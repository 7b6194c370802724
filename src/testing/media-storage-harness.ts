import type { ContentOptions, MediaStorage } from '../storage.ts'

/** The two functions of a test runner that the suite needs. vitest, node:test, Jest and Mocha all have them. */
export interface TestRunner {
  describe: (title: string, define: () => void) => unknown
  it: {
    (title: string, check: () => Promise<void>): unknown
    /** Reports cases that do not apply to the storage. Without it they are left out. */
    skip?: (title: string, check: () => Promise<void>) => unknown
  }
}

/** Options that a case asks of its storage. Everything else is the harness's own affair. */
export interface ConformanceOptions extends Omit<ContentOptions, 'verifyFile' | 'verifyTimeout'> {
  allowedExtensions?: readonly string[] | null
  allowedCharacters?: string | readonly string[] | null
  maxFileSize?: number | null
}

/** What the suite must be told about the storage it tests. Only `createStorage` is required. */
export interface MediaStorageHarness {
  /** A new and empty storage with these options. It is called once for each case. */
  createStorage: (options: ConformanceOptions) => MediaStorage | Promise<MediaStorage>
  /** Frees what `createStorage` made. It is called after each case, also after one that failed. */
  dispose?: (storage: MediaStorage) => void | Promise<void>
  /**
   * Puts a file into the storage's place behind its back, as another program would. With it the suite checks that
   * hidden files of others are not listed.
   */
  plantForeignFile?: (storage: MediaStorage, name: string, bytes: Uint8Array) => Promise<void>
  /**
   * Names of what lies in the storage's place and is not one of its files: unfinished uploads above all. With it the
   * suite checks that neither a finished nor a failed upload leaves any.
   */
  hiddenEntries?: (storage: MediaStorage) => Promise<readonly string[]>
  /** Makes every later deletion of this file fail. With it the suite checks the report of a bulk deletion. */
  makeUndeletable?: (storage: MediaStorage, key: string) => void | Promise<void>
  /**
   * Who makes addresses: `'rootUrl'`, the default, when `generateFileUrl` puts the key below `rootUrl`; `'own'` when the
   * storage has addresses of its own, as a bucket has.
   */
  urls?: 'rootUrl' | 'own'
  /** Whether the storage has `hiddenFiles`; `false` skips their cases. Defaults to `true`. */
  hasHiddenFiles?: boolean
  /** Whether the storage has `unfinishedFiles`; `false` skips their cases. Defaults to `true`. */
  hasUnfinishedFiles?: boolean
  /** Size, in bytes, of the largest file that is stored; `0` leaves that case out. Defaults to 8 388 608 (8 MiB). */
  largeFileSize?: number
  /** How many files the listing case stores: set it above your page size. Defaults to 100. */
  listedFiles?: number
}
