import type { MediaStorage } from '../storage/core/media-storage.ts'

/**
 * Whether the query of an address is signed by the storage for this name.
 *
 * Footgun: a storage of the application's own whose check is asynchronous, or answers something else than a boolean. A
 * promise is truthy, and every address would be taken for a signed one.
 */
export function hasValidSignature(storage: MediaStorage, name: string, query: URLSearchParams): boolean {
  const response: unknown = storage.isSignedUrlValid(name, query)
  return response === true
}
