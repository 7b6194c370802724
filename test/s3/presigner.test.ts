import { GetObjectCommand, S3Client, type S3ClientConfig, UploadPartCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { describe, expect, it } from 'vitest'
import { BucketUrls } from '../../src/storage/s3/bucket-urls.ts'
import { S3Bucket } from '../../src/storage/s3/s3-bucket.ts'

const KEYS = ['poster.jpg', `folder/a b(1)'é*!~ü+&=%?#@:,;$.jpg`, 'movie/写真-1.png', 'a/b/c.d.e', '..a.jpg'.slice(2)]

const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }

const SERVERS: Record<string, S3ClientConfig> = {
  'AWS in Ireland': { region: 'eu-west-1', credentials },
  'AWS with a dual-stack address': { region: 'us-east-2', useDualstackEndpoint: true, credentials },
  'temporary credentials': { region: 'us-east-1', credentials: { ...credentials, sessionToken: 'IQoJ/b3+Jp==' } },
  'a server with the bucket in the path': {
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:9000',
    forcePathStyle: true,
    credentials,
  },
  'a server with the bucket in the host': { region: 'auto', endpoint: 'https://account.example.com', credentials },
  'a server below a path': { region: 'x', endpoint: 'https://example.com/s3', forcePathStyle: true, credentials },
}

const signingDate = new Date('2026-01-02T03:04:05Z')

describe.each(Object.entries(SERVERS))('addresses signed for %s', (_title, config) => {
  it.each(KEYS)("of %s are the SDK's, byte for byte", async (key) => {
    for (const [bucketName, disposition] of [
      ['my-bucket', undefined],
      ['my.dotted.bucket', `attachment; filename="a b.jpg"; filename*=UTF-8''%C3%A9.jpg`],
    ] as const) {
      // With its defaults the SDK signs the checksum of an empty body into the address.
      const checksums = {
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
      } as const
      const client = new S3Client({ ...config, ...checksums })
      const input = { Bucket: bucketName, Key: key, ...(disposition && { ResponseContentDisposition: disposition }) }
      const expected = await getSignedUrl(client, new GetObjectCommand(input), { expiresIn: 900, signingDate })

      const urls = new BucketUrls(new S3Bucket({ bucketName, clientConfig: config }))
      const query: Record<string, string> = disposition ? { 'response-content-disposition': disposition } : {}
      const { url } = await urls.signed(key, { from: signingDate, expiresIn: 900 }, query)
      expect(url).toBe(expected)
    }
  })

  it.each(KEYS)("of a part of %s are the SDK's, byte for byte", async (key) => {
    const client = new S3Client({ ...config, requestChecksumCalculation: 'WHEN_REQUIRED' })
    const part = { Bucket: 'my-bucket', Key: key, UploadId: '2~a b+c/d=', PartNumber: 7, ContentLength: 8_388_608 }
    const checksum = { ChecksumAlgorithm: 'CRC32', ChecksumCRC32: 'r/zBbw==' } as const
    const headers = { 'x-amz-checksum-crc32': 'r/zBbw==', 'x-amz-sdk-checksum-algorithm': 'CRC32' }
    const signed = new Set(['host', 'content-length', ...Object.keys(headers)])
    const expected = await getSignedUrl(client, new UploadPartCommand({ ...part, ...checksum }), {
      expiresIn: 900,
      signingDate,
      signableHeaders: signed,
      unhoistableHeaders: signed,
    })

    const urls = new BucketUrls(new S3Bucket({ bucketName: 'my-bucket', clientConfig: config }))
    const { url } = await urls.signedPart(key, {
      life: { from: signingDate, expiresIn: 900 },
      uploadId: '2~a b+c/d=',
      number: 7,
      headers: { 'content-length': '8388608', ...headers },
    })
    expect(url).toBe(expected)
  })
})
