import { readdir, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoServer, startDemo } from './demo-server.ts'
import { tabTo } from './keyboard.ts'
import { launchBrowser, openPage, signIn } from './open-page.ts'
import { sampleImage } from './sample-images.ts'

let demo: DemoServer
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemo(), launchBrowser()])
  page = await openPage(browser, { viewport: { width: 1440, height: 900 } })
  await signIn(page, demo.url)
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

const posters = () => page.getByRole('region', { name: 'Movie Poster' })

async function postersFolder(): Promise<string> {
  const folders = await readdir(demo.dataFolder, { recursive: true })
  const folder = folders.find((path) => path.endsWith('movie_poster'))
  if (folder === undefined) throw new Error(`There is no folder of posters among ${folders.join(', ')}`)
  return join(demo.dataFolder, folder)
}

/** A file that was uploaded for a form that was never saved, two days ago. */
async function leaveUnusedFile(name: string): Promise<string> {
  const { mimeType, buffer } = await sampleImage('posters/nine-looms.jpg', name)
  const response = await page.request.post(`${demo.url}/api/media/movie/poster?name=${encodeURIComponent(name)}`, {
    headers: { 'content-type': mimeType, origin: demo.url },
    data: buffer,
  })
  const { files }: { files: { fileKey: string }[] } = JSON.parse(await response.text())
  const path = join(await postersFolder(), files[0]!.fileKey)
  const twoDaysAgo = Date.now() / 1000 - 2 * 86_400
  await utimes(path, twoDaysAgo, twoDaysAgo)
  return path
}

const storedPosters = async () => (await readdir(await postersFolder())).filter((name) => !name.startsWith('.'))

describe('the clean-up', () => {
  it('finds nothing where every file is used', async () => {
    await page.getByRole('link', { name: 'Clean-up' }).click()
    await posters().getByRole('button', { name: 'Look for unused files' }).click()
    await posters().getByText('No unused files').waitFor()
  })

  it('shows what would go, takes it away, and brings it back', async () => {
    const before = await storedPosters()
    await leaveUnusedFile('forgotten one.jpg')
    await leaveUnusedFile('forgotten two.jpg')
    await posters().getByRole('button', { name: 'Look for unused files' }).click()
    await posters().getByRole('button', { name: 'View forgotten one.jpg' }).waitFor()
    await posters().getByRole('button', { name: 'Move 2 files to the trash' }).click()
    await posters().getByText('2 files moved to the trash').waitFor()
    expect((await storedPosters()).toSorted()).toEqual(before.toSorted())
    await posters().getByRole('button', { name: 'Bring them back' }).click()
    await posters().getByText('2 files brought back').waitFor()
    expect(await storedPosters()).toHaveLength(before.length + 2)
  })

  it('keeps a file that came into use after it was shown', async () => {
    await page.reload()
    for (const path of (await storedPosters()).filter((name) => name.startsWith('forgotten'))) {
      await rm(join(await postersFolder(), path))
    }
    const path = await leaveUnusedFile('late.jpg')
    await posters().getByRole('button', { name: 'Look for unused files' }).click()
    await posters().getByRole('button', { name: 'View late.jpg' }).waitFor()
    const saved = await page.request.patch(`${demo.url}/api/tables/movie/rows/1`, {
      headers: { origin: demo.url },
      data: { poster: path.split('/').at(-1) },
    })
    expect(saved.status()).toBe(200)
    await posters().getByRole('button', { name: 'Move 1 file to the trash' }).click()
    await posters().getByText('0 files moved to the trash').waitFor()
    expect((await storedPosters()).filter((name) => name.startsWith('late'))).toHaveLength(1)
  })

  it('names the rows whose files are missing', async () => {
    const [late] = (await storedPosters()).filter((name) => name.startsWith('late'))
    await rm(join(await postersFolder(), late!))
    await posters().getByRole('button', { name: 'Look for missing files' }).click()
    await posters().getByRole('link', { name: 'misses late.jpg' }).click()
    await page.getByRole('heading', { name: 'The Salt Cartographer', level: 1 }).waitFor()
  })

  it('is done by the keyboard alone', async () => {
    await leaveUnusedFile('by keyboard.jpg')
    await page.goto(`${demo.url}/tables/studio`)
    await page.getByRole('heading', { name: 'Studio', level: 1 }).waitFor()
    await tabTo(page, 'Clean-up')
    await page.keyboard.press('Enter')
    await posters().waitFor()
    await tabTo(page, 'Look for unused files')
    await page.keyboard.press('Enter')
    await posters().getByRole('button', { name: 'View by keyboard.jpg' }).waitFor()
    await tabTo(page, /^Move \d files? to the trash/)
    await page.keyboard.press('Enter')
    await posters().getByText('moved to the trash').waitFor()
    await tabTo(page, /^Bring (it|them) back/)
    await page.keyboard.press('Enter')
    await posters().getByText('brought back').waitFor()
  })
})
