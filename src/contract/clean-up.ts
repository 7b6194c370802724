import type { RowReference } from './error.ts'
import type { UploadedFile } from './media.ts'

/**
 * `POST /api/media/{table}/{column}/clean-up` without a `planId`: what would go. It changes nothing. Every part may be left
 * out.
 */
export interface CleanUpPlanRequest {
  /** Grace period, in seconds. Defaults to 86 400. */
  olderThan?: number
  /** Refuse when more than this part of all files would go. Defaults to 0.5. */
  maxFraction?: number
  /** Go on although no row references any file. Defaults to `false`. */
  allowEmpty?: boolean
}

/** A plan, to be confirmed by its `planId` within a day. */
export interface CleanUpPlanResponse {
  planId: string
  /** Files that would go: at most 10 000 in one plan. */
  count: number
  /** What these take up. */
  bytes: number
  /** At most ten of them. */
  examples: PlannedFile[]
  /** All unused files, also those beyond `count`. */
  unused: number
  /** Files that were looked at. */
  examined: number
  /** Files that a row references: they stay. */
  referenced: number
  /** Unreferenced files that stay because they are younger than the grace period. */
  young: number
  /** The grace period, in seconds. */
  olderThan: number
  /** How long, in seconds, the files can be restored. */
  restorableFor: number
}

export interface PlannedFile extends UploadedFile {
  /** ISO 8601. */
  lastModified: string
}

/**
 * `POST /api/media/{table}/{column}/clean-up` with a `planId`: takes the next files of the plan into the trash, at most 500.
 * Repeat it until `remaining` is 0; another server, or a later day, can go on.
 */
export interface CleanUpRunRequest {
  planId: string
}

export interface CleanUpRunResponse {
  /** Restores all that this plan took: `POST .../clean-up/{runId}/restore`. */
  runId: string
  /** In this request. */
  deleted: number
  bytes: number
  /** Planned files that stay, because a row references them by now, or that were gone already. */
  kept: number
  failed: number
  /** The first of those that failed. */
  failures: CleanUpFailure[]
  /** Planned files that are still to go. */
  remaining: number
}

/** `POST /api/media/{table}/{column}/clean-up/{runId}/restore` */
export interface RestoreResponse {
  restored: number
  failed: number
  failures: CleanUpFailure[]
}

export interface CleanUpFailure {
  fileKey: string
  /** A full sentence for a person. */
  message: string
}

/** `GET /api/media/{table}/{column}/missing`: rows that reference files which are not there. */
export interface MissingFilesResponse {
  missing: MissingFile[]
  /** Whether these are all; else they are the first. */
  isComplete: boolean
}

export interface MissingFile {
  fileKey: string
  row: RowReference
}
