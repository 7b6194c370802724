/** The path of a Chromium or Chrome to drive; `null` when there is none. */
export function findChromium(): string | null
