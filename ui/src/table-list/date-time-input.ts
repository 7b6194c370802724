/** An ISO moment as the value of `<input type="datetime-local">`, in the person's own time zone. */
export function dateTimeInputValue(iso: string): string {
  const moment = new Date(iso)
  if (iso === '' || Number.isNaN(moment.getTime())) return ''
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}

/** The other way round; empty stays empty. */
export function isoFromDateTimeInput(text: string): string {
  const moment = new Date(text)
  return Number.isNaN(moment.getTime()) ? '' : moment.toISOString()
}
