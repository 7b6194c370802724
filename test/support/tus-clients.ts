import { createReadStream } from 'node:fs'
import { Upload } from 'tus-js-client'
import type { SendByClient } from './resumed-upload.ts'

/** They last until a busy machine has restarted the server. */
const RETRY_DELAYS = [100, 500, 1000, ...Array.from({ length: 60 }, () => 2000)]

/** tus-js-client as it is published. */
export const sendByTusJsClient: SendByClient = ({ path, size, endpoint, cookie }) =>
  new Promise((resolve, reject) => {
    const upload = new Upload(createReadStream(path), {
      endpoint,
      headers: { cookie },
      uploadSize: size,
      chunkSize: 16 * 1024 * 1024,
      metadata: { filename: 'film.mp4' },
      retryDelays: RETRY_DELAYS,
      onError: reject,
      onSuccess: ({ lastResponse }) => resolve(lastResponse.getHeader('Upload-File-Key') ?? null),
    })
    upload.start()
  })
