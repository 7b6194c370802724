import type { AdminServer } from 'vitrine/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { sendRaw } from '../support/raw-connection.ts'

let world: MovieWorld
let proxied: AdminServer
let direct: AdminServer

beforeAll(async () => {
  world = await openMediaWorld()
  proxied = await (await startMovieAdmin(world, { trustedProxies: ['127.0.0.1'] })).listen()
  direct = await (await startMovieAdmin(world)).listen()
})

afterAll(async () => {
  await Promise.all([proxied.close(), direct.close()])
  await world.close()
})

const REQUEST = [
  'POST /api/media/movie/title HTTP/1.1',
  'Host: backend:8000',
  'Origin: https://admin.example.com',
  'X-Forwarded-Proto: https',
  'X-Forwarded-Host: admin.example.com',
  'Connection: close',
].join('\r\n')

it('believes a trusted proxy about where browsers find the admin', async () => {
  const response = await sendRaw(proxied.url, `${REQUEST}\r\nCookie: ${world.cookie}\r\n\r\n`)
  expect([response?.status, response?.body]).toEqual([404, expect.stringContaining('NOT_FOUND')])
})

it('believes nobody else', async () => {
  const response = await sendRaw(direct.url, `${REQUEST}\r\nCookie: ${world.cookie}\r\n\r\n`)
  expect([response?.status, response?.body]).toEqual([403, expect.stringContaining('CROSS_ORIGIN')])
})
