import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

/**
 * The path of a Chromium or Chrome to drive: `CHROMIUM_PATH`, then the usual places, then Playwright's own build.
 *
 * @returns {string | null} `null` when there is none
 */
export function findChromium() {
  const candidates = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/snap/bin/chromium',
    chromium.executablePath(),
  ]
  return candidates.find((path) => path !== undefined && path !== '' && existsSync(path)) ?? null
}
