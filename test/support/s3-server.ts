import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3'

/** A real S3-compatible server for tests. */
export interface S3Server {
  bucketName: string
  endpoint: string
  accessKeyId: string
  secretAccessKey: string
  /** All of this as the SDK takes it. */
  clientConfig: S3ClientConfig
  client: S3Client
  putObject(key: string, bytes: Uint8Array): Promise<void>
  /** Keys, of objects whole and visible, below a folder. */
  objectKeys(folder: string): Promise<string[]>
  /** Keys of multipart uploads that were neither completed nor aborted. */
  unfinishedUploads(folder: string): Promise<string[]>
  /** Removes the objects of a folder, and gives its unfinished uploads up. */
  removeFolder(folder: string): Promise<void>
}

/**
 * The server named by `S3_ENDPOINT` and its companions. `npm test` starts one before the tests.
 *
 * @throws {Error} when there is none: what S3 does is never taken for granted
 */
export async function requireS3Server(): Promise<S3Server> {
  const { S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_REGION = 'us-east-1', S3_BUCKET } = process.env
  if (!S3_ENDPOINT || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY || !S3_BUCKET) {
    throw new Error(
      'The S3 tests need a server: run them by `npm test`, which starts one, or set S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_REGION and S3_BUCKET.',
    )
  }
  const clientConfig = {
    endpoint: S3_ENDPOINT,
    region: S3_REGION,
    forcePathStyle: process.env.S3_FORCE_PATH_STYLE !== 'false',
    credentials: { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY },
  }
  const client = new S3Client(clientConfig)
  const Bucket = S3_BUCKET
  const getUploads = async (folder: string) => {
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: `${folder}/` }))
    return Uploads
  }
  const objectKeys = async (folder: string) => {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: `${folder}/` }))
    return Contents.map(({ Key = '' }) => Key)
  }
  return {
    bucketName: Bucket,
    endpoint: S3_ENDPOINT,
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
    clientConfig,
    client,
    objectKeys,
    async putObject(Key, Body) {
      await client.send(new PutObjectCommand({ Bucket, Key, Body }))
    },
    unfinishedUploads: async (folder) => (await getUploads(folder)).map(({ Key = '' }) => Key),
    async removeFolder(folder) {
      for (const { Key, UploadId } of await getUploads(folder)) {
        await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }))
      }
      for (let keys = await objectKeys(folder); keys.length > 0; keys = await objectKeys(folder)) {
        await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }))
      }
    },
  }
}
