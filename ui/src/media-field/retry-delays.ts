/** Waits, in milliseconds, before each new try. Together they outlast the restart of a server. They begin anew with progress. */
export const RETRY_DELAYS = [500, 1000, 2000, 4000, 8000, 15_000, 30_000, 30_000, 60_000, 60_000]
