/** What a check of a storage found. It holds no secret. */
export interface Diagnosis {
  /** What was looked at, in a word or two: `store`, `free space`, `clock`. */
  readonly check: string
  /** `warning`: the storage can be used, and something about it should be known. */
  readonly status: 'ok' | 'warning' | 'failed'
  /** What was found, as a sentence. */
  readonly message: string
  /** How to mend it, as a sentence. */
  readonly remedy?: string
}

/** What a diagnosis is told besides the storage. */
export interface DiagnosisContext {
  /** Where browsers find the admin, such as `https://admin.example.com`: whether a bucket lets them in depends on it. */
  origin?: string
}

/** A check that finds nothing, or fails with an error. */
export interface Check {
  check: string
  /** What is so when it does not fail. */
  success: string
  remedy: string
  run: () => Promise<unknown>
}

/** Runs a check; its error becomes what was found. */
export async function diagnose({ check, success, remedy, run }: Check): Promise<Diagnosis> {
  try {
    await run()
    return { check, status: 'ok', message: success }
  } catch (error) {
    return { check, status: 'failed', message: getReason(error), remedy }
  }
}

/** The error's message, and what the system said underneath. Other causes are left out: nobody knows what they hold. */
function getReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { message, cause } = error
  const isReported =
    !(cause instanceof Error && 'syscall' in cause && 'code' in cause) || message.includes(String(cause.code))
  return isReported ? message : `${message} ${cause.message}.`
}
