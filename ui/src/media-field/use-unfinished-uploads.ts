import { useCallback, useEffect, useState } from 'react'
import type { UploadedFile } from '../../../src/contract/media.ts'
import { ApiError, getDirectUpload, getResumableUpload } from '../api.ts'
import {
  forget,
  getId,
  isDirect,
  rememberedUploads,
  type RememberedUpload,
  type UploadLocation,
} from './remembered-uploads.ts'
import { runningUploads } from './upload-locks.ts'

/** An upload of an earlier visit to this form, as the server knows it. */
export interface UnfinishedUpload {
  remembered: RememberedUpload
  /** Bytes that need not be sent again. */
  storedBytes: number
  /** All of it had arrived when the form was left. */
  file: UploadedFile | null
}

/** What earlier visits to this form left unfinished, asked for once. */
export function useUnfinishedUploads({ table, column }: UploadLocation, isEnabled: boolean) {
  const [uploads, setUploads] = useState<readonly UnfinishedUpload[]>([])
  useEffect(() => {
    if (!isEnabled) return undefined
    const controller = new AbortController()
    findUnfinished({ table, column }, controller.signal)
      .then(setUploads)
      .catch(() => {
        // The offer is an extra: without it the file is picked as any other, and goes on all the same.
      })
    return () => controller.abort()
  }, [table, column, isEnabled])
  /** Takes an upload off the list; its bytes stay. */
  const take = useCallback(
    (url: string) => setUploads((before) => before.filter(({ remembered }) => remembered.url !== url)),
    [],
  )
  return { uploads, take }
}

async function findUnfinished(position: UploadLocation, signal: AbortSignal): Promise<UnfinishedUpload[]> {
  const running = await runningUploads()
  const left = rememberedUploads(position).filter(({ url }) => !running.has(url))
  const found = await Promise.all(left.map((remembered) => ask(position, remembered, signal)))
  return found.filter((upload) => upload !== null)
}

/** `null` when the server has given it up, or refused it. */
async function ask(
  position: UploadLocation,
  remembered: RememberedUpload,
  signal: AbortSignal,
): Promise<UnfinishedUpload | null> {
  try {
    const { url } = remembered
    const get = isDirect(url) ? getDirectUpload : getResumableUpload
    const { offset, file, error } = await get(position, getId(url), signal)
    if (error === null) return { remembered, storedBytes: offset, file }
  } catch (error) {
    if (!(error instanceof ApiError) || (error.status !== 404 && error.status !== 410)) throw error
  }
  forget(remembered.url)
  return null
}
