export { LocalMediaStorage, type LocalMediaStorageOptions } from './storage/local/local-media-storage.ts'
