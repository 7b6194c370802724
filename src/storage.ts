export { CleanUpError, type CleanUpErrorDetails, type CleanUpRefusal } from './storage/clean-up/clean-up-error.ts'
export type {
  CleanUpFailure,
  CleanUpPlan,
  CleanUpProgress,
  DeleteUnusedFilesOptions,
  DeleteUnusedFilesReport,
  FileMove,
  UnusedFilesOptions,
} from './storage/clean-up/clean-up-options.ts'
export type { PurgeOptions, PurgeReport, RestoreReport, Trash } from './storage/clean-up/trash.ts'
export type { TrashedFile } from './storage/clean-up/trash-files.ts'
export {
  type ContentOptions,
  type ContentRules,
  DEFAULT_MAX_PIXELS,
  DEFAULT_VERIFY_TIMEOUT,
  type ImageLimits,
} from './storage/content/content-rules.ts'
export type { FileToVerify, VerifyFile } from './storage/content/verify-file.ts'
export type { Diagnosis, DiagnosisContext } from './storage/diagnosis.ts'
export { type FileBody } from './storage/file-body.ts'
export type { FileReference, MissingFile } from './storage/file-references.ts'
export { originalFileName } from './storage/file-key.ts'
export { ALLOWED_CHARACTERS } from './storage/file-name.ts'
export {
  ALLOWED_EXTENSIONS,
  AUDIO_EXTENSIONS,
  DATA_EXTENSIONS,
  DOCUMENT_EXTENSIONS,
  IMAGE_EXTENSIONS,
  TEXT_EXTENSIONS,
  VIDEO_EXTENSIONS,
  contentTypeOf,
} from './storage/file-types.ts'
export { type HiddenFile, HiddenFiles } from './storage/hidden-files.ts'
export type { MustBeMediaColumn } from './storage/media-column.ts'
export { MediaStorageError, type MediaStorageErrorCode } from './storage/media-storage-error.ts'
export { MediaStorage } from './storage/media-storage.ts'
export type {
  BulkDeleteReport,
  FallbackContext,
  FileUrl,
  FileUrlContext,
  ListFilesOptions,
  ListedFile,
  MediaStorageOptions,
  StoreFileContext,
  ThumbnailUrlContext,
  WriteFileOptions,
} from './storage/media-storage-types.ts'
export type { ReferenceDatabase } from './storage/referenced-file-keys.ts'
export {
  type ByteRange,
  type FileAttributes,
  type FileReader,
  type FileShortcuts,
  type OpenByteRange,
  StoredFile,
} from './storage/stored-file.ts'
export type { Appending, Lease, Leases, UnfinishedFile, UnfinishedFiles } from './storage/unfinished-files.ts'
export { THUMBNAIL_WIDTHS, type ThumbnailWidth } from './storage/thumbnail-files.ts'
