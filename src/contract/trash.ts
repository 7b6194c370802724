import type { CleanUpFailure } from './clean-up.ts'
import type { ErrorCode } from './error.ts'
import type { FilePreview, UploadedFile } from './media.ts'

/** A run that moved files of a media column to the trash: a clean-up, or the change of one row. */
export interface TrashRunLocation {
  table: string
  column: string
  runId: string
}

/** A file in the trash. A key can be in it several times, once for each run. */
export interface TrashedFileLocation extends TrashRunLocation {
  fileKey: string
}

/** `GET /api/media/trash?groupBy=file`: the files that were trashed last come first. */
export interface TrashedFilesResponse {
  files: TrashedFile[]
  /** `after` of the next page; `null` on the last one. */
  next: string | null
}

export interface TrashedFile extends TrashedFileLocation, UploadedFile {
  /** ISO 8601. */
  trashedAt: string
  /** From when on "empty the trash" deletes the file. ISO 8601. */
  expiresAt: string
  /** `null` where none is known. */
  preview: FilePreview | null
}

/** `GET /api/media/trash?groupBy=run`: the last run comes first. */
export interface TrashRunsResponse {
  runs: TrashRun[]
  /** `after` of the next page; `null` on the last one. */
  next: string | null
}

export interface TrashRun extends TrashRunLocation {
  /** ISO 8601. */
  trashedAt: string
  /** ISO 8601. */
  expiresAt: string
  /** Number of its files that are in the trash. */
  count: number
  /** Their size. */
  bytes: number
}

/** `POST /api/media/trash`. Deleting restores what a row references instead. */
export type TrashRequest =
  | { action: 'restore' | 'delete'; files: TrashedFileLocation[] }
  | { action: 'restore' | 'delete'; run: TrashRunLocation }
  /** Deletes the files that have been in the trash for 30 days: of one media column, or of all. */
  | { action: 'deleteExpired'; table?: string; column?: string }

export interface TrashResponse {
  restored: number
  deleted: number
  failed: number
  /** The first 100. */
  failures: TrashFailure[]
}

export interface TrashFailure extends CleanUpFailure {
  code: ErrorCode
}
