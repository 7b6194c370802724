/** A stretch of time in which a signed URL holds. */
export interface UrlLife {
  readonly from: Date
  readonly until: Date
}

/**
 * The life of a URL that is signed now. It begins at the last full half of `expiry`, so that all who ask within that
 * half get the same URL and a browser's cache finds it again, and nobody gets one that outlives `expiry`.
 *
 * @param expiry - in seconds
 */
export function urlLife(now: Date, expiry: number): UrlLife {
  const half = Math.max(1, Math.floor(expiry / 2))
  const from = Math.floor(now.getTime() / 1000 / half) * half
  return { from: new Date(from * 1000), until: new Date((from + expiry) * 1000) }
}
