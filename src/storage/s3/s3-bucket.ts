import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import { sdk } from './load-sdk.ts'
import { s3Error } from './s3-errors.ts'

/** Longest time, in milliseconds, to connect, and for a connection without a byte. */
const CONNECTION_TIMEOUT = 3000
const SOCKET_TIMEOUT = 8000

/** Tries of one request. The SDK waits longer before each, with jitter. */
const MAX_ATTEMPTS = 3

/** How a bucket is reached. */
export interface S3BucketOptions {
  bucketName: string
  client?: S3Client | undefined
  clientConfig?: S3ClientConfig | undefined
}

/** One bucket, by one client for all its life. */
export class S3Bucket {
  readonly name: string
  readonly client: S3Client

  constructor({ bucketName, client, clientConfig }: S3BucketOptions) {
    this.name = bucketName
    this.client = client ?? createClient(clientConfig)
  }

  /**
   * Sends a request.
   *
   * @param operation - what the request is for, as it stands in "the bucket could not ..."
   * @throws {MediaStorageError} `STORAGE_FAILURE` naming the operation, the bucket, the server and its reason
   */
  async request<TOutput>(operation: string, send: (client: S3Client) => Promise<TOutput>): Promise<TOutput> {
    try {
      return await send(this.client)
    } catch (error) {
      throw s3Error(operation, { bucketName: this.name, endpoint: await endpointOf(this.client) }, error)
    }
  }
}

/** A client that gives up in reasonable time. What the caller configures outweighs the defaults. */
function createClient(config: S3ClientConfig = {}): S3Client {
  return new sdk.S3Client({
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: { connectionTimeout: CONNECTION_TIMEOUT, socketTimeout: SOCKET_TIMEOUT },
    // Checksums are chosen for each upload by S3MediaStorage itself.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...config,
  })
}

async function endpointOf({ config }: S3Client): Promise<string> {
  const endpoint = await config.endpoint?.()
  if (endpoint === undefined) return 'AWS'
  return `${endpoint.hostname}${endpoint.port === undefined ? '' : `:${endpoint.port}`}`
}
