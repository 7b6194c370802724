const ISO = /^(\d{4,}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}(?::?\d{2})?)?$/

/**
 * A timestamp as `<input type="datetime-local">` takes it. A moment (with an offset) is shown in the clock of the person
 * who looks; a reading without an offset belongs to no clock, and stays as it is.
 */
export function isoToLocalText(value: string): string {
  const parts = ISO.exec(value)
  if (!parts) return value
  if (parts[3] === undefined) return `${parts[1] ?? ''}T${parts[2] ?? ''}`
  const moment = new Date(value)
  if (Number.isNaN(moment.getTime())) return value
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000)
  return local
    .toISOString()
    .slice(0, -1)
    .replace(/\.000$/, '')
    .replace(/:00$/, '')
}

/**
 * The moment that `text` is on the clock of the person who typed it.
 *
 * @param saved The value before. When it has no offset, the new one has none either.
 */
export function localTextToIso(text: string, saved: unknown): string {
  if (typeof saved === 'string' && ISO.exec(saved)?.[3] === undefined) return text
  const moment = new Date(text)
  return Number.isNaN(moment.getTime()) ? text : moment.toISOString()
}

/** `Europe/Paris`, to say whose clock it is. */
export function localTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}
