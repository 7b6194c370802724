import type { Browser, FileChooser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoServer, startNewDemo } from './demo-server.ts'
import { focusedName, tabTo } from './keyboard.ts'
import { launchBrowser, openPage } from './open-page.ts'
import { sampleImage } from './sample-images.ts'

let demo: DemoServer
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startNewDemo(), launchBrowser()])
  page = await openPage(browser)
  // From now on, so that no key press comes before the browser is told to hand over its file dialogs.
  page.on('filechooser', () => {})
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

const press = (key: string) => page.keyboard.press(key)
const screenshotNames = () =>
  page
    .getByRole('grid', { name: 'Screenshots, in order' })
    .getByRole('row')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label')))

async function chooseFiles(name: string | RegExp, files: Awaited<ReturnType<typeof sampleImage>>[]): Promise<void> {
  await tabTo(page, name)
  const chooser: Promise<FileChooser> = page.waitForEvent('filechooser')
  await press('Enter')
  await (await chooser).setFiles(files)
}

describe('the whole job, by keyboard alone', () => {
  it('signs in: the cursor is in the first field', async () => {
    await page.goto(demo.url)
    await expect.poll(() => focusedName(page)).toBe('Email')
    await page.keyboard.type('admin@example.com')
    await press('Tab')
    await page.keyboard.type('vitrine-demo')
    await press('Enter')
    await page.getByRole('navigation', { name: 'Tables' }).waitFor()
  })

  it('goes to a film by the command palette', async () => {
    await press('Control+k')
    await expect.poll(() => focusedName(page)).toMatch(/^Find a table/)
    await page.keyboard.type('movie')
    await page.getByRole('menuitem', { name: 'Movie', exact: true }).waitFor()
    await press('Enter')
    await page.getByRole('heading', { name: 'Movie', level: 1 }).waitFor()
    await tabTo(page, 'Search in Movie')
    await page.keyboard.type('glass meridian')
    await page.getByText('1 row', { exact: true }).waitFor()
    await tabTo(page, 'Glass Meridian')
    await press('Enter')
    await page.getByRole('heading', { name: 'Glass Meridian', level: 1 }).waitFor()
  })

  it('uploads three screenshots and a new poster', async () => {
    const files = await Promise.all(
      [1, 2, 3].map((number) => sampleImage('screenshots/nine-looms-1.jpg', `key ${number}.jpg`)),
    )
    await chooseFiles(/^Replace glass-meridian\.jpg/, [await sampleImage('posters/nine-looms.jpg', 'new poster.jpg')])
    await page.getByRole('button', { name: 'View new poster.jpg' }).waitFor()
    await chooseFiles('Upload files', files)
    for (const number of [1, 2, 3]) await page.getByRole('button', { name: `View key ${number}.jpg` }).waitFor()
  })

  it('reorders from the menu of a picture', async () => {
    await tabTo(page, /glass-meridian-1\.jpg/, 'Shift+Tab')
    await press('End')
    const before = await screenshotNames()
    await tabTo(page, /^More actions for key 3\.jpg/)
    await press('Enter')
    await page.getByRole('menuitem', { name: 'Move earlier' }).waitFor()
    for (let step = 0; step < 12 && !(await focusedName(page)).startsWith('Move earlier'); step += 1)
      await press('ArrowDown')
    await press('Enter')
    const last = before.length - 1
    await expect.poll(screenshotNames).toEqual([...before.slice(0, last - 1), before[last], before[last - 1]])
  })

  it('lifts a picture, moves it with the arrow keys, and puts it down or back', async () => {
    const before = await screenshotNames()
    expect(before.slice(-3)).toEqual(['key 1.jpg', 'key 3.jpg', 'key 2.jpg'])
    const after = [...before.slice(0, -3), 'key 3.jpg', 'key 1.jpg', 'key 2.jpg']
    await tabTo(page, 'Reorder key 3.jpg')
    for (const key of ['Enter', 'ArrowLeft', 'Enter']) await press(key)
    await expect.poll(screenshotNames).toEqual(after)
    await page
      .getByText(`key 3.jpg is put down, ${after.length - 2} of ${after.length}.`)
      .waitFor({ state: 'attached' })
    for (const key of ['Space', 'ArrowRight', 'ArrowRight']) await press(key)
    await expect.poll(screenshotNames).toEqual([...before.slice(0, -3), 'key 1.jpg', 'key 2.jpg', 'key 3.jpg'])
    await press('Escape')
    await expect.poll(screenshotNames).toEqual(after)
    expect(await focusedName(page)).toBe('Reorder key 3.jpg')
  })

  it('saves with Ctrl+S', async () => {
    await press('Control+s')
    await page.getByText('Saved').first().waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'View new poster.jpg' }).waitFor()
  })

  it('opens the viewer, walks it with the arrows, and comes back to where it was', async () => {
    await tabTo(page, 'View new poster.jpg')
    await press('Enter')
    const viewer = page.getByRole('dialog')
    await viewer.getByRole('heading', { name: 'new poster.jpg' }).waitFor()
    await press('Escape')
    await viewer.waitFor({ state: 'detached' })
    await expect.poll(() => focusedName(page)).toBe('View new poster.jpg')
  })

  it('plays the trailer with the space bar', async () => {
    await tabTo(page, 'View nightfall-season-reel.mp4')
    await press('Enter')
    const video = page.getByRole('dialog').locator('video')
    await video.waitFor()
    await expect
      .poll(() => video.evaluate((element) => (element instanceof HTMLVideoElement ? element.readyState : 0)))
      .toBeGreaterThan(0)
    await press('Space')
    await expect
      .poll(() => video.evaluate((element) => (element instanceof HTMLVideoElement ? element.currentTime : 0)))
      .toBeGreaterThan(0.5)
    await press('Escape')
  })
})
