import { type KeyObject, createHmac, createSecretKey, timingSafeEqual } from 'node:crypto'
import type { FileUrl } from './file-url.ts'
import { urlLife } from './url-life.ts'

/** Longest life of a signed address unless it is told otherwise, in seconds. */
export const DEFAULT_SIGNED_URL_EXPIRY = 3600

/** Shortest secret, in characters: 128 random bits in hexadecimal. */
const MIN_SECRET_LENGTH = 32

/** What {@link SignedUrls} is told. */
export interface SignedUrlsOptions {
  /** `movie.poster`: a signature is good for its own column only. */
  column: string
  /** The first one signs; signatures of the others still hold, so that a secret can be replaced. */
  secrets: readonly string[]
  /** Longest life of an address, in seconds. */
  expiry: number
}

/** Makes and checks addresses that expire and cannot be changed, by HMAC-SHA256 (RFC 2104). */
export class SignedUrls {
  readonly #column: string
  readonly #key: KeyObject
  readonly #olderKeys: readonly KeyObject[]
  readonly #expiry: number

  /** @throws {TypeError} when there is no secret, or a short one, or the expiry is no time */
  constructor({ column, secrets, expiry }: SignedUrlsOptions) {
    const [first, ...older] = secrets
    if (first === undefined || secrets.some((secret) => secret.length < MIN_SECRET_LENGTH)) {
      throw new TypeError(
        `Signed addresses of ${column} need a signingSecret of at least ${MIN_SECRET_LENGTH} characters.`,
      )
    }
    if (!Number.isInteger(expiry) || expiry < 1) {
      throw new TypeError(`signedUrlExpiry of ${column} is ${expiry}, and must be a whole number of seconds.`)
    }
    this.#column = column
    this.#key = getKey(first)
    this.#olderKeys = older.map(getKey)
    this.#expiry = expiry
  }

  /** The address with its expiry and signature added. */
  sign(url: string, fileKey: string): FileUrl {
    const { until } = urlLife(new Date(), this.#expiry)
    const expires = String(until.getTime() / 1000)
    const [href = '', query = ''] = url.split('?')
    const unsigned = query === '' ? `expires=${expires}` : `${query}&expires=${expires}`
    const text = this.#signedText(fileKey, query === '' ? unsigned : sortedQuery(new URLSearchParams(unsigned)))
    return { url: `${href}?${unsigned}&signature=${digest(this.#key, text)}`, expiresAt: until }
  }

  /**
   * Attack: comparing byte by byte tells, by the time it takes, how many bytes of a guessed signature are right. What is
   * compared is the text and not the bytes it stands for, since many texts of Base64 stand for the same bytes.
   */
  isValid(fileKey: string, query: URLSearchParams): boolean {
    const expires = query.get('expires') ?? ''
    if (!/^\d{1,12}$/.test(expires) || Number(expires) * 1000 <= Date.now()) return false
    const [given = '', ...more] = query.getAll('signature')
    if (more.length > 0) return false
    const text = this.#signedText(fileKey, sortedQuery(query))
    return [this.#key, ...this.#olderKeys].some((key) => isEqual(given, digest(key, text)))
  }

  /** All that the address promises, on lines of their own; no column or key holds a line end. */
  #signedText(fileKey: string, query: string): string {
    return `GET\n${this.#column}\n${fileKey}\n${query}`
  }
}

/** Everything in the query counts, but its order and the signature itself. */
function sortedQuery(query: URLSearchParams): string {
  const signed = new URLSearchParams(query)
  signed.delete('signature')
  signed.sort()
  return signed.toString()
}

function getKey(secret: string): KeyObject {
  return createSecretKey(secret, 'utf8')
}

function digest(key: KeyObject, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url')
}

function isEqual(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}
