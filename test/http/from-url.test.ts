import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ErrorResponse } from '../../src/contract/error.ts'
import { unfinishedFiles, visibleFiles } from '../support/folder-state.ts'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { readFiles, readJson } from '../support/read-json.ts'
import { sampleFile } from '../support/sample-files.ts'

const FROM_URL = '/api/media/movie/poster/from-url'
const JPG = sampleFile('jpg', 40_000)
const UNAVAILABLE =
  'The file could not be fetched: its address must be public, and answer in time with the file itself.'

/** What the resolver of these tests says; a host that is not here does not exist. */
const HOSTS: Record<string, string[]> = {
  'pictures.test': ['127.0.0.1'],
  'other.test': ['127.0.0.1'],
  'metadata.test': ['169.254.169.254'],
  'both.test': ['93.184.215.14', '10.0.0.1'],
  'ipv6.test': ['::1'],
  'mapped.test': ['::ffff:10.0.0.1'],
  'nothing.test': [],
}

const resolve = async (hostname: string): Promise<string[]> => {
  const addresses = HOSTS[hostname]
  if (addresses === undefined) throw new Error('No such host.')
  return addresses
}

let world: MovieWorld
/** Fetches from public addresses only, as by default. */
let publicOnly: MovieAdmin
/** May also fetch from this machine. */
let neighbourly: MovieAdmin
let remote: Server
let port: number
let reply: RequestListener
let connections = 0

beforeAll(async () => {
  remote = createServer((request, response) => reply(request, response))
  remote.on('connection', () => (connections += 1))
  await new Promise<void>((listening) => remote.listen(0, '0.0.0.0', listening))
  port = (remote.address() as AddressInfo).port
  world = await openMediaWorld()
  const allowedPorts = [80, 443, port]
  publicOnly = await startMovieAdmin(world, { uploadFromUrl: { allowedPorts, resolve, timeout: 2 } })
  neighbourly = await startMovieAdmin(world, {
    uploadFromUrl: { allowedPorts, resolve, timeout: 2, allowedNetworks: ['127.0.0.0/8'] },
  })
})

afterAll(async () => {
  remote.closeAllConnections()
  remote.close()
  await world.close()
})

beforeEach(() => {
  connections = 0
  reply = (_request, response) => void response.writeHead(200, { 'content-type': 'image/jpeg' }).end(JPG)
})

const post = (admin: MovieAdmin, url: unknown, path = FROM_URL) =>
  admin.send(path, { method: 'POST', body: JSON.stringify({ url }), headers: { 'content-type': 'application/json' } })

const getError = async (response: Response) => (await readJson<ErrorResponse>(response)).error

const address = (path: string, host = 'pictures.test') => `http://${host}:${port}${path}`

describe('an upload from an address', () => {
  it.each([
    ['/films/a poster.jpg', 'a poster.jpg'],
    ['/films/a%20poster.jpg?size=large#top', 'a poster.jpg'],
    ['/films/picture', 'picture.jpg'],
    ['/films/..%2f..%2fetc%2fposter.jpg', 'poster.jpg'],
    ['/', 'pictures-test.jpg'],
  ])('%s is stored as %s', async (path, name) => {
    const response = await post(neighbourly, address(path))
    expect(response.status).toBe(201)
    const [file] = await readFiles(response)
    expect(file).toMatchObject({ name, size: 40_000, contentType: 'image/jpeg' })
    const stored = await neighbourly.send(`/api/media/movie/poster/${encodeURIComponent(file!.fileKey)}`)
    expect(Buffer.from(await stored.arrayBuffer()).equals(JPG)).toBe(true)
  })

  it('follows redirects, five at most', async () => {
    reply = (request, response) => {
      const left = Number(request.url?.slice(1))
      if (left === 0) response.writeHead(200, { 'content-type': 'image/jpeg' }).end(JPG)
      else response.writeHead(302, { location: `/${left - 1}` }).end()
    }
    expect((await post(neighbourly, address('/5'))).status).toBe(201)
    expect((await post(neighbourly, address('/6'))).status).toBe(422)
  })

  it('obeys the rules of the column: name, size', async () => {
    const named = await getError(await post(neighbourly, address('/setup.exe')))
    expect(named.code).toBe('FILE_TYPE_NOT_ALLOWED')
    reply = (_request, response) => {
      response.writeHead(200, { 'content-type': 'image/jpeg' })
      const send = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 0xff)));
        if (!response.destroyed) response.once('drain', send)
      }
      response.write(JPG)
      send()
    }
    const endless = await post(neighbourly, address('/endless.jpg'))
    expect(endless.status).toBe(413)
  })

  it('leaves nothing when the bytes stop, break off, or are compressed', async () => {
    const before = await visibleFiles(join(world.folder, 'poster'))
    const head = { 'content-type': 'image/jpeg', 'content-length': JPG.byteLength }
    const responses: Record<string, RequestListener> = {
      stall: (_request, response) => void response.writeHead(200, head).write(JPG.subarray(0, 20_000)),
      silence: () => {},
      cut: (_request, response) => {
        response.writeHead(200, head).write(JPG.subarray(0, 20_000), () => response.destroy())
      },
      compressed: (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(JPG),
      failure: (_request, response) => void response.writeHead(500).end(JPG),
    }
    for (const listener of Object.values(responses)) {
      reply = listener
      const response = await post(neighbourly, address('/a.jpg'))
      expect(response.status).toBe(422)
      expect(await getError(response)).toMatchObject({ code: 'REMOTE_FILE_UNAVAILABLE', message: UNAVAILABLE })
    }
    await expect.poll(() => visibleFiles(join(world.folder, 'poster'))).toEqual(before)
    await expect.poll(() => unfinishedFiles(join(world.folder, 'poster'))).toEqual([])
  })

  it('is answered with 404 where it is not allowed, and with 400 without an address', async () => {
    const off = await startMovieAdmin(world)
    expect((await post(off, address('/a.jpg'))).status).toBe(404)
    expect((await post(neighbourly, 5)).status).toBe(400)
    expect((await post(neighbourly, address('/a.jpg'), '/api/media/movie/nothing/from-url')).status).toBe(404)
    expect(connections).toBe(0)
  })
})

/** Addresses of this machine, its networks, or nothing at all, in every spelling. */
const PRIVATE = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '0',
  '0.0.0.0',
  '10.0.0.1',
  '10.255.255.255',
  '100.64.0.1',
  '100.127.255.254',
  '169.254.169.254',
  '169.254.1.1',
  '172.16.0.1',
  '172.31.255.254',
  '192.0.0.1',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.0.1',
  '192.168.255.254',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  'localhost',
  'LOCALHOST',
  'localhost.',
  '１２７.０.０.１',
  '[::]',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::127.0.0.1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:a00:1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b:1::1]',
  '[100::1]',
  '[2001::1]',
  '[2001:db8::1]',
  '[2002:7f00:1::1]',
  '[fc00::1]',
  '[fd00::1]',
  '[fe80::1]',
  '[fec0::1]',
  '[ff02::1]',
  '[4000::1]',
  'metadata.test',
  'both.test',
  'ipv6.test',
  'mapped.test',
  'nothing.test',
  'unknown.test',
]

describe('a private address', () => {
  it('is not connected to, in any spelling, and answered in one and the same sentence', async () => {
    for (const host of PRIVATE) {
      const response = await post(publicOnly, `http://${host}:${port}/a.jpg`)
      expect([host, response.status, (await getError(response)).message]).toEqual([host, 422, UNAVAILABLE])
    }
    process.stdout.write(`${PRIVATE.length} private addresses: ${connections} connections\n`)
    expect(connections).toBe(0)
  })

  it('is not reached by a redirect either', async () => {
    const targets = ['169.254.169.254', '[::1]', 'localhost', 'metadata.test', 'both.test'].map(
      (host) => `http://${host}/a`,
    )
    for (const location of [...targets, 'file:///etc/passwd', 'gopher://pictures.test/', '//10.0.0.1/', 'https://']) {
      reply = (_request, response) => void response.writeHead(302, { location }).end()
      expect((await post(neighbourly, address('/a.jpg'))).status).toBe(422)
    }
  })

  it('is not reached by a name that changes its address between check and connection', async () => {
    let asked = 0
    const rebinding = await startMovieAdmin(world, {
      uploadFromUrl: {
        allowedPorts: [port],
        timeout: 1,
        resolve: async () => (asked++ === 0 ? ['192.0.0.171'] : ['127.0.0.1']),
      },
    })
    expect((await post(rebinding, address('/a.jpg'))).status).toBe(422)
    expect([asked, connections]).toEqual([1, 0])
  })
})

describe('an address that is none', () => {
  it.each([
    'ftp://pictures.test/a.jpg',
    'file:///etc/passwd',
    'data:image/png;base64,AA==',
    'javascript:alert(1)',
    '//pictures.test/a.jpg',
    '/etc/passwd',
    'pictures.test/a.jpg',
    '',
    'http://',
    'http://pictures.test:22/a.jpg',
    'http://user:secret@pictures.test/a.jpg',
    `http://pictures.test/${'a'.repeat(2000)}.jpg`,
  ])('%.60s is refused', async (url) => {
    const response = await post(neighbourly, url)
    expect(response.status).toBe(422)
    expect((await getError(response)).message).not.toContain('secret')
    expect(connections).toBe(0)
  })

  it('of a host that is not allowed is refused', async () => {
    const picky = await startMovieAdmin(world, {
      uploadFromUrl: {
        allowedPorts: [port],
        allowedHosts: ['pictures.test'],
        allowedNetworks: ['127.0.0.0/8'],
        resolve,
      },
    })
    expect((await post(picky, address('/a.jpg'))).status).toBe(201)
    const refused = await post(picky, address('/a.jpg', 'other.test'))
    expect((await getError(refused)).message).toBe('Files are fetched from pictures.test only.')
  })
})
