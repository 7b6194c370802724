import type { Upload } from './upload-queue.ts'

/** Says to screen readers how the uploads stand: a sentence for each that ends, none for each percent. */
export function UploadAnnouncer({ uploads, announcement }: { uploads: readonly Upload[]; announcement: string }) {
  return (
    <>
      <output className="visually-hidden">{describe(uploads)}</output>
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
