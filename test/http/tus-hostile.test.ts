import { join } from 'node:path'
import { tableConfig } from 'vitrine'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { movie } from '../../examples/movies/schema.ts'
import { folderState, visibleFiles } from '../support/folder-state.ts'
import { CONTENT_CASES, type CheckedColumn, MAX_BYTES, expectNames } from '../support/hostile-uploads.ts'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { sendRaw } from '../support/raw-connection.ts'
import { TRAILER_UPLOADS, TusRequests, getMetadata } from '../support/tus-requests.ts'

let world: MovieWorld
let column: CheckedColumn
let strictNames: TusRequests

beforeAll(async () => {
  world = await openMediaWorld()
  const mediaPath = join(world.folder, 'checked')
  const admin = await getAdmin({ maxFileSize: MAX_BYTES, allowedExtensions: ['png', 'jpg', 'svg', 'mp4'] })
  column = {
    tus: new TusRequests(admin),
    stricter: new TusRequests(await getAdmin({ maxFileSize: 100_000, allowedExtensions: ['png', 'jpg', 'mp4'] })),
    visible: () => visibleFiles(mediaPath),
    hidden: async () =>
      Object.keys(await folderState(join(mediaPath, '.vitrine'))).filter(
        (path) => !path.endsWith('.json') && !path.startsWith('unsaved/'),
      ),
    getBytes: async (fileKey) =>
      new Uint8Array(await (await admin.send(`/api/media/movie/trailer/${fileKey}`)).arrayBuffer()),
  }
  strictNames = new TusRequests(await getAdmin({ allowedExtensions: ['mp4'] }, 'strict'))
})

afterAll(() => world.close())

type Rules = { maxFileSize?: number; allowedExtensions: string[] }

function getAdmin(rules: Rules, fileNames: 'clean' | 'strict' = 'clean') {
  const storage = new LocalMediaStorage({ column: movie.trailer, mediaPath: join(world.folder, 'checked'), ...rules })
  return startMovieAdmin(world, { fileNames, tables: [tableConfig({ table: movie, mediaStorage: [storage] })] })
}

it.each(CONTENT_CASES)('%s', async (_title, stored, check) => {
  const before = (await column.visible()).length
  await check(column)
  expect((await column.visible()).length - before).toBe(stored)
  expect(await column.hidden()).toEqual([])
})

it('a name is held to the rules when the upload begins, and stays as it is then', async () => {
  await expectNames(column.tus)
  for (const name of ['film\u0000.mp4', 'film\r\n.mp4', 'fi\u202elm.mp4', 'x?.mp4']) {
    const response = await strictNames.post({
      'upload-length': '10',
      'upload-metadata': getMetadata({ filename: name }),
    })
    expect(response.status).toBe(422)
  }
  expect(await column.hidden()).toEqual([])
})

it('headers that are too long for the server are refused by it, and it goes on', async () => {
  const admin = await getAdmin({ allowedExtensions: ['mp4'] })
  const server = await admin.listen()
  try {
    const head = `POST ${TRAILER_UPLOADS} HTTP/1.1\r\nHost: admin.test\r\nCookie: ${world.cookie}\r\nTus-Resumable: 1.0.0\r\nUpload-Length: 1\r\n`
    const long = `${head}Upload-Metadata: filename ${Buffer.from(`${'x'.repeat(30_000)}.mp4`).toString('base64')}\r\n\r\n`
    expect((await sendRaw(server.url, long))?.status).toBe(431)
    expect((await sendRaw(server.url, `${head}Upload-Metadata: filename Zg==\0\r\n\r\n`))?.status).toBe(400)
    const plain = `${head}Content-Length: 0\r\nUpload-Metadata: filename ${Buffer.from('a.mp4').toString('base64')}\r\n\r\n`
    expect((await sendRaw(server.url, plain))?.status).toBe(201)
  } finally {
    await server.close()
  }
})
