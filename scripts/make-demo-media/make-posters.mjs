/** Photographs a poster for every film that has one. */
import { join } from 'node:path'
import { films } from '../../examples/movies/films.ts'
import { artDirection } from './art-direction.mjs'
import { mediaFolder, openPage } from './lib-browser.mjs'
import { writeJpeg } from './lib-encode.mjs'

export async function makePosters(browser) {
  const page = await openPage(browser, 'posters/poster.html', { width: 480, height: 720, scale: 2 })
  await page.waitForFunction('window.ready')
  let total = 0
  for (const film of films) {
    if (film.poster === undefined) continue
    await page.evaluate((order) => window.makePoster(order), { film, design: artDirection[film.slug] })
    const picture = await page.screenshot({ type: 'png' })
    total += await writeJpeg(join(mediaFolder, 'posters', film.poster), picture, {
      width: 480,
      height: 720,
      maxBytes: 34_500,
    })
  }
  await page.close()
  return total
}
