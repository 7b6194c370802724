import type { CORSRule } from '@aws-sdk/client-s3'
import type { Diagnosis } from '../core/diagnosis.ts'
import { sdk } from './load-sdk.ts'
import type { S3Bucket } from './s3-bucket.ts'
import { getReason } from './s3-remedies.ts'

/** What browsers are to be let in for. */
export interface CorsCheck {
  bucket: S3Bucket
  /** The plain address of an object of the folder. */
  objectUrl: URL
  /** Uploads go past the server. */
  isDirect: boolean
  /** Of the admin's pages, such as `https://admin.example.com`; `null` when nobody has told it. */
  origin: string | null
}

/** Longest wait for an answer, in milliseconds. */
const TIMEOUT_MS = 10_000

/** The headers that a browser sends along with a part. */
const PART_HEADERS = ['x-amz-checksum-crc32', 'x-amz-sdk-checksum-algorithm']

const check = 'CORS'

/** Whether browsers may send parts to the bucket. Without direct uploads for information: the admin needs no rule then. */
export async function diagnoseCors(cors: CorsCheck): Promise<Diagnosis> {
  if (cors.isDirect && cors.origin !== null) return diagnosePreflight(cors, cors.origin)
  try {
    const { CORSRules = [] } = await cors.bucket.client.send(new sdk.GetBucketCorsCommand({ Bucket: cors.bucket.name }))
    return describeRules(CORSRules, cors)
  } catch (error) {
    const reason = getReason(error)
    if (reason === 'NoSuchCORSConfiguration') return describeRules([], cors)
    if (!cors.isDirect) {
      const message = `The CORS rules cannot be read (${reason}); the admin does not need them.`
      return { check, status: 'ok', message }
    }
    const message = `The CORS rules cannot be read (${reason}), and uploads go to the bucket directly.`
    return { check, status: 'warning', message, remedy: 'Allow s3:GetBucketCORS, or run the doctor with --origin.' }
  }
}

function describeRules(rules: readonly CORSRule[], { isDirect }: CorsCheck): Diagnosis {
  const origins = rules.filter(takesParts).flatMap(({ AllowedOrigins = [] }) => AllowedOrigins)
  if (origins.length > 0) {
    const message = `Browsers may upload to the bucket directly from ${origins.join(', ')}.`
    return { check, status: 'ok', message }
  }
  if (isDirect) {
    const message = 'No CORS rule lets browsers upload to the bucket, and uploads go there directly.'
    return { check, status: 'failed', message, remedy: remedyFor('https://admin.example.com') }
  }
  const message = 'No CORS rule lets browsers upload to the bucket directly, which the admin does not do.'
  return { check, status: 'ok', message }
}

function takesParts({ AllowedMethods = [], AllowedHeaders = [] }: CORSRule): boolean {
  const patterns = AllowedHeaders.map((header) => header.toLowerCase())
  const isAllowed = (name: string) =>
    patterns.some((pattern) => {
      const [start = '', end = null] = pattern.split('*')
      return end === null ? pattern === name : name.startsWith(start) && name.endsWith(end)
    })
  return AllowedMethods.includes('PUT') && PART_HEADERS.every(isAllowed)
}

/** Asks as a browser does before it sends a part. */
async function diagnosePreflight({ objectUrl }: CorsCheck, origin: string): Promise<Diagnosis> {
  try {
    const response = await fetch(objectUrl, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': PART_HEADERS.join(','),
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    await response.body?.cancel()
    if (isLetIn(response, origin)) {
      return { check, status: 'ok', message: `Browsers may upload to the bucket directly from ${origin}.` }
    }
    const message = `Browsers may not upload to the bucket from ${origin}: it answers with status ${response.status}.`
    return { check, status: 'failed', message, remedy: remedyFor(origin) }
  } catch (error) {
    const message = `The bucket cannot be asked whether browsers may upload to it: ${getReason(error)}.`
    return { check, status: 'failed', message, remedy: 'Look for a proxy between this machine and the server.' }
  }
}

function isLetIn({ ok, headers }: Response, origin: string): boolean {
  const toList = (name: string) => (headers.get(name) ?? '').toLowerCase().split(/\s*,\s*/)
  const allowedOrigin = headers.get('access-control-allow-origin')
  const allowedHeaders = toList('access-control-allow-headers')
  return (
    ok &&
    (allowedOrigin === origin || allowedOrigin === '*') &&
    toList('access-control-allow-methods').includes('put') &&
    PART_HEADERS.every((name) => allowedHeaders.includes(name) || allowedHeaders.includes('*'))
  )
}

function remedyFor(origin: string): string {
  const rule = { AllowedOrigins: [origin], AllowedMethods: ['PUT'], AllowedHeaders: PART_HEADERS, MaxAgeSeconds: 3600 }
  return `Set this CORS configuration, or add its rule: ${JSON.stringify({ CORSRules: [rule] })}`
}
