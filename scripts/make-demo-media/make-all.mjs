/** `npx tsx scripts/make-demo-media/make-all.mjs [step …]` makes everything, or only the named steps. */
import { openBrowser } from './lib-browser.mjs'

const steps = {
  portraits: async (browser) => (await import('./make-portraits.mjs')).makePortraits(browser),
  posters: async (browser) => (await import('./make-posters.mjs')).makePosters(browser),
  screenshots: async (browser) => (await import('./make-screenshots.mjs')).makeScreenshots(browser),
  soundtracks: async () => (await import('./make-soundtracks.mjs')).makeSoundtracks(),
  trailers: async (browser) => (await import('./make-trailers.mjs')).makeTrailers(browser),
  'press-kits': async (browser) => (await import('./make-press-kits.mjs')).makePressKits(browser),
  'box-office': async () => (await import('./make-box-office.mjs')).makeBoxOffice(),
}

const wanted = process.argv.slice(2)
const browser = await openBrowser()
for (const [name, make] of Object.entries(steps)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const bytes = await make(browser)
  console.log(`${name}: ${Math.round(bytes / 1024)} kB`)
}
await browser.close()
