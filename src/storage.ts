export type { CleanUp } from './storage/clean-up/clean-up.ts'
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
export type { MissingFile } from './storage/clean-up/find-missing.ts'
export type { PlannedCleanUp, PlanOptions, PlanProgress } from './storage/clean-up/planned-clean-up.ts'
export type { PurgeOptions, PurgeReport, RestoreReport, Trash } from './storage/clean-up/trash.ts'
export type { TrashedFile } from './storage/clean-up/trash-files.ts'
export {
  type ContentOptions,
  type ContentRules,
  DEFAULT_MAX_PIXELS,
  DEFAULT_VERIFY_TIMEOUT,
  type ImageLimits,
} from './storage/content/content-rules.ts'
export type { StorageContent } from './storage/content/storage-content.ts'
export type { FileToVerify, VerifyFile } from './storage/content/verify-file.ts'
export type { Diagnosis, DiagnosisContext } from './storage/core/diagnosis.ts'
export { type FileBody } from './storage/core/file-body.ts'
export type { FileReference } from './storage/references/file-references.ts'
export { originalFileName } from './storage/keys/file-key.ts'
export { cleanFileName } from './storage/keys/clean-file-name.ts'
export { ALLOWED_CHARACTERS, type FileNameRules } from './storage/keys/file-name.ts'
export {
  ALLOWED_EXTENSIONS,
  AUDIO_EXTENSIONS,
  DATA_EXTENSIONS,
  DOCUMENT_EXTENSIONS,
  IMAGE_EXTENSIONS,
  TEXT_EXTENSIONS,
  VIDEO_EXTENSIONS,
  getContentType,
} from './storage/keys/file-types.ts'
export { type HiddenFile, HiddenFiles } from './storage/hidden/hidden-files.ts'
export type { MustBeMediaColumn } from './storage/core/media-column.ts'
export { MediaStorageError, type MediaStorageErrorCode } from './storage/core/media-storage-error.ts'
export { MediaStorage, type MediaStorageOptions } from './storage/core/media-storage.ts'
export type {
  BulkDeleteReport,
  FallbackContext,
  ListFilesOptions,
  ListedFile,
  StoreFileContext,
  WriteFileOptions,
} from './storage/core/media-storage-types.ts'
export type { ReferenceDatabase } from './storage/references/referenced-file-keys.ts'
export {
  type ByteRange,
  type FileAttributes,
  type FileReader,
  type FileShortcuts,
  type OpenByteRange,
  StoredFile,
} from './storage/core/stored-file.ts'
export type { Appending, Lease, Leases, UnfinishedFile, UnfinishedFiles } from './storage/hidden/unfinished-files.ts'
export { THUMBNAIL_WIDTHS, type ThumbnailWidth } from './storage/hidden/thumbnail-files.ts'
export type { FileUrl, FileUrlContext, ThumbnailUrlContext } from './storage/urls/file-url.ts'
export type { StorageUrls } from './storage/urls/storage-urls.ts'
