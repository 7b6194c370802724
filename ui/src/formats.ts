import { pageConfig } from './page-config.ts'
import { t } from './messages.ts'

/** Numbers, sizes, times and dates in the language of the page. */
const { locale } = pageConfig

const wholeNumber = new Intl.NumberFormat(locale)
const percentage = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
const dateAndTime = new Intl.DateTimeFormat(getDateLocales(), { dateStyle: 'medium', timeStyle: 'short' })
const relativeTime = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
const list = new Intl.ListFormat(locale)

export function formatCount(count: number): string {
  return wholeNumber.format(count)
}

/** `75%`, from 0.75. */
export function formatPercentage(part: number): string {
  return percentage.format(part)
}

/** `a, b, and c` */
export function formatList(entries: readonly string[]): string {
  return list.format(entries)
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

const byteFormats = BYTE_UNITS.map(
  (unit) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit,
      unitDisplay: unit === 'byte' ? 'long' : 'short',
      maximumSignificantDigits: 3,
    }),
)

/** `1.2 MB`, with a thousand bytes to the kilobyte, as the Finder and disk makers count. */
export function formatBytes(size: number): string {
  let unit = 0
  let value = size
  while (value >= 999.5 && unit < byteFormats.length - 1) {
    value /= 1000
    unit += 1
  }
  return byteFormats[unit]?.format(value) ?? ''
}

const twoDigits = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 })

/** `1:02:03`, from seconds. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–:––'
  const whole = Math.max(0, Math.floor(seconds))
  const minutes = Math.floor(whole / 60) % 60
  const hours = Math.floor(whole / 3600)
  const tail = twoDigits.format(whole % 60)
  return hours > 0
    ? `${wholeNumber.format(hours)}:${twoDigits.format(minutes)}:${tail}`
    : `${wholeNumber.format(minutes)}:${tail}`
}

/** `30 seconds` or `5 minutes`, from seconds, rounded up. */
export function formatWait(seconds: number): string {
  const [value, unit] = seconds < 60 ? [Math.max(1, seconds), 'second'] : [seconds / 60, 'minute']
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.ceil(value))
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
  return t(seconds < 0 ? 'common.justNow' : 'common.inLessThanAMinute')
}

/** The person's own regional format of dates, where it is of the page's language: 31/12/2026 or 12/31/2026. */
function getDateLocales(): string[] {
  const [language] = locale.split('-')
  // Unit tests may run without a navigator.
  const preferred = typeof navigator === 'undefined' ? [] : navigator.languages
  return preferred.filter((tag) => tag.split('-')[0] === language).concat(locale)
}
