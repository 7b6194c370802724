import type { ResumableUpload } from '../../contract/media.ts'
import type { UploadRecord } from './upload-record.ts'

/** An upload for its creator. `offset` tells how many bytes are stored while it is under way. */
export function describeUpload({ name, length, outcome }: UploadRecord, offset: number): ResumableUpload {
  if (outcome === null) return { name, length, offset, file: null, error: null }
  const ended = { name, length, offset: length ?? 0 }
  if (outcome.kind === 'stored') return { ...ended, file: outcome.file, error: null }
  return { ...ended, file: null, error: { code: outcome.code, message: outcome.message } }
}
