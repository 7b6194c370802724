const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB']

/** `1.4 MB`: in thousands, as shops and operating systems count. */
export function formatBytes(bytes: number): string {
  let amount = bytes
  let unit = 0
  while (amount >= 1000 && unit < UNITS.length - 1) {
    amount /= 1000
    unit += 1
  }
  return `${amount.toLocaleString('en', { maximumFractionDigits: amount < 10 && unit > 0 ? 1 : 0 })} ${UNITS[unit]}`
}

/** `8 s left`, `3 min left`. */
export function formatTimeLeft(seconds: number): string {
  if (seconds < 60) return `${seconds} s left`
  if (seconds < 3600) return `${Math.round(seconds / 60)} min left`
  return `${Math.round(seconds / 360) / 10} h left`
}
