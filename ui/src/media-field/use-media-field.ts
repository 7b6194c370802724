import { use, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { ColumnSchema } from '../../../src/contract/tables.ts'
import { originalFileName } from '../components/file-name.ts'
import { useThumbnailUpload } from '../thumbnails/use-thumbnail-upload.ts'
import { useSessionRenewed } from '../sign-in/use-session-renewed.ts'
import { checkFile } from './check-file.ts'
import { chooseTransport, isSentResumably } from './choose-transport.ts'
import { MediaFieldStore, type MediaFieldState } from './media-field-store.ts'
import { UploadQueue, type Upload, type UploadStatus } from './upload-queue.ts'
import { UploadSlotsContext } from './upload-slots-context.ts'
import { UploadSlots } from './upload-slots.ts'

export interface MediaFieldOptions {
  table: string
  column: ColumnSchema
  value: readonly string[]
  savedValue: readonly string[]
  onChange: (fileKeys: string[]) => void
  onPendingChange: (pending: { running: number; failed: number }) => void
}

export interface MediaFieldModel {
  store: MediaFieldStore
  state: MediaFieldState
}

/** The store of one media field, tied to the form around it. */
export function useMediaField(options: MediaFieldOptions): MediaFieldModel {
  const { table, column, value, savedValue } = options
  const sharedSlots = use(UploadSlotsContext)
  const giver = useThumbnailUpload()
  const [store] = useState(
    () =>
      new MediaFieldStore({
        isArray: column.isArray,
        value,
        getName: originalFileName,
        createQueue: (onStored) =>
          new UploadQueue({
            transport: chooseTransport({ table, column }),
            canPause: (file) => isSentResumably(file, column),
            check: (file) => (column.media ? checkFile(file, column.media) : null),
            slots: sharedSlots ?? new UploadSlots(),
            onStored: (upload, { fileKey }) => {
              onStored(upload)
              giver?.passUploadedFile({ table, column: column.name, fileKey }, upload.file)
            },
          }),
      }),
  )
  const state = useSyncExternalStore(store.subscribe, store.getState)
  useEffect(() => () => store.dispose(), [store])

  useSessionRenewed(() => store.retrySignedOut())

  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
    store.reportTo(options.onChange)
  })
  useEffect(() => store.showValue(value), [store, value])
  useEffect(() => store.showSaved(savedValue), [store, savedValue])

  const { running, failed } = useMemo(() => countUploads(state.uploads), [state.uploads])
  useEffect(() => latest.current.onPendingChange({ running, failed }), [running, failed])
  return { store, state }
}

/** A paused one is to be finished too: nothing is saved before, unless it is cancelled. */
const RUNNING: ReadonlySet<UploadStatus> = new Set(['waiting', 'uploading', 'paused'])

function countUploads(uploads: readonly Upload[]): { running: number; failed: number } {
  const count = (isCounted: (upload: Upload) => boolean) => uploads.filter(isCounted).length
  return {
    running: count(({ status }) => RUNNING.has(status)),
    failed: count(({ status }) => status === 'failed'),
  }
}
