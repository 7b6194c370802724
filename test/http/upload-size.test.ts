import { join } from 'node:path'
import type { AdminServer } from 'vitrine/node'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { unfinishedFiles, visibleFiles } from '../support/folder-state.ts'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { LARGEST_POSTER } from '../support/movie-storages.ts'
import { BOUNDARY, multipartBody } from '../support/multipart-body.ts'
import { type RawResponse, RawConnection } from '../support/raw-connection.ts'
import { sampleFile } from '../support/sample-files.ts'
import { bytesWrittenBy } from '../support/written-bytes.ts'

let world: MovieWorld
let admin: MovieAdmin
let server: AdminServer

beforeAll(async () => {
  world = await openMediaWorld()
  admin = await startMovieAdmin(world)
  server = await admin.listen()
})

afterAll(async () => {
  await server.close()
  await world.close()
})

beforeEach(async () => {
  await admin.storages.poster.bulkDeleteFiles(await visiblePosters())
})

const visiblePosters = () => visibleFiles(join(world.folder, 'poster'))

/** The answer to an upload of these headers, and whatever `write` sends behind them. */
async function upload(headers: string[], write: (connection: RawConnection) => Promise<unknown>) {
  const connection = await RawConnection.open(server.url)
  await connection.write(uploadHead(headers))
  await write(connection)
  const response = await connection.response()
  connection.destroy()
  return response
}

function uploadHead(headers: string[]): string {
  const lines = ['POST /api/media/movie/poster?name=poster.jpg HTTP/1.1', 'Host: admin.test', `Cookie: ${world.cookie}`]
  return `${[...lines, ...headers].join('\r\n')}\r\n\r\n`
}

const declared = (length: number) => [`Content-Length: ${length}`]
const CHUNKED = ['Transfer-Encoding: chunked']

const file = (size: number) => sampleFile('jpg', size)

async function writeChunks(connection: RawConnection, bytes: Uint8Array): Promise<void> {
  for (let start = 0; start < bytes.byteLength; start += 50_000) {
    await connection.write(`${bytes.subarray(start, start + 50_000).byteLength.toString(16)}\r\n`)
    await connection.write(bytes.subarray(start, start + 50_000))
    await connection.write('\r\n')
  }
  await connection.write('0\r\n\r\n')
}

const statusAndCode = (response: RawResponse | null) => [
  response?.status,
  /"code":"(\w+)"/.exec(response?.body ?? '')?.[1],
]

describe('a raw upload', () => {
  it.each([
    ['one byte less than the limit', LARGEST_POSTER - 1, 201],
    ['the limit', LARGEST_POSTER, 201],
    ['one byte more than the limit', LARGEST_POSTER + 1, 413],
  ])('of %s, declared rightly or not at all', async (_what, size, status) => {
    const bytes = file(size)
    const responses = [
      await upload(declared(size), (connection) => connection.write(bytes)),
      await upload(CHUNKED, (connection) => writeChunks(connection, bytes)),
    ]
    expect(responses.map((response) => response?.status)).toEqual([status, status])
    expect(await visiblePosters()).toHaveLength(status === 201 ? 2 : 0)
    expect(await unfinishedFiles(join(world.folder, 'poster'))).toEqual([])
  })

  it('that declares more than the limit is refused before it is sent', async () => {
    const connection = await RawConnection.open(server.url)
    await connection.write(`${uploadHead(declared(10_000_000_000))}a few bytes`)
    expect(statusAndCode(await connection.response())).toEqual([413, 'FILE_TOO_LARGE'])
    expect(await connection.closed()).toBe(true)
  })

  it('that declares more than it sends leaves nothing', async () => {
    const response = await upload(declared(1000), async (connection) => {
      await connection.write(file(999))
      connection.end()
    })
    expect(response?.status ?? 400).toBe(400)
    expect(await visiblePosters()).toEqual([])
  })

  it('that declares less than it sends is no longer than declared', async () => {
    const response = await upload(declared(400), (connection) => connection.write(file(LARGEST_POSTER + 1)))
    // What follows the declared bytes is no request: Node may refuse it before the upload is answered.
    expect(response?.status).toBeOneOf([201, 400])
    for (const key of await visiblePosters()) {
      expect((await admin.storages.poster.getFile(key))?.size).toBe(400)
    }
  })

  it.each(['0', '-1', '1e3', '12,12', '0x10', '+5', ' '])(
    'with the Content-Length %j stores no bytes',
    async (length) => {
      const response = await upload([`Content-Length: ${length}`], (connection) => connection.write(file(100)))
      expect(response?.status).toBeOneOf([400, 201, 415])
      if (response?.status === 201) expect(response.body).toContain('"size":0')
    },
  )
})

describe('a multipart upload', () => {
  it.each([
    [[LARGEST_POSTER - 1, LARGEST_POSTER], 201],
    [[LARGEST_POSTER, LARGEST_POSTER, LARGEST_POSTER], 201],
    [[100, LARGEST_POSTER + 1], 413],
    [[LARGEST_POSTER + 1, 100], 413],
  ])('may hold more than the limit, but no file may: %j', async (sizes, status) => {
    const { headers, body } = multipartBody(sizes.map((size) => ({ fileName: 'poster.jpg', content: file(size) })))
    for (const contentType of [headers['content-type'], headers['content-type'].replace('multipart', 'Multipart')]) {
      const type = `Content-Type: ${contentType}`
      const responses = [
        await upload([type, ...declared(body.byteLength)], (connection) => connection.write(body)),
        await upload([type, ...CHUNKED], (connection) => writeChunks(connection, body)),
      ]
      expect(responses.map((response) => response?.status)).toEqual([status, status])
    }
    expect(await visiblePosters()).toHaveLength(status === 201 ? sizes.length * 4 : 0)
    expect(await unfinishedFiles(join(world.folder, 'poster'))).toEqual([])
  })
})

const CHUNK = file(50_000)
const HEX_CHUNK = [`${CHUNK.byteLength.toString(16)}\r\n`, CHUNK, '\r\n']

async function sendWithoutEnd(connection: RawConnection, beginning = ''): Promise<number> {
  if (beginning !== '') await connection.write(`${beginning.length.toString(16)}\r\n${beginning}\r\n`)
  let sent = 0
  const deadline = Date.now() + 15_000
  while (connection.isOpen && Date.now() < deadline) {
    for (const piece of HEX_CHUNK) await connection.write(piece)
    sent += CHUNK.byteLength
    // The other end of this socket lives in the same process.
    await new Promise(setImmediate)
  }
  return sent
}

describe('a body without end', () => {
  it.each([
    ['a file', [], ''],
    [
      'a file in a form',
      [`Content-Type: multipart/form-data; boundary=${BOUNDARY}`],
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="poster.jpg"\r\n\r\n`,
    ],
    [
      'a plain field in a form',
      [`Content-Type: multipart/form-data; boundary=${BOUNDARY}`],
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="title"\r\n\r\n`,
    ],
    [
      'the header of a part',
      [`Content-Type: multipart/form-data; boundary=${BOUNDARY}`],
      `--${BOUNDARY}\r\nX-Padding: `,
    ],
    ['the preamble of a form', [`Content-Type: multipart/form-data; boundary=${BOUNDARY}`], 'preamble'],
  ])('is cut, and its sender can read why: %s', async (_what, headers, beginning) => {
    let answered: RawResponse | null = null
    let sent = 0
    const written = await bytesWrittenBy(async () => {
      answered = await upload([...headers, ...CHUNKED], async (connection) => {
        sent = await sendWithoutEnd(connection, beginning)
      })
    })
    expect(statusAndCode(answered)).toBeOneOf([
      [413, 'FILE_TOO_LARGE'],
      [400, 'INVALID_REQUEST'],
    ])
    expect(await visiblePosters()).toEqual([])
    expect(await unfinishedFiles(join(world.folder, 'poster'))).toEqual([])
    process.stdout.write(`${_what}: ${sent} bytes sent, ${written} written to disk of ${LARGEST_POSTER} allowed\n`)
    expect(written).toBeLessThanOrEqual(LARGEST_POSTER + 64 * 1024)
  })

  it('is cut when nobody is signed in', async () => {
    const connection = await RawConnection.open(server.url)
    await connection.write(
      'POST /api/media/movie/poster?name=poster.jpg HTTP/1.1\r\nHost: admin.test\r\nTransfer-Encoding: chunked\r\n\r\n',
    )
    await sendWithoutEnd(connection)
    expect((await connection.response())?.status).toBe(401)
    expect(connection.isOpen).toBe(false)
    connection.destroy()
  })
})
