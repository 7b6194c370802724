/** Prints one press kit per studio that has any, from posters, stills and portraits already made. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { directors, films, studios } from '../../examples/movies/films.ts'
import { mediaFolder, openPage } from './lib-browser.mjs'
import { pressKitHtml } from './pages/press-kit.mjs'

const leads = {
  'the-salt-cartographer': [
    'The first survey, at low water.',
    'The house on the estuary.',
    'Crossing to the outer islands.',
  ],
  'beyond-the-sugar-desert': ['The caravan on the third day.', 'The cloud arrives.', 'The border range.'],
  'last-train-light-rain': ['Shimokita, ten past one.', 'The city from platform nine.', 'Waiting for the kettle.'],
}

export async function makePressKits(browser) {
  await mkdir(join(mediaFolder, 'press-kits'), { recursive: true })
  let total = 0
  for (const [slug, captions] of Object.entries(leads)) {
    const lead = films.find((film) => film.slug === slug)
    const season = films.filter((film) => film.pressKit === lead.pressKit && film !== lead && film.poster)
    const page = await openPage(browser, 'easel.html', { width: 794, height: 1123 })
    await page.setContent(
      pressKitHtml({
        studio: studios.find(({ name }) => name === lead.studio),
        director: directors.find(({ name }) => name === lead.director),
        lead,
        season,
        captions,
      }),
      { waitUntil: 'networkidle' },
    )
    const pdf = await page.pdf({ format: 'A4', printBackground: true, preferCSSPageSize: true, tagged: true })
    await writeFile(join(mediaFolder, 'press-kits', lead.pressKit), pdf)
    total += pdf.length
    await page.close()
  }
  return total
}
