import { mediaWorldIn } from './media-world.ts'
import { startS3MovieAdmin } from './s3-movie-admin.ts'
import { requireS3Server } from './s3-server.ts'

// As run-admin.ts, with posters in a folder of the bucket.
const [folder = '', folderName = ''] = process.argv.slice(2)
const movieAdmin = await startS3MovieAdmin(mediaWorldIn(folder), await requireS3Server(), {
  folderName,
  serve: 'proxy',
})
const { url } = await movieAdmin.listen()
process.stdout.write(`${url}\n`)
