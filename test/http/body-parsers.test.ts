import { createServer } from 'node:http'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { toNodeHandler } from 'vitrine/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { sampleFile } from '../support/sample-files.ts'

let world: MovieWorld
let admin: MovieAdmin

beforeAll(async () => {
  world = await openMediaWorld()
  admin = await startMovieAdmin(world)
})

afterAll(() => world.close())

const REFUSAL = {
  error: {
    code: 'INTERNAL_ERROR',
    message:
      'The body of the request was read before it reached the admin: mount the admin before express.json() and other body parsers.',
  },
}

it('a request whose body a parser has read is refused with the cause and the fix', async () => {
  const handle = toNodeHandler(admin.admin)
  // As express.json() does: JSON is read, everything else is left alone.
  const server = createServer((request, response) => {
    const isJson = request.headers['content-type'] === 'application/json'
    void (isJson ? text(request) : Promise.resolve('')).then(() => handle(request, response))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  const post = (path: string, type: string, body: string | Uint8Array<ArrayBuffer>) =>
    fetch(`${url}${path}`, { method: 'POST', headers: { cookie: world.cookie, 'content-type': type }, body })
  try {
    for (const path of ['/api/tables/movie/rows', '/api/auth/sign-in/email']) {
      const answer = await post(path, 'application/json', '{"title":"Metropolis"}')
      expect([answer.status, await answer.json()]).toEqual([500, REFUSAL])
    }
    const upload = await post('/api/media/movie/poster?name=poster.jpg', 'image/jpeg', sampleFile('jpg').slice())
    expect(upload.status).toBe(201)
    expect((await fetch(`${url}/api/tables`, { headers: { cookie: world.cookie } })).status).toBe(200)
  } finally {
    server.close()
  }
})

it('so is a Request whose body was read', async () => {
  const request = new Request('http://admin.test/api/tables/movie/rows', {
    method: 'POST',
    headers: { cookie: world.cookie, 'content-type': 'application/json', 'content-length': '22' },
    body: '{"title":"Metropolis"}',
  })
  await request.text()
  const answer = await admin.admin.fetch(request)
  expect([answer.status, await answer.json()]).toEqual([500, REFUSAL])
})
