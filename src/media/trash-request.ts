import type { TrashedFileLocation, TrashRequest, TrashRunLocation } from '../contract/trash.ts'
import { MediaError } from './media-error.ts'

/** Files that one request restores or deletes one by one. */
const MAX_FILES = 500

/**
 * Reads the body of a change of the trash.
 *
 * @throws {MediaError} `INVALID_REQUEST` with what is allowed
 */
export function parseTrashRequest(body: object): TrashRequest {
  const { action, files, run, ...rest }: Record<string, unknown> = { ...body }
  if (action === 'deleteExpired' && files === undefined && run === undefined) return parseExpired(rest)
  const isChange = action === 'restore' || action === 'delete'
  if (!isChange || Object.keys(rest).length > 0 || (files === undefined) === (run === undefined)) throw invalid()
  return files === undefined ? { action, run: parseRun(run) } : { action, files: parseFiles(files) }
}

function parseExpired({ table, column, ...rest }: Record<string, unknown>): TrashRequest {
  if (Object.keys(rest).length > 0) throw invalid()
  if (table === undefined && column === undefined) return { action: 'deleteExpired' }
  if (typeof table !== 'string' || typeof column !== 'string') throw invalid()
  return { action: 'deleteExpired', table, column }
}

function parseFiles(files: unknown): TrashedFileLocation[] {
  if (!Array.isArray(files) || files.length === 0 || files.length > MAX_FILES) throw invalid()
  return files.map((file: unknown) => {
    const { fileKey }: { fileKey?: unknown } = toObject(file)
    if (typeof fileKey !== 'string') throw invalid()
    return { ...parseRun(file), fileKey }
  })
}

function parseRun(run: unknown): TrashRunLocation {
  const { table, column, runId }: { table?: unknown; column?: unknown; runId?: unknown } = toObject(run)
  if (typeof table !== 'string' || typeof column !== 'string' || typeof runId !== 'string') throw invalid()
  return { table, column, runId }
}

function toObject(value: unknown): object {
  if (typeof value !== 'object' || value === null) throw invalid()
  return value
}

function invalid(): MediaError {
  const allowed = [
    `{ action: "restore" or "delete", files: 1 to ${MAX_FILES} of { table, column, runId, fileKey } }`,
    '{ action, run: { table, column, runId } }',
    '{ action: "deleteExpired", table, column }, where table and column are optional',
  ].join('; or ')
  return new MediaError('INVALID_REQUEST', `A change of the trash is ${allowed}.`)
}
