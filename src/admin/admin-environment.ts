import type { FileResponse } from '../media/file-response.ts'
import type { StoredFile } from '../storage/core/stored-file.ts'

/**
 * What a server knows of a request beyond the `Request`. `vitrine/node` gives it; without it everything works, with the
 * limits of the web's own types.
 */
export interface AdminEnvironment {
  /** The IP address at the other end of the connection. */
  readonly ipAddress?: string | undefined
  /** The request's body, where the server has a faster way to it than `Request.body`. */
  readonly body?: AsyncIterable<Uint8Array> | undefined
  /** The request's body was read by something before the admin, so that it cannot be read again. */
  readonly isBodyRead?: boolean | undefined
  /** The server is about to end: health is red, so that a load balancer sends its requests elsewhere. */
  readonly isStopping?: boolean | undefined
  /** Sends a file without going through a `Response` body; what it returns tells the server that all is done. */
  readonly sendFile?: ((response: FileResponse, file: StoredFile) => Promise<Response>) | undefined
}
