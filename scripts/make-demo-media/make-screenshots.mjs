/** Paints every still named in films.ts. */
import { join } from 'node:path'
import { films } from '../../examples/movies/films.ts'
import { artDirection } from './art-direction.mjs'
import { scenesBeside } from './art/index.mjs'
import { randomFrom } from './art/random.mjs'
import { bytesOfDataUrl, writeJpeg } from './lib-encode.mjs'
import { mediaFolder, openPage } from './lib-browser.mjs'

const letterboxed = new Set(['Drama', 'Science Fiction', 'Thriller', 'Adventure'])

/** What the nth still of a film shows, and how it is framed. */
function stillOf(film, index) {
  const { art, palette } = artDirection[film.slug]
  const scenes = scenesBeside[art]
  const r = randomFrom(`${film.slug} camera ${index}`)
  return {
    art: scenes[index % scenes.length],
    palette,
    seed: `${film.slug} still ${index}`,
    zoom: r.pick([1, 1.08, 1.2, 1.36]),
    pan: r.between(0.3, 0.7),
    flip: r.chance(0.5),
    polish: { bloom: 0.26, vignette: 0.45, grain: 0.022, seed: index + 1 },
  }
}

export async function makeScreenshots(browser) {
  const page = await openPage(browser, 'easel.html', { width: 960, height: 540 })
  await page.waitForFunction('window.ready')
  let total = 0
  for (const film of films) {
    for (const [index, name] of film.screenshots.entries()) {
      const picture = await page.evaluate((order) => window.paintStill(order), {
        width: 960,
        height: 540,
        scale: 1.5,
        letterbox: letterboxed.has(film.genre) ? 69 : 0,
        ...stillOf(film, index),
      })
      total += await writeJpeg(join(mediaFolder, 'screenshots', name), bytesOfDataUrl(picture), {
        width: 960,
        height: 540,
        maxBytes: 24_000,
        quality: 68,
      })
    }
  }
  await page.close()
  return total
}
