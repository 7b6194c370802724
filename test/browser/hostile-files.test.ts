import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { drizzle } from 'drizzle-orm/postgres-js'
import type { Browser, BrowserContext } from 'playwright-core'
import postgres from 'postgres'
import { createAdmin, tableConfig } from 'vitrine'
import { type AdminServer, serve } from 'vitrine/node'
import { getContentType } from 'vitrine/storage'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { MemoryMediaStorage } from '../../examples/memory-storage/memory-media-storage.ts'
import { movie } from '../../examples/movies/schema.ts'
import { ANY_CONTENT } from '../support/any-content.ts'
import { HOSTILE, getBytes } from '../support/hostile-files.ts'
import { printFigure } from '../storage/print-figure.ts'
import { launchBrowser } from './open-page.ts'

/** No row is touched: it cannot be reached. */
const client = postgres('postgres://nobody@127.0.0.1:1/none', { max: 1 })
const COOKIE = 'application_session=ada'

let server: AdminServer
let careless: Server
let browser: Browser
const storage = new MemoryMediaStorage({
  column: movie.poster,
  ...ANY_CONTENT,
  allowedExtensions: null,
  allowedCharacters: null,
})

beforeAll(async () => {
  const admin = createAdmin({
    db: drizzle(client),
    tables: [tableConfig({ table: movie, mediaStorage: [storage] })],
    authenticate: (request) =>
      request.headers.get('cookie') === COOKIE ? { id: '1', name: 'Ada', email: 'ada@example.com' } : null,
  })
  server = await serve(admin, { port: 0 })
  // As a server would send them that knows only their types.
  careless = createServer((request, response) => {
    const file = HOSTILE[Number(request.url?.slice(1))]
    response.setHeader('content-type', getContentType(file?.[0] ?? ''))
    response.end(file === undefined ? '' : getBytes(file[1]))
  })
  await new Promise<void>((resolve) => careless.listen(0, '127.0.0.1', resolve))
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser.close()
  careless.close()
  await server.close()
  await client.end()
})

/** Opens addresses one after another, and tells of each how often something acted while it was open. */
async function visitor(context: BrowserContext): Promise<(url: string) => Promise<number>> {
  const page = await context.newPage()
  let signs = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/beacon')) signs += 1
  })
  page.on('dialog', (dialog) => {
    signs += 1
    void dialog.dismiss()
  })
  return async (url) => {
    await page.goto('about:blank')
    signs = 0
    // What is saved is no page: the browser breaks the navigation off.
    await page.goto(url).catch((error: unknown) => {
      if (!/ERR_ABORTED|Download is starting/.test(String(error))) throw error
    })
    await page.waitForTimeout(100)
    return signs + ((await page.title()).includes('beacon') ? 1 : 0)
  }
}

it('runs nothing of a hostile file that is opened directly', async () => {
  const context = await browser.newContext({ extraHTTPHeaders: { cookie: COOKIE } })
  context.setDefaultTimeout(60_000)
  const activity = await visitor(context)
  const alive: string[] = []
  for (const [name, content] of HOSTILE) {
    const key = await storage.storeFile(name.replaceAll('/', '-'), getBytes(content))
    const url = `${server.url}/api/media/movie/poster/${encodeURIComponent(key)}`
    const reply = await fetch(url, { headers: { cookie: COOKIE } })
    expect([name, reply.status, reply.headers.get('x-content-type-options')]).toEqual([name, 200, 'nosniff'])
    if ((await activity(url)) > 0) alive.push(name)
  }
  await context.close()
  printFigure(`${alive.length} of ${HOSTILE.length} hostile files acted when opened directly`)
  expect(alive).toEqual([])
})

it('would notice it: without these headers the SVG acts', async () => {
  const context = await browser.newContext()
  context.setDefaultTimeout(60_000)
  const { port } = careless.address() as AddressInfo
  expect(await (await visitor(context))(`http://127.0.0.1:${port}/0`)).toBeGreaterThan(0)
  await context.close()
})

const NAMESPACES =
  'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="120" height="90" viewBox="0 0 120 90"'
const DOT =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='

it.each([
  [
    'a gradient',
    '<defs><linearGradient id="a"><stop stop-color="red"/><stop offset="1" stop-color="#00f"/></linearGradient></defs><rect width="100" height="80" fill="url(#a)"/>',
  ],
  [
    'a radial gradient by style',
    '<radialGradient id="a"><stop stop-color="lime"/><stop offset="1"/></radialGradient><circle cx="50" cy="40" r="35" style="fill:url(\'#a\');stroke:red"/>',
  ],
  [
    'a mask and a clip path',
    '<mask id="m"><circle cx="40" cy="40" r="30" fill="white"/></mask><clipPath id="c"><rect width="60" height="60"/></clipPath><g clip-path="url(#c)"><rect width="120" height="90" mask="url(#m)" fill="green"/></g>',
  ],
  [
    'a filter',
    '<filter id="f"><feGaussianBlur stdDeviation="3"/><feOffset dx="5"/></filter><rect x="20" y="20" width="40" height="30" filter="url(#f)"/>',
  ],
  [
    'text',
    '<text x="5" y="40" font-size="20" xml:space="preserve">a  <tspan fill="red" dy="5">b &amp; c</tspan></text>',
  ],
  [
    'symbols',
    '<symbol id="s" viewBox="0 0 10 10"><path d="M0 0h10v10z"/></symbol><use xlink:href="#s" width="40" height="40"/><use href="#s" x="50" width="30" height="30" fill="red"/>',
  ],
  [
    'classes',
    '<style type="text/css"><![CDATA[.a{fill:teal}g>rect{stroke:red;stroke-width:3}]]></style><g><rect class="a" width="50" height="50"/></g>',
  ],
  [
    'a pattern',
    '<pattern id="p" width="10" height="10" patternUnits="userSpaceOnUse"><circle cx="5" cy="5" r="3"/></pattern><rect width="100" height="80" fill="url(#p)"/>',
  ],
  [
    'a marker',
    '<marker id="m" markerWidth="8" markerHeight="8" refX="4" refY="4" orient="auto"><circle cx="4" cy="4" r="4"/></marker><path d="M10 10 L60 60" stroke="red" marker-end="url(#m)"/>',
  ],
  [
    'an embedded picture',
    `<image xlink:href="${DOT}" x="10" y="10" width="50" height="50" preserveAspectRatio="none"/>`,
  ],
  [
    'transformations and dashes',
    '<g transform="translate(20 20) rotate(20)" opacity=".5"><polygon points="0,0 60,0 30,40" stroke="blue" stroke-dasharray="4 2" fill-rule="evenodd"/></g>',
  ],
  [
    'text on a path',
    '<path id="t" d="M10 50 Q60 0 110 50" fill="none"/><text><textPath href="#t" startOffset="10%">along a path</textPath></text>',
  ],
])('looks the same after it was sanitised: an SVG with %s', async (_title, drawing) => {
  const sanitising = new MemoryMediaStorage({ column: movie.poster })
  const before = `<svg ${NAMESPACES}>${drawing}</svg>`
  const file = await sanitising.getFile(await sanitising.storeFile('a.svg', new Blob([before])))
  const page = await browser.newPage({ viewport: { width: 130, height: 100 } })
  const shown = async (svg: string) => {
    await page.setContent(`<img src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}">`)
    await page.locator('img').evaluate((image: HTMLImageElement) => image.decode())
    return (await page.screenshot()).toString('base64')
  }
  const blank = await shown(`<svg ${NAMESPACES}/>`)
  const drawn = await shown(before)
  expect(drawn).not.toBe(blank)
  expect(await shown((await file?.text()) ?? '')).toBe(drawn)
  await page.close()
})
