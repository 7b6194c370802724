export { S3MediaStorage } from './storage/s3/s3-media-storage.ts'
export type { S3MediaStorageOptions, S3UploadMetadata } from './storage/s3/s3-options.ts'
