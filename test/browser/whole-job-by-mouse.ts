import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DemoServer, startDemo } from './demo-server.ts'
import { launchBrowser, openPage, signIn } from './open-page.ts'
import { dropFiles, sampleImage } from './sample-images.ts'

const VIDEO = 'The Salt Cartographer'

/**
 * Signs in, finds a video, drops files on it, reorders, saves, restarts the server, and looks at every kind of file.
 *
 * @param environment - settings of the demo
 */
export function testWholeJobByMouse(environment: () => Record<string, string>): void {
  let demo: DemoServer
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    ;[demo, browser] = await Promise.all([startDemo(environment()), launchBrowser()])
    page = await openPage(browser)
  })

  afterAll(async () => {
    await browser?.close()
    await demo?.stop()
  })

  /** The names of the screenshots in their order. */
  const screenshotNames = () =>
    page
      .getByRole('grid', { name: 'Screenshots, in order' })
      .getByRole('row')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label')))

  it('signs in with the printed account', async () => {
    await signIn(page, demo.url)
    await page.getByRole('link', { name: 'Movie', exact: true }).click()
    await page.getByRole('heading', { name: 'Movie', level: 1 }).waitFor()
    await expect.poll(() => page.getByRole('row').count()).toBe(26)
  })

  it('finds a film', async () => {
    await page.getByRole('searchbox', { name: 'Search in Movie' }).fill('salt carto')
    await page.getByText('1 row', { exact: true }).waitFor()
    await page.getByRole('link', { name: VIDEO }).click()
    await page.getByRole('heading', { name: VIDEO, level: 1 }).waitFor()
  })

  it('takes three dropped screenshots and a new poster', async () => {
    const files = await Promise.all(
      [1, 2, 3].map((number) =>
        sampleImage(`screenshots/glass-meridian-${(number % 2) + 1}.jpg`, `Drop ${number}.JPG`),
      ),
    )
    await dropFiles(page.getByRole('group', { name: 'Screenshots' }), files)
    for (const number of [1, 2, 3]) await page.getByRole('button', { name: `View Drop ${number}.jpg` }).waitFor()
    await dropFiles(page.getByRole('group', { name: 'Poster' }), [
      await sampleImage('posters/glass-meridian.jpg', 'new poster.jpg'),
    ])
    await page.getByRole('button', { name: 'View new poster.jpg' }).waitFor()
    expect((await screenshotNames()).slice(-3)).toEqual(['Drop 1.jpg', 'Drop 2.jpg', 'Drop 3.jpg'])
  })

  it('explains a refused file and leaves the others alone', async () => {
    await dropFiles(page.getByRole('group', { name: 'Screenshots' }), [
      { name: 'virus.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') },
    ])
    await page
      .getByRole('group', { name: 'Screenshots' })
      .getByText(/virus\.exe.*exe/)
      .first()
      .waitFor()
    expect(await screenshotNames()).toHaveLength(7)
  })

  it('reorders by dragging', async () => {
    const row = (name: string) => page.getByRole('row', { name, exact: true })
    await row('Drop 3.jpg').dragTo(row('the-salt-cartographer-1.jpg'), { targetPosition: { x: 4, y: 40 } })
    await expect
      .poll(screenshotNames)
      .toEqual([
        'Drop 3.jpg',
        'the-salt-cartographer-1.jpg',
        'the-salt-cartographer-2.jpg',
        'the-salt-cartographer-3.jpg',
        'the-salt-cartographer-4.jpg',
        'Drop 1.jpg',
        'Drop 2.jpg',
      ])
  })

  it('saves, and everything is there after a restart', async () => {
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Saved').first().waitFor()
    await demo.restart()
    await page.reload()
    await page.getByRole('button', { name: 'View new poster.jpg' }).waitFor()
    expect((await screenshotNames())[0]).toBe('Drop 3.jpg')
  })

  it('opens each picture in the viewer and walks them', async () => {
    await page.getByRole('button', { name: 'View Drop 3.jpg' }).click()
    const viewer = page.getByRole('dialog')
    await viewer.getByRole('heading', { name: 'Drop 3.jpg' }).waitFor()
    for (const name of ['the-salt-cartographer-1.jpg', 'the-salt-cartographer-2.jpg']) {
      await viewer.getByRole('button', { name: /next/i }).click()
      await viewer.getByRole('heading', { name }).waitFor()
    }
    await expect.poll(() => viewer.getByRole('img').first().evaluate(isDecoded)).toBe(true)
    await page.keyboard.press('Escape')
    await viewer.waitFor({ state: 'detached' })
  })

  it('plays the trailer and the soundtrack', async () => {
    for (const [kind, name] of [
      ['video', 'View daybreak-season-reel.mp4'],
      ['audio', 'View salt-and-morning.mp3'],
    ] as const) {
      await page.getByRole('button', { name }).click()
      await page.getByRole('dialog').getByRole('button', { name: /^play/i }).first().click()
      await expect.poll(() => page.getByRole('dialog').locator(kind).evaluate(playedSeconds)).toBeGreaterThan(0.5)
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
  })

  it('reads the press kit', async () => {
    await page.getByRole('button', { name: 'View halcyon-and-reed-press-kit.pdf' }).click()
    await page.getByRole('dialog').getByText('Cartographer').first().waitFor()
    await expect.poll(() => page.getByRole('dialog').locator('canvas').first().evaluate(hasPaint)).toBe(true)
    await page.keyboard.press('Escape')
  })
}

function isDecoded(element: Element): boolean {
  return element instanceof HTMLImageElement && element.complete && element.naturalWidth > 0
}

function playedSeconds(element: Element): number {
  return element instanceof HTMLMediaElement ? element.currentTime : 0
}

function hasPaint(element: Element): boolean {
  const context = element instanceof HTMLCanvasElement ? element.getContext('2d') : null
  return context?.getImageData(0, 0, 50, 50).data.some((byte) => byte !== 0) ?? false
}
