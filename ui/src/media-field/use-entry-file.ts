import { useQuery } from '@tanstack/react-query'
import { useState, useSyncExternalStore } from 'react'
import type { FileInformation } from '../../../src/contract/media.ts'
import { ApiError } from '../api.ts'
import { originalFileName } from '../components/file-name.ts'
import { fileInformationQuery } from '../queries.ts'
import type { MediaEntry } from './media-entries.ts'
import { useMediaFieldControls } from './media-field-context.ts'
import type { Upload } from './upload-queue.ts'

export interface EntryFile {
  /** What the person calls it. */
  name: string
  /** The upload that it is, or that it came from. */
  upload: Upload | null
  isUploading: boolean
  information: FileInformation | undefined
  /** The row names a file that the storage does not have. */
  isMissing: boolean
  /** The browser could not show it as an image. */
  isBroken: boolean
  onImageError: () => void
}

/**
 * What is known about the file of an entry.
 *
 * @param asks `always` for size and dimensions; `on-error` only to find out why an image does not show, which spares a
 * field of 300 images as many requests.
 */
export function useEntryFile(entry: MediaEntry, asks: 'always' | 'on-error'): EntryFile {
  const { store, table, column } = useMediaFieldControls()
  const upload = useSyncExternalStore(store.subscribe, () => store.getUpload(entry.uploadId))
  const [isBroken, setIsBroken] = useState(false)
  const { fileKey } = entry
  const information = useQuery({
    ...fileInformationQuery({ table, column: column.name, fileKey: fileKey ?? '' }),
    enabled: fileKey !== null && (asks === 'always' || isBroken),
    staleTime: 60_000,
  })
  const { error } = information
  return {
    name: fileKey === null ? (upload?.file.name ?? '') : originalFileName(fileKey),
    upload,
    isUploading: fileKey === null,
    information: fileKey === null ? undefined : information.data,
    isMissing: fileKey !== null && error instanceof ApiError && error.status === 404,
    isBroken,
    onImageError: () => setIsBroken(true),
  }
}
