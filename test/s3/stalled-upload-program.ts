import { S3MediaStorage } from '../../src/storage-s3.ts'
import { movie } from '../storage/media-tables.ts'
import { requireS3Server } from '../support/s3-server.ts'
import { ANY_CONTENT } from '../support/any-content.ts'

/** A process that uploads two parts of a file into a folder of the bucket, says so, and waits to be killed. */
const [folderName = ''] = process.argv.slice(2)

const { bucketName, client } = await requireS3Server()
const sent: string[] = []
client.middlewareStack.add(
  (next, { commandName = '' }) =>
    async (args) => {
      const output = await next(args)
      if (commandName === 'UploadPartCommand') sent.push(commandName)
      if (sent.length === 2) process.stdout.write('two parts are stored\n')
      return output
    },
  { step: 'initialize' },
)

async function* endlessBody(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(2 * 8 * 1024 * 1024 + 1)
  await new Promise((resolve) => setTimeout(resolve, 600_000))
}

await new S3MediaStorage({ column: movie.poster, ...ANY_CONTENT, bucketName, folderName, client }).storeFile(
  'a.mp4',
  endlessBody(),
)
