import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoServer, startDemo } from './demo-server.ts'
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

async function postersFolder(): Promise<string> {
  const folder = (await readdir(demo.dataFolder, { recursive: true })).find((path) => path.endsWith('movie_poster'))
  if (folder === undefined) throw new Error('There is no folder of posters')
  return join(demo.dataFolder, folder)
}

/** An upload of two days ago that no row references. */
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
  return files[0]!.fileKey
}

const entry = (name: string) => page.getByRole('listitem', { name })

describe('the trash', () => {
  it('still has what a clean-up removed after the page was left, and restores a file', async () => {
    const kept = await leaveUnusedFile('forgotten.jpg')
    const deleted = await leaveUnusedFile('unwanted.jpg')
    await page.getByRole('link', { name: 'Clean-up' }).click()
    const posters = page.getByRole('region', { name: 'Movie Poster' })
    await posters.getByRole('button', { name: 'Look for unused files' }).click()
    await posters.getByRole('button', { name: 'Move 2 files to the trash' }).click()
    await posters.getByText('2 files moved to the trash').waitFor()
    await page.goto(`${demo.url}/`)
    await page.getByRole('link', { name: 'Trash' }).click()
    await entry('unwanted.jpg').waitFor()
    await page.getByRole('searchbox', { name: 'Search by file name' }).fill('FORGOT')
    await entry('unwanted.jpg').waitFor({ state: 'detached' })
    await entry('forgotten.jpg').getByRole('button', { name: 'Restore' }).click()
    await page.getByText('1 file restored.').waitFor()
    expect(await readdir(await postersFolder())).toContain(kept)
    expect(await readdir(await postersFolder())).not.toContain(deleted)
  })

  it('deletes the rest of the run after a confirmation', async () => {
    await page.getByRole('link', { name: 'Runs' }).click()
    const run = page.getByRole('list', { name: 'Runs' }).getByRole('listitem')
    await run.getByText('1 file').waitFor()
    await run.getByRole('button', { name: 'Delete permanently' }).click()
    const dialog = page.getByRole('alertdialog', { name: 'Delete 1 file permanently?' })
    await dialog.getByRole('button', { name: 'Delete permanently' }).click()
    await page.getByText('The trash is empty').waitFor()
  })
})
