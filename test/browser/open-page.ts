import { type Browser, type BrowserContextOptions, type Page, chromium } from 'playwright-core'
import { findChromium } from '../../scripts/find-chromium.mjs'

/** A real Chromium. It runs without a sandbox of its own, because tests run as root on build machines. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === null)
    throw new Error('The browser tests need Chromium: run them by `npm test`, which finds one.')
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...quiet] })
}

/** A page whose errors fail the test: whatever the page logs as an error, and every exception in it. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...options })
  context.setDefaultTimeout(60_000)
  return context.newPage()
}

/** Signs in with the account that the demo prints. */
export async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByLabel('Email').fill('admin@example.com')
  await page.getByLabel('Password', { exact: true }).fill('vitrine-demo')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: /^Sign in/ }).waitFor({ state: 'detached' })
}
