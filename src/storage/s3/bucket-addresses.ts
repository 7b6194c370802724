import type { FileUrl } from '../media-storage-types.ts'
import type { S3Bucket } from './s3-bucket.ts'
import { encodeStrictly, Presigner } from './presigner.ts'

/** The life of a signed address. */
export interface AddressLife {
  from: Date
  /** In seconds. */
  expiresIn: number
}

/** Makes the addresses of the objects of one bucket. */
export class BucketAddresses {
  readonly #bucket: S3Bucket
  readonly #presigner = new Presigner()
  #bucketUrl: URL | null = null

  constructor(bucket: S3Bucket) {
    this.#bucket = bucket
  }

  /** The plain address of an object. */
  async plain(objectKey: string): Promise<URL> {
    this.#bucketUrl ??= await this.#findBucketUrl()
    const path = objectKey.split('/').map(encodeStrictly).join('/')
    return new URL(`${this.#bucketUrl.href.replace(/\/$/, '')}/${path}`)
  }

  /** A signed address of an object, with further parameters such as `response-content-disposition`. */
  async signed(objectKey: string, { from, expiresIn }: AddressLife, query: Record<string, string>): Promise<FileUrl> {
    const { config } = this.#bucket.client
    const [url, region, credentials] = await Promise.all([this.plain(objectKey), config.region(), config.credentials()])
    const signed = this.#presigner.presignGet({ url, region, credentials, query, signingDate: from, expiresIn })
    // The server stops believing an address when the credentials it was signed with expire.
    const until = Math.min(from.getTime() + expiresIn * 1000, credentials.expiration?.getTime() ?? Infinity)
    return { url: signed, expiresAt: new Date(until) }
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
