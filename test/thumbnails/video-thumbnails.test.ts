import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Thumbnails } from 'vitrine'
import { GeneratedThumbnails } from '../../src/media/thumbnails/generated-thumbnails.ts'
import { VideoThumbnails } from '../../src/media/thumbnails/video-thumbnails.ts'
import { Previews } from '../../src/media/thumbnails/previews.ts'
import { Renderings } from '../../src/media/thumbnails/renderings.ts'
import { demoMedia } from '../support/demo-media.ts'
import { hostileVideos } from '../support/hostile-videos.ts'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { quartered } from '../support/sample-images.ts'
import { printFigure } from '../storage/print-figure.ts'

const FFMPEG = spawnSync('ffmpeg', ['-version']).status === 0
if (!FFMPEG) console.log('  not run for want of ffmpeg: the picture that is found in a film')

let world: MovieWorld
let temporaryFolder: string

beforeAll(async () => {
  world = await openMediaWorld()
  // Other servers on this machine have excerpts of videos under way, too.
  temporaryFolder = join(world.folder, 'temporary')
  await mkdir(temporaryFolder)
  vi.stubEnv('TMPDIR', temporaryFolder)
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await world.close()
})

async function getThumbnail(admin: MovieAdmin, name: string, content: Uint8Array): Promise<Response> {
  const fileKey = await admin.storages.trailer.storeFile(name, content)
  return admin.send(`/api/media/movie/trailer/${fileKey}/thumbnail?width=320`)
}

/** Excerpts of videos that nobody removed. */
async function leftExcerpts(): Promise<string[]> {
  return (await readdir(temporaryFolder)).filter((name) => name.startsWith('vitrine-film-'))
}

/** A program in the place of ffmpeg, which notes its parameters and environment. */
async function pretender(name: string, then: string): Promise<{ path: string; told: () => Promise<string[]> }> {
  const path = join(world.folder, name)
  await writeFile(path, `#!/bin/sh\necho "$@" >> '${path}.told'\n/usr/bin/env >> '${path}.environment'\n${then}\n`)
  await chmod(path, 0o755)
  return {
    path,
    told: async () => (await readFile(`${path}.told`, 'utf8').catch(() => '')).split('\n').filter(Boolean),
  }
}

describe.runIf(FFMPEG)('a film without a picture', () => {
  it('shows one that ffmpeg finds in it, also when its tables stand at its end', async () => {
    const admin = await startMovieAdmin(world)
    const started = performance.now()
    const reply = await getThumbnail(admin, 'trailer.mp4', await demoMedia('trailers/nightfall-season-reel.mp4'))
    printFigure(`picture of a film of 16 s: ${Math.round(performance.now() - started)} ms`)
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'image/webp'])
    const thumbnail = new Uint8Array(await reply.arrayBuffer())
    const { width, height } = await sharp(thumbnail).metadata()
    expect([width, height]).toEqual([320, 180])
    const { channels } = await sharp(thumbnail).stats()
    const brightness = channels.slice(0, 3).reduce((sum, { mean }) => sum + mean, 0) / 3
    expect(brightness).toBeGreaterThan(10)
  })

  it('that begins with black shows what comes after', async () => {
    const path = join(world.folder, 'fade.webm')
    const parameters = '-f lavfi -i color=black:s=160x90:r=10:d=3 -f lavfi -i color=white:s=160x90:r=10:d=4'
    const joined = [...parameters.split(' '), '-filter_complex', 'concat=n=2', '-c:v', 'libvpx', path]
    expect(spawnSync('ffmpeg', ['-loglevel', 'error', ...joined]).status).toBe(0)
    const reply = await getThumbnail(await startMovieAdmin(world), 'fade.webm', await readFile(path))
    const { dominant } = await sharp(new Uint8Array(await reply.arrayBuffer())).stats()
    expect(Math.min(dominant.r, dominant.g, dominant.b)).toBeGreaterThan(200)
  })

  it('is searched once for many who ask, and no more when there is nothing in it', async () => {
    const admin = await startMovieAdmin(world)
    const fileKey = await admin.storages.trailer.storeFile(
      'broken.mp4',
      hostileVideos('file:///nothing')['referring.mov']!,
    )
    const path = `/api/media/movie/trailer/${fileKey}/thumbnail?width=64`
    const responses = await Promise.all(Array.from({ length: 50 }, () => admin.send(path)))
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([204]))
    const started = performance.now()
    await admin.send(path)
    expect(performance.now() - started).toBeLessThan(1000)
  })

  it('that names files and addresses has nothing read or fetched', async () => {
    const admin = await startMovieAdmin(world)
    let reached = 0
    const sink = createServer((_request, response) => {
      reached += 1
      response.end()
    }).listen(0, '127.0.0.1')
    await once(sink, 'listening')
    const { port } = sink.address() as AddressInfo
    const frame = join(world.folder, 'secret.jpg')
    await writeFile(frame, await quartered(16, 16).jpeg().toBuffer())
    // What is refused here is read where ffmpeg is let: the video's image is in another file.
    const video = join(world.folder, 'referring.mov')
    await writeFile(video, hostileVideos(`file://${frame}`)['referring-by-alias.mov']!)
    const careless = ['-enable_drefs', '1', '-use_absolute_path', '1', '-i', video, '-f', 'image2pipe', 'pipe:1']
    expect(spawnSync('ffmpeg', careless).stdout.byteLength).toBeGreaterThan(50)
    let asked = 0
    for (const target of [`http://127.0.0.1:${port}/canary.jpg`, `file://${frame}`, 'file:///etc/passwd']) {
      for (const [name, content] of Object.entries(hostileVideos(target))) {
        const reply = await getThumbnail(admin, name, content)
        expect([target, name, reply.status]).toEqual([target, name, 204])
        asked += 1
      }
    }
    sink.close()
    printFigure(`hostile films: ${asked} of ${asked} without a picture, ${reached} connections`)
    expect(reached).toBe(0)
  })
})

describe('ffmpeg', () => {
  const video = () => demoMedia('trailers/nightfall-season-reel.mp4')
  const adminWith = (ffmpeg: string | false) => startMovieAdmin(world, { thumbnails: new Thumbnails({ ffmpeg }) })

  it('gets what begins as a film, in its own kind, and none of the environment', async () => {
    process.env.VITRINE_TEST_SECRET = 'a secret'
    const { path, told } = await pretender('pretender', 'exit 1')
    const admin = await adminWith(path)
    for (const [name, content] of Object.entries(hostileVideos('http://127.0.0.1:1/')))
      await getThumbnail(admin, name, content)
    delete process.env.VITRINE_TEST_SECRET
    const calls = await told()
    const formats = calls.map((call) => /-protocol_whitelist file -f (\w+) .*-i file:\/\S+\/video /.exec(call)?.[1])
    // Six videos and two, twice each: with and without the search for a telling image.
    const times = (format: string) => formats.filter((each) => each === format).length
    expect([formats.length, times('mov'), times('matroska')]).toEqual([16, 12, 4])
    const environment = await readFile(`${path}.environment`, 'utf8')
    expect(environment).not.toContain('secret')
  })

  it.each([
    ['writes without end', 'exec cat /dev/zero'],
    ['writes no picture', 'echo "<svg/>"'],
    ['crashes', 'kill -SEGV $$'],
  ])('that %s gives no picture, and the server goes on', async (_what, then) => {
    const { path } = await pretender(`odd-${crypto.randomUUID()}`, then)
    const admin = await adminWith(path)
    expect((await getThumbnail(admin, 'film.mp4', await video())).status).toBe(204)
    expect((await admin.send('/api/session')).status).toBe(200)
  })

  it.each([false, 'no-such-program', '/nowhere/ffmpeg'] as const)('is not needed: %s', async (ffmpeg) => {
    const admin = await adminWith(ffmpeg)
    expect((await getThumbnail(admin, 'film.mp4', await video())).status).toBe(204)
    expect(admin.log).toEqual([])
  })

  it('that takes long keeps nobody waiting for films that come before his', async () => {
    const go = join(world.folder, 'go')
    const { path, told } = await pretender('slow', `until [ -e '${go}' ]; do sleep 0.1; done; exit 1`)
    const { trailer } = (await adminWith(false)).storages
    const failures: unknown[] = []
    const onCacheFailure = (error: unknown) => void failures.push(error)
    const [renderings, previews] = [new Renderings(1), new Previews(onCacheFailure)]
    const stills = new VideoThumbnails(path)
    const images = new GeneratedThumbnails({ renderings, previews, stills, onCacheFailure, timeoutMs: 500 })
    const content = await video()
    const find = async (name: string) => {
      const stored = await trailer.getFile(await trailer.storeFile(name, content))
      return images.find(trailer, stored!)
    }
    expect(await Promise.all(['a.mp4', 'b.mp4', 'c.mp4'].map(find))).toEqual([null, null, null])
    // The first video is still searched.
    expect((await told()).length).toBeLessThan(2)
    await writeFile(go, '')
    await expect.poll(told).toHaveLength(6)
    await expect.poll(leftExcerpts).toEqual([])
    expect(failures).toEqual([])
  })

  it('that never ends is ended, and no excerpt of a film is left', async () => {
    const { path } = await pretender('sleeper', 'exec sleep 600')
    const { trailer } = (await adminWith(false)).storages
    const stored = await trailer.getFile(await trailer.storeFile('film.mp4', await video()))
    const started = performance.now()
    expect(await new VideoThumbnails(path, 500).find(stored!)).toBe(null)
    expect(performance.now() - started).toBeLessThan(60_000)
    expect(await leftExcerpts()).toEqual([])
  })

  it('makes room of what killed servers left an hour ago, and of nothing else', async () => {
    const excerpts = ['vitrine-film-left', 'vitrine-film-in-use', 'somebody-elses']
    for (const name of excerpts) {
      const folder = join(temporaryFolder, name)
      await mkdir(folder)
      await writeFile(join(folder, 'film'), 'x')
      const age = name === 'vitrine-film-in-use' ? 3000 : 4000
      await utimes(folder, Date.now() / 1000 - age, Date.now() / 1000 - age)
    }
    const { path } = await pretender('finder', 'exit 1')
    const { trailer } = (await adminWith(false)).storages
    const stored = await trailer.getFile(await trailer.storeFile('film.mp4', await video()))
    expect(await new VideoThumbnails(path).find(stored!)).toBe(null)
    expect((await readdir(temporaryFolder)).toSorted()).toEqual(['somebody-elses', 'vitrine-film-in-use'])
    for (const name of excerpts) await rm(join(temporaryFolder, name), { recursive: true, force: true })
  })
})
