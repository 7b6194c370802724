import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import { MediaStorageError } from '../core/media-storage-error.ts'
import { sdk } from './load-sdk.ts'
import { s3Error } from './s3-errors.ts'

/** Longest time, in milliseconds, to connect. */
const CONNECTION_TIMEOUT = 3000

/**
 * Longest silence of a connection, in milliseconds; of one that is being written to, up to twice as long. From 6000 on
 * the SDK begins to count only after three seconds.
 */
const SOCKET_TIMEOUT = 4000

/** Tries of one request. The SDK waits longer before each, with jitter. All of them take less than 30 s. */
const MAX_ATTEMPTS = 3

/** Connections at a time. The SDK's own 50 are used up by 50 slow readers, and then nobody else gets through. */
const MAX_SOCKETS = 200

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
  #wasSeen = false

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
      const output = await send(this.client)
      this.#wasSeen = true
      return output
    } catch (error) {
      throw await this.failure(operation, error)
    }
  }

  /** What to throw when an operation failed. */
  async failure(operation: string, cause: unknown): Promise<MediaStorageError> {
    if (cause instanceof MediaStorageError) return cause
    return s3Error(operation, { bucketName: this.name, endpoint: await getEndpoint(this.client) }, cause)
  }

  /**
   * Fails when there is no such bucket. For HEAD, whose answer cannot tell a missing bucket from a missing object: it
   * would look like a bucket that lost all its files. A bucket that was seen once is believed to be there.
   */
  async requireExistence(): Promise<void> {
    if (!this.#wasSeen) await this.look()
  }

  async look(): Promise<void> {
    await this.request('be reached', (client) => client.send(new sdk.HeadBucketCommand({ Bucket: this.name })))
  }

  /** The time by the server's clock, as far as the SDK has learnt that ours is wrong. */
  now(): Date {
    return new Date(Date.now() + this.client.config.systemClockOffset)
  }
}

/** A client that gives up in reasonable time. What the caller configures outweighs the defaults. */
function createClient({ requestHandler, ...config }: S3ClientConfig = {}): S3Client {
  const isComplete = requestHandler !== undefined && 'handle' in requestHandler
  return new sdk.S3Client({
    maxAttempts: MAX_ATTEMPTS,
    // Otherwise each part opens a connection of its own and waits for the server's leave to send.
    expectContinueHeader: false,
    // Checksums are chosen for each upload by S3MediaStorage itself.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...config,
    requestHandler: isComplete ? requestHandler : { ...CONNECTIONS, ...requestHandler },
  })
}

const CONNECTIONS = {
  connectionTimeout: CONNECTION_TIMEOUT,
  socketTimeout: SOCKET_TIMEOUT,
  httpAgent: { maxSockets: MAX_SOCKETS },
  httpsAgent: { maxSockets: MAX_SOCKETS },
}

async function getEndpoint({ config }: S3Client): Promise<string> {
  const endpoint = await config.endpoint?.()
  if (endpoint === undefined) return 'AWS'
  return `${endpoint.hostname}${endpoint.port === undefined ? '' : `:${endpoint.port}`}`
}
