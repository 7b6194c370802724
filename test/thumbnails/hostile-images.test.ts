import { readFile, readdir } from 'node:fs/promises'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AdminProcess, startAdminProcess } from '../support/admin-process.ts'
import { blackPng, disguisedImages, hugeGif, longGif, longWebp } from '../support/hostile-images.ts'
import { openMediaWorld } from '../support/media-world.ts'
import type { MovieWorld } from '../support/movie-admin.ts'
import { openDescriptors } from '../support/open-descriptors.ts'
import { readFiles } from '../support/read-json.ts'
import { quartered } from '../support/sample-images.ts'
import { printFigure } from '../storage/print-figure.ts'

const MEBIBYTE = 1024 * 1024

let world: MovieWorld
let server: AdminProcess

beforeAll(async () => {
  world = await openMediaWorld()
  server = await startAdminProcess(world.folder)
  await fetchThumbnail(await upload('warm.jpg', await quartered(400, 200).jpeg().toBuffer()))
})

afterAll(async () => {
  await server.kill()
  await world.close()
})

async function upload(name: string, content: Uint8Array): Promise<string> {
  const response = await fetch(`${server.url}/api/media/movie/trailer?name=${name}`, {
    method: 'POST',
    headers: { cookie: world.cookie },
    body: new Uint8Array(content),
  })
  return (await readFiles(response))[0]!.fileKey
}

async function fetchThumbnail(
  fileKey: string,
  width = 64,
): Promise<{ status: number; time: number; bytes: Uint8Array }> {
  const started = performance.now()
  const reply = await fetch(`${server.url}/api/media/movie/trailer/${fileKey}/thumbnail?width=${width}`, {
    headers: { cookie: world.cookie },
  })
  const bytes = new Uint8Array(await reply.arrayBuffer())
  return { status: reply.status, time: performance.now() - started, bytes }
}

/** The processes that the server started. */
async function renderers(): Promise<number[]> {
  const children = await readFile(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8')
  return children.trim().split(' ').filter(Boolean).map(Number)
}

async function residentSize(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024
}

/** Everything that the server and its renderers hold. */
async function memory(): Promise<number> {
  const sizes = await Promise.all([server.pid, ...(await renderers())].map(residentSize))
  return sizes.reduce((sum, size) => sum + size, 0)
}

it('pictures of more pixels than can be held are refused at once, by their headers', async () => {
  const bombs = { 'black.png': blackPng(30_000, 30_000), 'wide.png': blackPng(1_000_000, 101), 'huge.gif': hugeGif() }
  const before = await memory()
  let most = before
  const timer = setInterval(() => void memory().then((size) => (most = Math.max(most, size))), 10)
  for (const [name, bomb] of Object.entries(bombs)) {
    const { status, time, bytes } = await fetchThumbnail(await upload(name, bomb))
    printFigure(`${name}, ${Math.ceil(bomb.byteLength / 1000)} kB: refused in ${Math.round(time)} ms`)
    expect([name, status]).toEqual([name, 422])
    expect(new TextDecoder().decode(bytes)).toContain('it has more than 100 million pixels')
    expect(time).toBeLessThan(1000)
  }
  clearInterval(timer)
  printFigure(`pixel bombs: ${Math.round((most - before) / MEBIBYTE)} MiB more memory at most, renderers included`)
  expect(most - before).toBeLessThan(50 * MEBIBYTE)
})

it('of pictures that move the first frame alone is decoded, however many there are', async () => {
  const still = await sharp({ create: { width: 1000, height: 1000, channels: 3, background: 'red' } })
    .webp({ lossless: true })
    .toBuffer()
  const moving = { 'long.gif': longGif(10_000), 'long.webp': longWebp(10_000, still, 1000) }
  for (const [name, content] of Object.entries(moving)) {
    const { pages } = await sharp(content, { limitInputPixels: false }).metadata()
    expect([name, pages]).toEqual([name, 10_000])
    const fileKey = await upload(name, content)
    const before = await memory()
    let most = before
    const timer = setInterval(() => void memory().then((size) => (most = Math.max(most, size))), 10)
    const { status, time, bytes } = await fetchThumbnail(fileKey)
    clearInterval(timer)
    const figures = `${Math.round(time)} ms, ${Math.round((most - before) / MEBIBYTE)} MiB more memory at most`
    printFigure(`${name}, 10,000 frames of a million pixels in ${Math.ceil(content.byteLength / 1000)} kB: ${figures}`)
    expect([name, status]).toEqual([name, 200])
    const { width, pages: left = 1 } = await sharp(bytes).metadata()
    expect([width, left]).toEqual([64, 1])
    // All frames would take 40 GB, and minutes.
    expect(most - before).toBeLessThan(50 * MEBIBYTE)
    expect(time).toBeLessThan(10_000)
  }
})

it('languages under the name of a picture are not read, and reach nothing', async () => {
  let reached = 0
  const sink = createServer((_request, response) => {
    reached += 1
    response.end()
  }).listen(0, '127.0.0.1')
  await once(sink, 'listening')
  const { port } = sink.address() as AddressInfo
  let refused = 0
  for (const target of [`http://127.0.0.1:${port}/canary`, '/etc/passwd', '|/bin/touch /tmp/vitrine-touched']) {
    for (const [kind, content] of Object.entries(disguisedImages(target))) {
      for (const extension of ['png', 'jpg', 'gif', 'tif']) {
        const { status, time } = await fetchThumbnail(await upload(`${kind}.${extension}`, content))
        expect([kind, extension, status]).toEqual([kind, extension, 422])
        expect(time).toBeLessThan(1000)
        refused += 1
      }
    }
  }
  sink.close()
  const left = (await readdir('/tmp')).filter((name) => /^vitrine-(touched|written)/.test(name))
  printFigure(
    `languages named as pictures: ${refused} of ${refused} refused, ${reached} connections, ${left.length} files`,
  )
  expect([reached, left]).toEqual([0, []])
}, 60_000)

it('a renderer that is killed takes nothing with it, at rest or at work', async () => {
  const photo = await noise(4000, 3000).jpeg({ quality: 90 }).toBuffer()
  const atWork = await upload('large.jpg', photo)
  for (const pid of await renderers()) process.kill(pid, 'SIGKILL')
  const waiting = fetchThumbnail(atWork, 1280)
  const killed = await killNextRenderer()
  const { status, time } = await waiting
  printFigure(`renderer killed at work: answered ${status} after ${Math.round(time)} ms`)
  expect([status, killed]).toEqual([200, true])
  expect((await fetch(`${server.url}/api/session`, { headers: { cookie: world.cookie } })).status).toBe(200)
})

it('200 requests for one picture leave no descriptor and no process behind', async () => {
  const photo = await upload('photo.jpg', await noise(3000, 2000).jpeg().toBuffer())
  const before = await openDescriptors(server.pid)
  const responses = await Promise.all(Array.from({ length: 200 }, () => fetchThumbnail(photo, 320)))
  const different = new Set(responses.map(({ status, bytes }) => `${status} ${Buffer.from(bytes).toString('base64')}`))
  expect(different.size).toBe(1)
  expect(responses[0]!.status).toBe(200)
  await fetch(`${server.url}/api/session`, { headers: { cookie: world.cookie, connection: 'close' } })
  expect((await renderers()).length).toBeLessThanOrEqual(2)
  const after = await openDescriptors(server.pid)
  const connections = 200
  printFigure(`200 requests for one picture: ${after - before} more descriptors, idle connections among them`)
  expect(after - before).toBeLessThan(connections + 10)
})

async function killNextRenderer(): Promise<boolean> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    // The first bytes of its life it spends starting: it is killed when it has taken the image.
    for (const pid of await renderers()) {
      if ((await residentSize(pid)) > 120 * MEBIBYTE) return process.kill(pid, 'SIGKILL')
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return false
}

/** Random pixels, which take longest to decode. */
function noise(width: number, height: number) {
  const pixels = new Uint8Array(width * height * 3)
  for (let start = 0; start < pixels.byteLength; start += 65_536) {
    crypto.getRandomValues(pixels.subarray(start, start + 65_536))
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}
