/** Runs an upload under a name that all tabs of the browser know, so that no other tab offers to go on with it. */
export async function whileUploading<Result>(url: string, work: Promise<Result>): Promise<Result> {
  // Absent on plain HTTP from another machine.
  if (!('locks' in navigator)) return work
  return navigator.locks.request(getName(url), () => work)
}

/** The addresses of the uploads that run in some tab. */
export async function runningUploads(): Promise<ReadonlySet<string>> {
  if (!('locks' in navigator)) return new Set()
  const { held = [] } = await navigator.locks.query()
  return new Set(held.map(({ name = '' }) => name.slice(PREFIX.length)))
}

const PREFIX = 'vitrine-upload:'

function getName(url: string): string {
  return `${PREFIX}${url}`
}
