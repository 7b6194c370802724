import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoServer, startDemo } from './demo-server.ts'
import { focusedName } from './keyboard.ts'
import { launchBrowser, openPage, signIn } from './open-page.ts'
import { dropFiles, sampleImage } from './sample-images.ts'

let demo: DemoServer
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemo(), launchBrowser()])
  page = await openPage(browser)
  await signIn(page, demo.url)
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

const openVideo = async (id: number) => {
  await page.goto(`${demo.url}/tables/movie/rows/${id}`)
  await page.getByLabel('Tagline').waitFor()
}

const signInAgain = async () => {
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
  await dialog.getByLabel('Password', { exact: true }).fill('vitrine-demo')
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  await dialog.waitFor({ state: 'detached' })
}

describe('nothing is lost', () => {
  it('keeps what is typed before the command palette is loaded', async () => {
    await page.goto(`${demo.url}/tables/movie`)
    await page.getByText('The Salt Cartographer').first().waitFor()
    let letGo = () => {}
    const held = new Promise<void>((resolve) => (letGo = resolve))
    await page.route('**/command-palette-*.js', async (route) => {
      await held
      await route.continue()
    })
    await page.keyboard.press('Control+k')
    await expect.poll(() => focusedName(page)).toBe('Command palette')
    await page.keyboard.type('direc')
    letGo()
    await page.getByRole('menuitem', { name: 'Director', exact: true }).waitFor()
    await page.keyboard.type('tor')
    await expect.poll(() => page.locator('input:focus').inputValue()).toBe('director')
    await page.keyboard.press('Escape')
  })

  it.each([
    ['before the palette is loaded', '**/command-palette-*.js'],
    ['before its rows have come', '**/rows?*glass*'],
  ])('opens what was typed where Enter comes %s', async (_when, late) => {
    await page.goto(`${demo.url}/tables/movie`)
    await page.getByText('The Salt Cartographer').first().waitFor()
    let letGo = () => {}
    const held = new Promise<void>((resolve) => (letGo = resolve))
    await page.route(late, async (route) => {
      await held
      await route.continue()
    })
    await page.keyboard.press('Control+k')
    await expect.poll(() => focusedName(page)).not.toMatch(/^Skip|^Movie demo/)
    await page.keyboard.type('glass mer')
    await page.keyboard.press('Enter')
    letGo()
    await page.getByRole('heading', { name: 'Glass Meridian', level: 1 }).waitFor()
    await page.unroute(late)
  })

  it('keeps the focus near what was removed, undone or discarded', async () => {
    await openVideo(7)
    const poster = page.getByRole('group', { name: 'Poster' })
    await poster.getByRole('button', { name: /^Remove/ }).press('Enter')
    await expect.poll(() => focusedName(page)).toMatch(/^Poster/)
    await poster.getByRole('button', { name: 'Undo' }).press('Enter')
    await expect.poll(() => focusedName(page)).toMatch(/^Poster/)
    await poster.getByRole('button', { name: /^Remove/ }).press('Enter')
    await page.getByRole('button', { name: 'Discard' }).press('Enter')
    await expect.poll(() => focusedName(page)).toBe('Changes')
    await page.keyboard.press('Control+k')
    await page.getByRole('menuitem', { name: 'Director', exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => focusedName(page)).toBe('Changes')
  })

  it('says beside the Save button that files were refused, and leads to them', async () => {
    await openVideo(3)
    await dropFiles(page.getByRole('group', { name: 'Screenshots' }), [
      await sampleImage('posters/nine-looms.jpg', 'good.jpg'),
      { name: 'one.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') },
      { name: 'two.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') },
    ])
    await page.getByRole('button', { name: 'View good.jpg' }).waitFor()
    await page.getByRole('button', { name: '2 files were not stored' }).click()
    await expect.poll(() => focusedName(page)).toBe('Files of Screenshots that were not stored')
    await page.getByRole('button', { name: 'Dismiss one.exe' }).click()
    await page.getByRole('button', { name: '1 file was not stored' }).waitFor()
    await page.getByRole('button', { name: 'Dismiss two.exe' }).click()
    await expect.poll(() => page.getByRole('button', { name: /not stored/ }).count()).toBe(0)
    await page.getByRole('button', { name: 'Discard' }).click()
  })

  it('saves by itself what was to be saved when the session had ended', async () => {
    await openVideo(4)
    await page.getByLabel('Tagline').fill('Written before the session ended')
    await page.context().clearCookies()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await signInAgain()
    await page.getByText('Saved', { exact: true }).waitFor()
    await page.reload()
    await expect.poll(() => page.getByLabel('Tagline').inputValue()).toBe('Written before the session ended')
  })

  it('uploads by itself what was refused when the session had ended', async () => {
    await openVideo(5)
    await page.context().clearCookies()
    const files = await Promise.all([1, 2].map((number) => sampleImage('posters/nine-looms.jpg', `late ${number}.jpg`)))
    await dropFiles(page.getByRole('group', { name: 'Screenshots' }), files)
    await signInAgain()
    for (const { name } of files) await page.getByRole('button', { name: `View ${name}` }).waitFor()
    expect(await page.getByRole('button', { name: /not stored/ }).count()).toBe(0)
    await page.getByRole('button', { name: 'Discard' }).click()
  })

  it('sends all again at once after the server was away', async () => {
    await openVideo(6)
    await page.route('**/api/media/movie/screenshots**', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    )
    const files = await Promise.all(
      [1, 2, 3].map((number) => sampleImage('posters/nine-looms.jpg', `again ${number}.jpg`)),
    )
    await dropFiles(page.getByRole('group', { name: 'Screenshots' }), files)
    await page.getByRole('button', { name: '3 files were not stored' }).waitFor()
    await page.unroute('**/api/media/movie/screenshots**')
    await page.getByRole('button', { name: 'Retry all 3' }).click()
    for (const { name } of files) await page.getByRole('button', { name: `View ${name}` }).waitFor()
  })
})
