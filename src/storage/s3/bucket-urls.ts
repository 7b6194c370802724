import type { FileUrl } from '../urls/file-url.ts'
import type { S3Bucket } from './s3-bucket.ts'
import { encodeStrictly, Presigner, type PresignRequest } from './presigner.ts'

/** The life of a signed address. */
export interface UrlLifetime {
  from: Date
  /** In seconds. */
  expiresIn: number
}

/** One part of a multipart upload that somebody is allowed to send. */
export interface PartUrl {
  life: UrlLifetime
  uploadId: string
  number: number
  /** They have to be sent just so; names in lower case. */
  headers: Record<string, string>
}

type Permission = Pick<PresignRequest, 'method' | 'operation' | 'headers' | 'query'>

interface BucketLocation {
  origin: string
  /** Without a closing slash. */
  path: string
  region: string
}

/** Makes the addresses of the objects of one bucket. */
export class BucketUrls {
  readonly #bucket: S3Bucket
  readonly #presigner = new Presigner()
  #location: BucketLocation | null = null

  constructor(bucket: S3Bucket) {
    this.#bucket = bucket
  }

  /** The plain address of an object. */
  async plain(objectKey: string): Promise<URL> {
    const { origin, path } = await this.#bucketLocation()
    return new URL(`${origin}${path}/${encodePath(objectKey)}`)
  }

  /** A signed address of an object, with further parameters such as `response-content-disposition`. */
  async signed(objectKey: string, life: UrlLifetime, query: Record<string, string>): Promise<FileUrl> {
    return this.#sign(objectKey, life, { method: 'GET', operation: 'GetObject', headers: {}, query })
  }

  /** Where browsers send requests for the bucket. */
  async origin(): Promise<string> {
    return (await this.#bucketLocation()).origin
  }

  /** A signed address at which one part of a multipart upload is taken, by PUT. */
  async signedPart(objectKey: string, { life, uploadId, number, headers }: PartUrl): Promise<FileUrl> {
    const query = { partNumber: String(number), uploadId }
    return this.#sign(objectKey, life, { method: 'PUT', operation: 'UploadPart', headers, query })
  }

  async #sign(objectKey: string, { from, expiresIn }: UrlLifetime, permission: Permission): Promise<FileUrl> {
    const { origin, path: bucketPath, region } = await this.#bucketLocation()
    const path = `${bucketPath}/${encodePath(objectKey)}`
    const credentials = await this.#bucket.client.config.credentials()
    const url = this.#presigner.presign({
      origin,
      path,
      region,
      credentials,
      signingDate: from,
      expiresIn,
      ...permission,
    })
    // The server stops believing an address when the credentials it was signed with expire.
    const until = Math.min(from.getTime() + expiresIn * 1000, credentials.expiration?.getTime() ?? Infinity)
    return { url, expiresAt: new Date(until) }
  }

  /** Where the bucket is, which does not change: found once, and again after a failure. */
  async #bucketLocation(): Promise<BucketLocation> {
    if (this.#location !== null) return this.#location
    const [{ origin, pathname }, region] = await Promise.all([
      this.#findBucketUrl(),
      this.#bucket.client.config.region(),
    ])
    this.#location = { origin, path: pathname.replace(/\/$/, ''), region }
    return this.#location
  }

  /** The SDK's own rules say whether the bucket stands in the host or in the path. */
  async #findBucketUrl(): Promise<URL> {
    const { config } = this.#bucket.client
    const [Region, endpoint, UseFIPS, UseDualStack] = await Promise.all([
      config.region(),
      config.endpoint?.(),
      config.useFipsEndpoint(),
      config.useDualstackEndpoint(),
    ])
    const port = endpoint?.port === undefined ? '' : `:${endpoint.port}`
    return config.endpointProvider({
      Bucket: this.#bucket.name,
      Region,
      UseFIPS,
      UseDualStack,
      ForcePathStyle: config.forcePathStyle === true,
      ...(endpoint === undefined
        ? {}
        : { Endpoint: `${endpoint.protocol}//${endpoint.hostname}${port}${endpoint.path}` }),
    }).url
  }
}

function encodePath(objectKey: string): string {
  // Most keys have nothing to encode, and a page of images has many keys.
  if (/^[\w.~/-]*$/.test(objectKey)) return objectKey
  return objectKey.split('/').map(encodeStrictly).join('/')
}
