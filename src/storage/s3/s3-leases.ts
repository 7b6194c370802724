import { MediaStorageError } from '../core/media-storage-error.ts'
import type { Lease, Leases } from '../hidden/unfinished-files.ts'
import { sdk } from './load-sdk.ts'
import type { S3Bucket } from './s3-bucket.ts'
import { isNotFound, isPreconditionFailed } from './s3-errors.ts'

/** Leases as small objects, written on conditions that the server checks. */
export class S3Leases implements Leases {
  readonly #bucket: S3Bucket
  readonly #getObjectKey: (path: string) => string

  constructor(bucket: S3Bucket, getObjectKey: (path: string) => string) {
    this.#bucket = bucket
    this.#getObjectKey = getObjectKey
  }

  claim(path: string, holder: string): Promise<boolean> {
    return this.#put(path, holder, { IfNoneMatch: '*' })
  }

  async look(path: string): Promise<Lease | null> {
    const get = new sdk.GetObjectCommand(this.#location(path))
    try {
      const { Body, ETag: version = '' } = await this.#bucket.request('look at a lease', (client) => client.send(get))
      const [holder = ''] = ((await Body?.transformToString()) ?? '').split(' ')
      return { holder, version }
    } catch (error) {
      if (error instanceof MediaStorageError && isNotFound(error)) return null
      throw error
    }
  }

  async renew(path: string, holder: string): Promise<boolean> {
    const lease = await this.look(path)
    return lease?.holder === holder && this.#put(path, holder, { IfMatch: lease.version })
  }

  takeOver(path: string, { version }: Lease, holder: string): Promise<boolean> {
    return this.#put(path, holder, { IfMatch: version })
  }

  async release(path: string, holder: string): Promise<void> {
    if ((await this.look(path))?.holder !== holder) return
    const remove = new sdk.DeleteObjectCommand(this.#location(path))
    await this.#bucket.request('release a lease', (client) => client.send(remove))
  }

  /** The bytes differ each time, so that the entity tag does. */
  async #put(path: string, holder: string, condition: { IfMatch?: string; IfNoneMatch?: '*' }): Promise<boolean> {
    const Body = `${holder} ${crypto.randomUUID()}`
    const put = new sdk.PutObjectCommand({ ...this.#location(path), ...condition, Body })
    try {
      await this.#bucket.request('take a lease', (client) => client.send(put))
      return true
    } catch (error) {
      if (!(error instanceof MediaStorageError)) throw error
      if (!isPreconditionFailed(error) && !isNotFound(error)) throw error
      // The answer to a request can get lost; sent again, it meets its own lease.
      return (await this.look(path))?.holder === holder
    }
  }

  #location(path: string): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket.name, Key: `${this.#getObjectKey(path)}.lease` }
  }
}
