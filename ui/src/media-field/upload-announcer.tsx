import type { MediaFieldState } from './media-field-store.ts'
import type { Upload } from './upload-queue.ts'

export interface UploadAnnouncerProps {
  state: MediaFieldState
  /** Where a file that is put in order is now. */
  announcement: string
}

/**
 * Says to screen readers how the uploads stand, a sentence for each that ends and none for each percent; and what the last
 * change of the files did.
 */
export function UploadAnnouncer({ state: { uploads, undo, notice }, announcement }: UploadAnnouncerProps) {
  return (
    <>
      <output className="visually-hidden">{describe(uploads)}</output>
      <output className="visually-hidden">{undo?.sentence ?? notice}</output>
      <output className="visually-hidden">{announcement}</output>
    </>
  )
}

function describe(uploads: readonly Upload[]): string {
  if (uploads.length === 0) return ''
  const stored = uploads.filter(({ status }) => status === 'stored').length
  const failures = uploads.filter(({ status }) => status === 'failed')
  const last = failures.at(-1)?.message
  const sentence = `${stored} of ${uploads.length} ${uploads.length === 1 ? 'file' : 'files'} uploaded.`
  return last ? `${sentence} ${last}` : sentence
}
