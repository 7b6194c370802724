import type { UploadedFile } from '../../../src/contract/media.ts'
import { announceSessionExpiry, apiErrorFrom } from '../api.ts'
import { UploadFailure } from './upload-failure.ts'

export interface UploadTransportOptions {
  /** Fires with {@link UPLOAD_CANCELLED} when nothing of the upload is to stay, and with anything else to stop it. */
  signal: AbortSignal
  onProgress: (sentBytes: number) => void
  /** The connection was lost; the upload goes on by itself as soon as it can. */
  onInterrupted: () => void
}

/** The reason of a signal that ends an upload for good. */
export const UPLOAD_CANCELLED = 'cancelled'

/** Brings one file to the storage. Rejects with {@link UploadFailure}. */
export type UploadTransport = (file: File, options: UploadTransportOptions) => Promise<UploadedFile>

/** The answers after which the same file may well be accepted: signed out, too slow, too busy. */
export const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([401, 403, 408, 409, 423, 429])

/**
 * Sends the file as the body of one request. XMLHttpRequest, because fetch tells nothing about the progress of a body.
 *
 * @param address The column's address, `/admin/api/media/movie/poster`.
 */
export function sendWithXhr(url: string): UploadTransport {
  return (file, { signal, onProgress }) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest()
      request.open('POST', `${url}?name=${encodeURIComponent(file.name)}`)
      request.setRequestHeader('content-type', file.type || 'application/octet-stream')
      request.upload.addEventListener('progress', (event) => onProgress(event.loaded))
      request.addEventListener('load', () => {
        const response = parseJson(request.responseText)
        const stored = request.status === 201 ? firstStoredFile(response) : null
        if (stored) resolve(stored)
        else reject(describeFailure(request.status, response))
      })
      request.addEventListener('error', () => {
        // Also what the browser reports when the picked file was moved, changed or unplugged in the meantime.
        reject(new UploadFailure('The connection was lost, or the file was changed on this device.', true))
      })
      request.addEventListener('abort', () => reject(new UploadFailure('The upload was cancelled.', true)))
      signal.addEventListener('abort', () => request.abort())
      request.send(file)
    })
}

export function describeFailure(status: number, response: unknown): UploadFailure {
  if (status === 401) {
    announceSessionExpiry()
    return new UploadFailure('You were signed out. It goes on as soon as you have signed in.', true, true)
  }
  const canRetry = status === 0 || status >= 500 || RETRYABLE_STATUSES.has(status)
  return new UploadFailure(apiErrorFrom(status, response).message, canRetry)
}

function firstStoredFile(response: unknown): UploadedFile | null {
  if (!isRecord(response) || !Array.isArray(response['files'])) return null
  const file: unknown = response['files'][0]
  return isUploadedFile(file) ? file : null
}

function isUploadedFile(value: unknown): value is UploadedFile {
  return isRecord(value) && typeof value['fileKey'] === 'string' && typeof value['name'] === 'string'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    // A proxy in front of the admin answers HTML when a body is too large for it.
    return null
  }
}
