import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoServer, startDemo } from './demo-server.ts'
import { launchBrowser, openPage, signIn } from './open-page.ts'

const images = fileURLToPath(new URL('../../test-results/screens/', import.meta.url))

const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

/** Every screen of the admin, and how to get there once signed in. */
const SCREENS: Record<string, (page: Page, url: string) => Promise<void>> = {
  'table list': async (page, url) => {
    await page.goto(`${url}/tables/movie`)
    await page.getByText('The Salt Cartographer').first().waitFor()
  },
  'table list without a match': async (page, url) => {
    await page.goto(`${url}/tables/movie?search=zzzz`)
    await page.getByRole('heading', { name: 'Movie', level: 1 }).waitFor()
  },
  row: async (page, url) => {
    await page.goto(`${url}/tables/movie/rows/1`)
    await page.getByRole('button', { name: 'View the-salt-cartographer.jpg' }).waitFor()
  },
  'new row': async (page, url) => {
    await page.goto(`${url}/tables/movie/new`)
    await page.getByLabel('Title').waitFor()
  },
  'missing row': async (page, url) => {
    await page.goto(`${url}/tables/movie/rows/999999`)
    await page.getByRole('heading').first().waitFor()
  },
  'image viewer': (page, url) => openViewer(page, url, 'the-salt-cartographer.jpg'),
  'video viewer': (page, url) => openViewer(page, url, 'daybreak-season-reel.mp4'),
  'audio viewer': (page, url) => openViewer(page, url, 'salt-and-morning.mp3'),
  'PDF viewer': (page, url) => openViewer(page, url, 'halcyon-and-reed-press-kit.pdf'),
  'table viewer': (page, url) => openViewer(page, url, 'the-salt-cartographer-weekly.csv'),
  'clean-up': async (page, url) => {
    await page.goto(`${url}/clean-up`)
    const posters = page.getByRole('region', { name: 'Movie Poster' })
    await posters.getByRole('button', { name: 'Look for unused files' }).click()
    await posters.getByText('No unused files').waitFor()
  },
  'command palette': async (page, url) => {
    await page.goto(`${url}/tables/movie`)
    await page.getByText('The Salt Cartographer').first().waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
  },
}

async function openViewer(page: Page, url: string, fileName: string): Promise<void> {
  await page.goto(`${url}/tables/movie/rows/1`)
  await page.getByRole('button', { name: `View ${fileName}` }).click()
  await page.getByRole('dialog').getByRole('heading', { name: fileName }).waitFor()
}

let demo: DemoServer
let browser: Browser

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemo(), launchBrowser()])
  await mkdir(images, { recursive: true })
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

describe.each(['wide', 'phone'] as const)('on a %s screen', (size) => {
  let page: Page

  beforeAll(async () => {
    const isPhone = size === 'phone'
    page = await openPage(browser, { viewport: SIZES[size], hasTouch: isPhone, reducedMotion: 'reduce' })
  })

  /** Looks at the screen in light colours, and again in dark ones, where all but the colours is the same. */
  const settle = async (name: string) => {
    const photo = (colors: string) => join(images, `${name.replaceAll(' ', '-')}-${size}-${colors}.png`)
    await page.waitForLoadState('networkidle')
    // A dialog is in the page, and takes its place, a moment before it is to be seen.
    await page.waitForFunction(areDialogsVisible)
    await page.screenshot({ path: photo('light') })
    await page.evaluate(axe.source)
    expect(await axeFindings(page)).toEqual([])
    expect(await widthBeyondScreen(page)).toBe(0)
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.screenshot({ path: photo('dark') })
    expect(await axeFindings(page, ['color-contrast', 'link-in-text-block'])).toEqual([])
    await page.emulateMedia({ colorScheme: 'light' })
  }

  it('the sign-in screen has nothing for axe to find', async () => {
    await page.goto(demo.url)
    await page.getByLabel('Email').waitFor()
    await settle('sign in')
    await signIn(page, demo.url)
  })

  it.each(Object.entries(SCREENS))('the %s has nothing for axe to find', async (name, open) => {
    await open(page, demo.url)
    await settle(name)
  })
})

function areDialogsVisible(): boolean {
  const dialogs = [...document.querySelectorAll('[role=dialog]')]
  return dialogs.every((dialog) => dialog.checkVisibility({ opacityProperty: true }))
}

/** What axe finds against WCAG 2.2 AA, as lines that say where. By every rule, or by some. */
async function axeFindings(page: Page, rules?: string[]): Promise<string[]> {
  return page.evaluate(async (runOnly) => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run({
      // It need not put into words what is right: that takes it most of its time.
      resultTypes: ['violations'],
      ...(runOnly && { runOnly }),
    })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
  }, rules)
}

/** Pixels by which the page is wider than the screen: sideways scrolling on a phone. */
function widthBeyondScreen(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth))
}
