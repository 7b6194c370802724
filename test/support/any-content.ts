import type { ContentOptions } from 'vitrine/storage'

/** For tests of the way to the storage: bytes of no type are stored as they come. */
export const ANY_CONTENT: ContentOptions = { contentCheck: 'off', svg: 'keep', metadata: 'keep', imageLimits: null }
