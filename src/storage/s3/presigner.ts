import { createHash, createHmac } from 'node:crypto'

/** Who signs, and for where. */
export interface SigningCredentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string | undefined
}

/** What a signed URL allows. */
export interface PresignRequest {
  /** Where the object is, without a query. */
  url: URL
  region: string
  credentials: SigningCredentials
  /** Further parameters of the query, such as `response-content-disposition`. They are signed too. */
  query: Readonly<Record<string, string>>
  /** Start of the URL's life. */
  signingDate: Date
  /** Length of the URL's life, in seconds. */
  expiresIn: number
}

/**
 * Presigned GET requests by AWS Signature Version 4, query form. The result is that of the SDK's presigner, byte for
 * byte; the difference is that the key derived for a day and region is derived once.
 */
export class Presigner {
  #signingKey: { id: string; key: Buffer } | null = null

  presignGet(request: PresignRequest): string {
    const { url, region, credentials, signingDate, expiresIn } = request
    const time = signingDate.toISOString().replace(/[-:]|\.\d{3}/g, '')
    const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`
    const parameters: [string, string][] = [
      ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
      ['X-Amz-Content-Sha256', 'UNSIGNED-PAYLOAD'],
      ['X-Amz-Credential', `${credentials.accessKeyId}/${scope}`],
      ['X-Amz-Date', time],
      ['X-Amz-Expires', String(expiresIn)],
      ...optional('X-Amz-Security-Token', credentials.sessionToken),
      ['X-Amz-SignedHeaders', 'host'],
      ...Object.entries(request.query),
      ['x-id', 'GetObject'],
    ]
    const query = sortedQuery(parameters)
    const canonicalRequest = `GET\n${url.pathname}\n${query}\nhost:${url.host}\n\nhost\nUNSIGNED-PAYLOAD`
    const digest = createHash('sha256').update(canonicalRequest).digest('hex')
    const signature = createHmac('sha256', this.#keyFor(credentials, scope))
      .update(`AWS4-HMAC-SHA256\n${time}\n${scope}\n${digest}`)
      .digest('hex')
    return `${url.origin}${url.pathname}?${sortedQuery([...parameters, ['X-Amz-Signature', signature]])}`
  }

  #keyFor({ secretAccessKey }: SigningCredentials, scope: string): Buffer {
    const id = `${secretAccessKey}/${scope}`
    if (this.#signingKey?.id === id) return this.#signingKey.key
    let key: Buffer = Buffer.from(`AWS4${secretAccessKey}`)
    for (const step of scope.split('/')) key = createHmac('sha256', key).update(step).digest()
    this.#signingKey = { id, key }
    return key
  }
}

/** Percent-encodes as SigV4 wants it: everything but the unreserved characters of RFC 3986. */
export function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function sortedQuery(parameters: [string, string][]): string {
  return parameters
    .map(([name, value]) => `${encodeStrictly(name)}=${encodeStrictly(value)}`)
    .toSorted()
    .join('&')
}

function optional(name: string, value: string | undefined): [string, string][] {
  return value === undefined ? [] : [[name, value]]
}
