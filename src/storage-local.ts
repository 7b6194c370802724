export { LocalMediaStorage, type LocalMediaStorageOptions } from './storage/local-media-storage.ts'
