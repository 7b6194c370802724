import type { Diagnosis } from '../core/diagnosis.ts'

/** A difference, in seconds, that should be known; S3 refuses requests beyond the second one. */
const NOTABLE_SKEW = 60
const GREATEST_SKEW = 15 * 60

/** Longest wait for an answer, in milliseconds. */
const TIMEOUT_MS = 10_000

/** Compares this machine's clock with the server's, which every answer tells, also one that refuses. */
export async function diagnoseClock(bucketUrl: URL): Promise<Diagnosis> {
  const check = 'clock'
  try {
    const before = Date.now()
    const { headers } = await fetch(bucketUrl, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const server = Date.parse(headers.get('date') ?? '')
    if (Number.isNaN(server)) return { check, status: 'ok', message: 'The server does not tell its time.' }
    return describeSkew(Math.round((server - (before + Date.now()) / 2) / 1000))
  } catch (error) {
    const message = `The server's time cannot be asked for: ${error instanceof Error ? error.message : String(error)}.`
    return { check, status: 'warning', message, remedy: 'Look for a proxy between this machine and the server.' }
  }
}

function describeSkew(seconds: number): Diagnosis {
  const check = 'clock'
  const size = Math.abs(seconds)
  if (size <= NOTABLE_SKEW) return { check, status: 'ok', message: 'The clocks of this machine and the server agree.' }
  const message = `The clock of this machine is ${size} s ${seconds > 0 ? 'behind' : 'ahead of'} the server's.`
  const remedy = 'Set the clock by NTP: signed addresses hold for the wrong time, and S3 refuses more than 15 minutes.'
  return { check, status: size > GREATEST_SKEW ? 'failed' : 'warning', message, remedy }
}
