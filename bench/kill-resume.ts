// A resumable upload of 200 MB, in requests of 5 MB, whose server is killed 50 times amid them, by kill -9 and SIGTERM in turn.
// Over a folder, and over a bucket where there is one: eval "$(scripts/s3/start)"
//
// npx tsx bench/kill-resume.ts [megabytes] [kills]
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAdminProcess } from '../test/support/admin-process.ts'
import { type KilledUpload, uploadThroughKills } from '../test/support/killed-upload.ts'
import { mediaWorldIn } from '../test/support/media-world.ts'
import { requireS3Server } from '../test/support/s3-server.ts'
import { sampleFile } from '../test/support/sample-files.ts'
import { TRAILER_UPLOADS } from '../test/support/tus-requests.ts'

const megabytes = Number(process.argv[2] ?? 200)
const kills = Number(process.argv[3] ?? 50)

const folder = await mkdtemp(join(tmpdir(), 'vitrine-kills-'))
const world = mediaWorldIn(folder)
const upload = {
  cookie: world.cookie,
  file: sampleFile('mp4', megabytes * 1e6),
  piece: 5_000_000,
  kills,
  signals: ['SIGKILL', 'SIGTERM'],
} as const

try {
  await report('folder', {
    ...upload,
    start: () => startAdminProcess(folder),
    uploads: TRAILER_UPLOADS,
    longest: 100,
  })
  if (process.env.S3_ENDPOINT !== undefined) await reportBucket()
} finally {
  await world.close()
  await rm(folder, { recursive: true, force: true })
}

async function reportBucket(): Promise<void> {
  const server = await requireS3Server()
  const folderName = `kills-${crypto.randomUUID()}`
  try {
    await report('bucket', {
      ...upload,
      start: () => startAdminProcess(folder, { program: 'run-s3-admin.ts', told: [folderName] }),
      uploads: '/api/media/movie/poster/uploads',
      longest: 400,
    })
  } finally {
    await server.removeFolder(folderName)
  }
}

async function report(title: string, what: KilledUpload): Promise<void> {
  const figures = await uploadThroughKills(what)
  const again = (figures.sent / 1e6 - megabytes).toFixed(1)
  console.log(
    `${title}: ${megabytes} MB, ${figures.kills} kills, ${figures.resumed} resumed, ${figures.lost} acknowledged bytes lost, ${again} MB sent again, ${figures.isEqual ? 'equal' : 'NOT EQUAL'}`,
  )
}
