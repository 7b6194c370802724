import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoServer, startDemo } from './demo-server.ts'
import { launchBrowser, openPage, signIn } from './open-page.ts'
import { bucketEnvironment } from './bucket-environment.ts'

/** In seconds. The addresses of the test live no longer. */
const EXPIRY = 4

let demo: DemoServer
let browser: Browser
let page: Page

beforeAll(async () => {
  const environment = { ...bucketEnvironment(), S3_SIGNED_URL_EXPIRY: String(EXPIRY) }
  ;[demo, browser] = await Promise.all([startDemo(environment), launchBrowser()])
  page = await openPage(browser)
  await signIn(page, demo.url)
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

describe('a viewer that is left open until its address has expired', () => {
  it('goes on playing where it was', async () => {
    const cutOff: string[] = []
    // A refusal from the bucket reaches the page as a failure: the browser does not let it be read.
    page.on('requestfailed', (request) => {
      if (/ORB/.test(request.failure()?.errorText ?? '')) cutOff.push(request.url())
    })
    await page.goto(`${demo.url}/tables/movie?search=Whale+Road`)
    await page.getByRole('link', { name: 'Whale Road North' }).click()
    await page.getByRole('button', { name: 'View long-take.mp4' }).waitFor()
    // Slow enough that the video is not all there before the address expires.
    const session = await page.context().newCDPSession(page)
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: 300_000,
      uploadThroughput: 150_000,
    })
    await page.getByRole('button', { name: 'View long-take.mp4' }).click()
    const video = page.getByRole('dialog').locator('video')
    await expect.poll(() => video.evaluate(readyState)).toBeGreaterThan(0)
    await page.waitForTimeout((EXPIRY + 1) * 1000)

    await video.evaluate(seekTo, 50)
    await page.getByRole('dialog').getByRole('button', { name: /^play/i }).first().click()
    await expect.poll(() => video.evaluate(currentTime), { timeout: 180_000 }).toBeGreaterThan(50.5)
    expect(cutOff.length).toBeGreaterThan(0)
  }, 400_000)
})

function readyState(element: Element): number {
  return element instanceof HTMLVideoElement ? element.readyState : 0
}

function currentTime(element: Element): number {
  return element instanceof HTMLVideoElement ? element.currentTime : 0
}

function seekTo(element: Element, seconds: number): void {
  if (element instanceof HTMLVideoElement) element.currentTime = seconds
}
