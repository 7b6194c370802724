import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DroppingProxy, startDroppingProxy } from '../support/dropping-proxy.ts'
import { type DemoServer, startDemo } from './demo-server.ts'
import { launchBrowser, openPage, signIn } from './open-page.ts'

const SIZE = 24 * 1024 * 1024
const CUTS = [1, 2, 3, 4, 5].map((number) => (SIZE / 6) * number)
const TRAILER = fileURLToPath(
  new URL('../../examples/movies/media/trailers/nightfall-season-reel.mp4', import.meta.url),
)

let demo: DemoServer
let browser: Browser
let page: Page
let proxy: DroppingProxy

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemo(), launchBrowser()])
  proxy = await startDroppingProxy(demo.url, CUTS)
  page = await openPage(browser)
  await signIn(page, proxy.url)
  await page.evaluate(await getBundle('./uppy-page.ts'))
})

afterAll(async () => {
  await browser?.close()
  proxy?.close()
  await demo?.stop()
})

async function getBundle(path: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      lib: { entry: fileURLToPath(new URL(path, import.meta.url)), formats: ['iife'], name: 'page' },
    },
  })
  const [bundle] = [result].flat()
  if (bundle === undefined || !('output' in bundle)) throw new Error('Vite made no bundle.')
  return bundle.output[0].code
}

it('Uppy in a browser sends a file through 5 cut connections and a restart, byte for byte', async () => {
  const head = [...(await readFile(TRAILER))]
  const startedAt = performance.now()
  const uploading = page.evaluate(
    ({ head: bytes, size }) => window.uploadByUppy('/api/media/movie/trailer/uploads', bytes, size),
    { head, size: SIZE },
  )
  while (proxy.drops < 3) await new Promise((resolve) => setTimeout(resolve, 5))
  await demo.restart()
  const { fileKey, sha256 } = await uploading
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(join(demo.dataFolder, 'media/movie_trailer', fileKey)))
    hash.update(chunk as Buffer)
  expect([proxy.drops, hash.digest('hex')]).toEqual([5, sha256])
  process.stdout.write(`Uppy: ${SIZE / 1024 / 1024} MiB, 5 cut connections, 1 restart, ${seconds} s\n`)
}, 600_000)
