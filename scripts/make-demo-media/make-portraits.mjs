/** Draws the directors. */
import { join } from 'node:path'
import { mediaFolder } from './lib-browser.mjs'
import { writeJpeg } from './lib-encode.mjs'
import { portraits } from './portraits.mjs'

export async function makePortraits(browser) {
  const page = await browser.newPage({ viewport: { width: 600, height: 600 }, deviceScaleFactor: 2 })
  let total = 0
  for (const [name, drawing] of Object.entries(portraits)) {
    await page.setContent(`<style>body{margin:0}svg{display:block}</style>${drawing}`)
    const picture = await page.screenshot({ type: 'png' })
    total += await writeJpeg(join(mediaFolder, 'directors', name), picture, {
      width: 600,
      height: 600,
      maxBytes: 60_000,
      quality: 84,
    })
  }
  await page.close()
  return total
}
