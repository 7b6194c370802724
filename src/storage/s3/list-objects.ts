import type { _Object, ListObjectsV2Output } from '@aws-sdk/client-s3'
import { sdk } from './load-sdk.ts'
import type { S3Bucket } from './s3-bucket.ts'

/** Which objects of a bucket. */
export interface ObjectListing {
  bucket: S3Bucket
  prefix: string
  /** With `/`, objects in folders below the prefix are left out. */
  delimiter?: '/'
}

/** Every object below a prefix. */
export async function* listObjects(listing: ObjectListing): AsyncGenerator<_Object> {
  for await (const page of listObjectPages(listing)) yield* page
}

/** The same as the bucket gives them, up to a thousand at a time. */
export async function* listObjectPages({ bucket, prefix, delimiter }: ObjectListing): AsyncGenerator<_Object[]> {
  let next: { ContinuationToken?: string } | null = {}
  while (next !== null) {
    const location = {
      Bucket: bucket.name,
      Prefix: prefix,
      ...(delimiter === undefined ? {} : { Delimiter: delimiter }),
    }
    const list = new sdk.ListObjectsV2Command({ ...location, ...next })
    const page: ListObjectsV2Output = await bucket.request('list the files', (client) => client.send(list))
    yield page.Contents ?? []
    const { NextContinuationToken: ContinuationToken } = page
    next = ContinuationToken === undefined ? null : { ContinuationToken }
  }
}
