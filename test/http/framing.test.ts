import { join } from 'node:path'
import type { AdminServer } from 'vitrine/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { folderState } from '../support/folder-state.ts'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { RawConnection, sendRaw } from '../support/raw-connection.ts'

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

const head = (...lines: string[]) =>
  ['POST /api/media/movie/poster?name=a.jpg HTTP/1.1', 'Host: admin.test', `Cookie: ${world.cookie}`, ...lines].join(
    '\r\n',
  )

it.each<[string, () => string]>([
  [
    'a length and chunks',
    () => `${head('Content-Length: 5', 'Transfer-Encoding: chunked')}\r\n\r\n0\r\n\r\nGET / HTTP/1.1`,
  ],
  ['chunks and a length', () => `${head('Transfer-Encoding: chunked', 'Content-Length: 5')}\r\n\r\n0\r\n\r\n`],
  ['two lengths', () => `${head('Content-Length: 5', 'Content-Length: 6')}\r\n\r\n123456`],
  ['two equal lengths', () => `${head('Content-Length: 5', 'Content-Length: 5')}\r\n\r\n12345`],
  ['a list of lengths', () => `${head('Content-Length: 5, 5')}\r\n\r\n12345`],
  ['a negative length', () => `${head('Content-Length: -5')}\r\n\r\n12345`],
  ['a length in hex', () => `${head('Content-Length: 0x5')}\r\n\r\n12345`],
  ['a length too large for a number', () => `${head(`Content-Length: ${'9'.repeat(30)}`)}\r\n\r\n12345`],
  ['a chunk size that is none', () => `${head('Transfer-Encoding: chunked')}\r\n\r\nxyz\r\n12345\r\n0\r\n\r\n`],
  ['a negative chunk size', () => `${head('Transfer-Encoding: chunked')}\r\n\r\n-5\r\n12345\r\n0\r\n\r\n`],
  ['a chunk size in 0x', () => `${head('Transfer-Encoding: chunked')}\r\n\r\n0x5\r\n12345\r\n0\r\n\r\n`],
  ['a chunk size too large', () => `${head('Transfer-Encoding: chunked')}\r\n\r\n${'f'.repeat(20)}\r\n1\r\n0\r\n\r\n`],
  ['a chunk longer than its size', () => `${head('Transfer-Encoding: chunked')}\r\n\r\n2\r\n12345\r\n0\r\n\r\n`],
  ['chunks behind a bare LF', () => `${head('Transfer-Encoding: chunked')}\r\n\r\n5\n12345\n0\n\n`],
  ['an unknown coding', () => `${head('Transfer-Encoding: xchunked')}\r\n\r\n0\r\n\r\n`],
  ['chunks that are not last', () => `${head('Transfer-Encoding: chunked, identity')}\r\n\r\n0\r\n\r\n`],
  ['two codings', () => `${head('Transfer-Encoding: chunked', 'Transfer-Encoding: identity')}\r\n\r\n0\r\n\r\n`],
  ['a space before a colon', () => `${head('Content-Length : 5')}\r\n\r\n12345`],
  ['a folded header', () => `${head('X-Folded: a', ' Content-Length: 5', 'Content-Length: 5')}\r\n\r\n12345`],
  ['a NUL in a header', () => `${head('X-Nul: a\u0000b', 'Content-Length: 5')}\r\n\r\n12345`],
  ['a bare CR in a header', () => `${head('X-Bare: a\rContent-Length: 6', 'Content-Length: 5')}\r\n\r\n12345`],
  ['no host', () => `GET / HTTP/1.1\r\nCookie: ${world.cookie}\r\n\r\n`],
  ['another protocol', () => 'GET / HTTP/9.9\r\nHost: admin.test\r\n\r\n'],
  ['no protocol at all', () => '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n'],
  ['an unknown method', () => 'HACK / HTTP/1.1\r\nHost: admin.test\r\n\r\n'],
  ['headers of 100 kB', () => `GET / HTTP/1.1\r\nHost: admin.test\r\nX-Padding: ${'x'.repeat(100_000)}\r\n\r\n`],
  ['a target of 100 kB', () => `GET /${'x'.repeat(100_000)} HTTP/1.1\r\nHost: admin.test\r\n\r\n`],
])('a request with %s is refused and the connection ends', async (_what, request) => {
  const connection = await RawConnection.open(server.url)
  await connection.write(request())
  expect((await connection.response())?.status).toBeOneOf([400, 415, 431])
  await connection.write('GET /api/tables HTTP/1.1\r\nHost: admin.test\r\n\r\n')
  expect(await connection.closed()).toBe(true)
  expect(connection.received.match(/^HTTP\/1\.1 /gm)).toHaveLength(1)
  connection.destroy()
  // Nothing is stored; what was begun is on its way out.
  await expect.poll(() => folderState(world.folder)).toEqual({})
})

it.each(['admin.test/../x', 'ada@admin.test', 'admin.test:99999', 'a b', 'admin.test#', '[::1', '\u00ff'])(
  'a request for the host %j is refused',
  async (host) => {
    const response = await sendRaw(server.url, `GET /api/tables HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    expect(response?.status).toBe(400)
  },
)

it.each(['TRACE', 'CONNECT', 'PROPFIND', 'LOCK', 'SEARCH', 'M-SEARCH', 'QUERY', 'PURGE'])(
  'a %s request does nothing',
  async (method) => {
    const target = method === 'CONNECT' ? 'admin.test:80' : '/api/tables'
    const request = `${method} ${target} HTTP/1.1\r\nHost: admin.test\r\nX-Secret: 1\r\nConnection: close\r\n\r\n`
    const response = await sendRaw(server.url, request)
    expect(response === null || [400, 401, 404, 405].includes(response.status)).toBe(true)
    expect(response?.body ?? '').not.toContain('X-Secret')
  },
)

it('a client that asks before it sends is told to go on', async () => {
  const connection = await RawConnection.open(server.url)
  await connection.write(`${head('Content-Length: 4', 'Expect: 100-continue')}\r\n\r\n`)
  const deadline = Date.now() + 5000
  while (!connection.received.includes('\r\n\r\n') && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  expect(connection.received).toBe('HTTP/1.1 100 Continue\r\n\r\n')
  await connection.write(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))
  expect((await connection.response())?.status).toBe(201)
  connection.destroy()
})

it('a row that is too long is refused, and the connection goes on', async () => {
  const connection = await RawConnection.open(server.url)
  const lines = [`PATCH /api/tables/movie/rows/1 HTTP/1.1`, 'Host: admin.test', `Cookie: ${world.cookie}`]
  await connection.write(
    `${[...lines, 'Content-Type: application/json', 'Content-Length: 4000000'].join('\r\n')}\r\n\r\n`,
  )
  await connection.write(new Uint8Array(4_000_000).fill(0x20))
  expect((await connection.response())?.status).toBe(400)
  await connection.write('GET /api/tables HTTP/1.1\r\nHost: admin.test\r\n\r\n')
  await expect.poll(() => connection.received.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400', 'HTTP/1.1 401'])
  connection.destroy()
})

it('no failure was logged, and every file is where it belongs', async () => {
  expect(admin.log).toEqual([])
  const files = Object.keys(await folderState(world.folder))
  const stored = join('poster', 'a-')
  const recorded = join('poster', '.vitrine', 'unsaved', 'a-')
  expect(files.filter((path) => path.startsWith(stored)).length).toBeGreaterThan(0)
  expect(files.filter((path) => !path.startsWith(stored) && !path.startsWith(recorded))).toEqual([])
})

it.each(['GET', 'HEAD'])('a body without end that comes with a %s is cut', async (method) => {
  const connection = await RawConnection.open(server.url)
  await connection.write(`${method} /api/tables HTTP/1.1\r\nHost: admin.test\r\nTransfer-Encoding: chunked\r\n\r\n`)
  const deadline = Date.now() + 5000
  while (connection.isOpen && Date.now() < deadline) {
    await connection.write('1\r\nx\r\n')
    await new Promise(setImmediate)
  }
  expect(connection.isOpen).toBe(false)
})
