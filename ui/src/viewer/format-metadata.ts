const wholeNumber = new Intl.NumberFormat('en')
const roundNumber = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })
const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const relativeTime = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

export function formatCount(count: number): string {
  return wholeNumber.format(count)
}

/** `1.2 MB`, with a thousand bytes to the kilobyte, as the Finder and disk makers count. */
export function formatBytes(size: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const
  let unit = 0
  let value = size
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${roundNumber.format(value)} ${size === 1 ? 'byte' : units[unit]}`
}

/** `1:02:03`, from seconds. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–:––'
  const whole = Math.max(0, Math.floor(seconds))
  const minutes = Math.floor(whole / 60) % 60
  const hours = Math.floor(whole / 3600)
  const tail = String(whole % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`
}

export function formatDateTime(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? iso : dateAndTime.format(date)
}

const AGE_UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

/** `3 days ago`, or `in 59 minutes` for a moment to come. */
export function formatAge(iso: string, now: number): string {
  const seconds = (new Date(iso).getTime() - now) / 1000
  if (Number.isNaN(seconds)) return iso
  for (const [unit, length] of AGE_UNITS) {
    if (Math.abs(seconds) >= length) return relativeTime.format(Math.trunc(seconds / length), unit)
  }
  return seconds < 0 ? 'just now' : 'in less than a minute'
}
