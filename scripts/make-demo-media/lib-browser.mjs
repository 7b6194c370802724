/** Headless Chromium as the drawing table: pages are served from this folder, so they can import modules. */
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const root = fileURLToPath(new URL('.', import.meta.url))
export const mediaFolder = fileURLToPath(new URL('../../examples/movies/media/', import.meta.url))
const origin = 'http://drawing-table.test/'
const types = { '.html': 'text/html', '.mjs': 'text/javascript', '.css': 'text/css', '.jpg': 'image/jpeg' }

export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--font-render-hinting=none', '--force-color-profile=srgb'],
  })
}

/** Opens a page of this folder; `/media/…` reads the files already made. */
export async function openPage(browser, path, { width, height, scale = 1 }) {
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: scale })
  page.on('pageerror', (error) => console.error(`${path}: ${error.message}`))
  await page.route(`${origin}**`, async (route) => {
    const wanted = normalize(decodeURIComponent(new URL(route.request().url()).pathname))
    const file = wanted.startsWith('/media/') ? join(mediaFolder, wanted.slice(7)) : join(root, wanted)
    try {
      await route.fulfill({
        body: await readFile(file),
        contentType: types[extname(file)] ?? 'application/octet-stream',
      })
    } catch {
      await route.fulfill({ status: 404, body: '' })
    }
  })
  await page.goto(origin + path)
  return page
}
