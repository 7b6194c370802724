import { readFile } from 'node:fs/promises'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import sharp from 'sharp'
import { createAdmin, tableConfig } from 'vitrine'
import { type AdminServer, serve } from 'vitrine/node'
import { originalFileName } from 'vitrine/storage'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { MemoryMediaStorage } from '../../examples/memory-storage/memory-media-storage.ts'
import { movie } from '../../examples/movies/schema.ts'
import { printFigure } from '../storage/print-figure.ts'
import { ANY_CONTENT } from '../support/any-content.ts'
import { ACT, HOSTILE, getBytes } from '../support/hostile-files.ts'
import { type SignedInWorld, openMovieWorld } from '../support/movie-world.ts'
import { launchBrowser } from './open-page.ts'

const COOKIE = 'application_session=ada'
const MARKUP = `<img src=x onerror="${ACT}">`
const media = fileURLToPath(new URL('../../examples/movies/media/', import.meta.url))

let world: SignedInWorld
let server: AdminServer
let elsewhere: Server
let browser: Browser
let context: BrowserContext
let keys: string[]
let rowId: number

/** Takes every content, so that showing alone has to hold. */
const storage = new MemoryMediaStorage({
  column: movie.screenshots,
  ...ANY_CONTENT,
  allowedExtensions: null,
  allowedCharacters: null,
})

beforeAll(async () => {
  ;[world, browser] = await Promise.all([openMovieWorld(), launchBrowser()])
  const files = [...HOSTILE.map(([name, content]) => [name, getBytes(content)] as const), ...(await hostileMetadata())]
  keys = await Promise.all(files.map(([name, content]) => storage.storeFile(name.replaceAll('/', '-'), content)))
  const row = { title: MARKUP, tagline: MARKUP, synopsis: MARKUP, screenshots: keys }
  rowId = (await world.db.insert(movie).values(row).returning())[0]!.id
  const admin = createAdmin({
    db: world.db,
    tables: [tableConfig({ table: movie, mediaStorage: [storage] })],
    authenticate: (request) =>
      request.headers.get('cookie') === COOKIE ? { id: '1', name: MARKUP, email: 'ada@example.com' } : null,
  })
  server = await serve(admin, { port: 0 })
  elsewhere = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(keys.map(embedded).join('\n'))
  })
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  context = await browser.newContext({ extraHTTPHeaders: { cookie: COOKIE }, viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(100_000)
})

afterAll(async () => {
  await browser?.close()
  elsewhere?.close()
  await server?.close()
  await world?.close()
})

/** Sound files of the demo and images that say markup where they tell about themselves. */
async function hostileMetadata(): Promise<(readonly [string, Uint8Array<ArrayBuffer>])[]> {
  const thumbnail = sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
  const exif = { IFD0: { ImageDescription: MARKUP, Artist: MARKUP, Copyright: MARKUP } }
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/">${MARKUP}</x:xmpmeta>`
  const photo = await thumbnail.jpeg().withExif(exif).withXmp(xmp).toBuffer()
  const music = await readFile(`${media}soundtracks/salt-and-morning.mp3`)
  return [
    ['markup in exif.jpg', new Uint8Array(photo)],
    ['markup in tags.mp3', getBytes(`${id3(MARKUP)}${music.toString('latin1')}`)],
    ['acting page.pdf', getBytes(ACTING_PDF)],
  ]
}

/** A tag that says the same as title, artist and comment. */
function id3(text: string): string {
  const frames = ['TIT2', 'TPE1', 'TALB'].map((name) => `${name}\0\0\0${size(text.length + 1)}\0\0\0${text}`).join('')
  return `ID3\x03\0\0\0\0${String.fromCharCode(frames.length >> 7)}${size(frames.length & 0x7f)}${frames}`
}

const size = (length: number) => String.fromCharCode(length)

/** It has a page, so that a viewer shows it, with scripts wherever a PDF may have them. */
const ACTING_PDF = `%PDF-1.7
1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(${ACT.replaceAll(/[()]/g, '\\$&')})>>/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert\\(1\\))>>]>>>>>>endobj
2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/AA<</O<</S/JavaScript/JS(app.alert\\(1\\))>>>>/Annots[4 0 R 5 0 R]/Contents 6 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FontMatrix[0.001 0 0 0.001 0 (0\\);${ACT.replaceAll(/[()]/g, '\\$&')}//)]>>>>>>>>endobj
4 0 obj<</Type/Annot/Subtype/Link/Rect[0 0 300 100]/A<</S/URI/URI(javascript:${ACT.replaceAll(/[()]/g, '\\$&')})>>>>endobj
5 0 obj<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(b)/Rect[0 100 300 200]/AA<</F<</S/JavaScript/JS(app.alert\\(1\\))>>>>>>endobj
6 0 obj<</Length 40>>stream
BT /F 18 Tf 20 50 Td (A page that acts) Tj ET
endstream endobj
trailer<</Root 1 0 R/Info<</Title(${MARKUP.replaceAll(/[()]/g, '\\$&')})>>>>
%%EOF`

const getAddress = (key: string) => `${server.url}/api/media/movie/screenshots/${encodeURIComponent(key)}`

/** In every way in which a page can take in another file. */
function embedded(key: string): string {
  const href = getAddress(key)
  return `<iframe src="${href}"></iframe><object data="${href}"></object><embed src="${href}">
    <img src="${href}"><script src="${href}"></script><link rel="stylesheet" href="${href}"><video src="${href}"></video>`
}

/** Counts what acts on a page: what it asks for, its dialogs, and its title. */
async function watchedPage(): Promise<{ page: Page; signs: () => Promise<string[]> }> {
  const page = await context.newPage()
  const signs: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/beacon')) signs.push(`asked for ${request.url()}`)
  })
  page.on('dialog', (dialog) => {
    signs.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => signs.push(`exception: ${error.message}`))
  const titled = async () => ((await page.title()) === 'beacon' ? ['it changed the title'] : [])
  return { page, signs: async () => [...signs, ...(await titled())] }
}

it('runs nothing of a hostile file in the list, in the form and in any viewer', async () => {
  const { page, signs } = await watchedPage()
  await page.goto(`${server.url}/tables/movie`)
  await page.getByRole('row').nth(1).waitFor()
  await page.goto(`${server.url}/tables/movie/rows/${rowId}`)
  const first = originalFileName(keys[0]!)
  await page.getByRole('button', { name: `View ${first}`, exact: true }).click()
  const viewer = page.getByRole('dialog')
  let shown = 0
  for (const key of keys) {
    await viewer.getByRole('heading', { level: 2, name: originalFileName(key), exact: true }).waitFor()
    // Long enough for what acts when it is loaded, and for what the viewer draws.
    await page.waitForTimeout(250)
    await clickLinks(page)
    shown += 1
    if (shown < keys.length) await viewer.getByRole('button', { name: 'Next file' }).click()
  }
  const alive = await signs()
  printFigure(`${alive.length} signs of life of ${shown} hostile files in the viewers`)
  expect(alive).toEqual([])
  expect(await page.evaluate(() => Object.keys(Object.prototype))).toEqual([])
  await page.close()
})

/** Links that a file brought: none may lead to a script. */
async function clickLinks(page: Page): Promise<void> {
  const urls = await page
    .getByRole('dialog')
    .locator('a[href]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  expect(urls.filter((href) => /^\s*(?:javascript|data|vbscript):/i.test(href))).toEqual([])
}

it('runs nothing of a hostile file that a page of another origin takes in', async () => {
  const { page, signs } = await watchedPage()
  const { port } = elsewhere.address() as AddressInfo
  await page.goto(`http://localhost:${port}/`, { waitUntil: 'networkidle' })
  const frames = page.frames().length - 1
  const thumbnails = await page
    .locator('img')
    .evaluateAll((images: HTMLImageElement[]) => images.filter((image) => image.naturalWidth > 0).length)
  const alive = (await signs()).filter((sign) => !sign.startsWith('exception: Unexpected token'))
  printFigure(
    `${alive.length} signs of life and ${thumbnails} pictures of ${keys.length} hostile files that another origin takes in (${frames} frames)`,
  )
  expect(alive).toEqual([])
  expect(thumbnails).toBe(0)
  await page.close()
})
