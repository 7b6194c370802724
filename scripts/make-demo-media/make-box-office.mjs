/** Writes weekly box-office tables: quoted fields, doubled quotes and names far beyond ASCII. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { films } from '../../examples/movies/films.ts'
import { randomFrom } from './art/random.mjs'
import { mediaFolder } from './lib-browser.mjs'

const territories = [
  ['United Kingdom', 'Halcyon & Reed, London', 0.16],
  ['México', 'Distribuidora “La Ola”, S.A.', 0.1],
  ['日本', '雲と娘たち配給, 東京', 0.15],
  ['Deutschland', 'Lichtspielhaus Süd, München', 0.13],
  ['France', 'L’Étoile, la Mer & Cie', 0.14],
  ['Ísland', 'Kvikmyndahúsið "Norðurljós", Reykjavík', 0.03],
  ['Polska', 'Kino Żuraw, Łódź', 0.08],
  ['Ελλάδα', 'Θερινά Σινεμά, Αθήνα', 0.05],
  ['Portugal', 'Lumen Norte, Póvoa de Varzim', 0.07],
  ['Canada', 'Tidewater Nine, "East & West", Montréal', 0.09],
]

const field = (value) => {
  const text = String(value)
  return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}
const table = (rows) => `${rows.map((row) => row.map(field).join(',')).join('\r\n')}\r\n`
const header = [
  'Week',
  'Week ending',
  'Film',
  'Territory',
  'Distributor',
  'Screens',
  'Admissions',
  'Gross (USD)',
  'Change',
  'Note',
]
const notes = [
  '',
  '',
  '',
  '',
  'Bank holiday',
  'Heat wave, matinées closed',
  'Awards "bump"',
  'Strike on Thursday, Friday',
  'Q&A with the director',
  'Print damaged in Łódź',
]

function weekEnding(film, week) {
  const date = new Date(`${film.releaseDate}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + 7 * week - 1)
  return date.toISOString().slice(0, 10)
}

function rowsOf(film, weeks, places) {
  const r = randomFrom(`${film.slug} box office`)
  const decay = 0.72
  const opening = (film.boxOffice * (1 - decay)) / (1 - decay ** weeks)
  const rows = []
  for (const [territory, distributor, share] of places) {
    let previous
    for (let week = 1; week <= weeks; week += 1) {
      const gross = Math.round(opening * decay ** (week - 1) * share * r.between(0.82, 1.18))
      const change = previous === undefined ? '' : `${(((gross - previous) / previous) * 100).toFixed(1)}%`
      const screens = Math.max(1, Math.round((gross / 4200) * r.between(0.7, 1.2)))
      rows.push([
        week,
        weekEnding(film, week),
        film.title,
        territory,
        distributor,
        screens,
        Math.round(gross / r.between(8, 12)),
        gross,
        change,
        r.pick(notes),
      ])
      previous = gross
    }
  }
  return rows.toSorted((one, two) => one[0] - two[0])
}

export async function makeBoxOffice() {
  const folder = join(mediaFolder, 'box-office')
  await mkdir(folder, { recursive: true })
  const lead = films.find((film) => film.boxOfficeCsv === 'the-salt-cartographer-weekly.csv')
  const one = table([header, ...rowsOf(lead, 12, territories.slice(0, 5))])
  const released = films
    .filter((film) => film.isReleased)
    .toSorted((a, b) => a.releaseDate.localeCompare(b.releaseDate))
  const all = table([
    header,
    ...released.flatMap((film, index) =>
      rowsOf(film, index % 3 === 0 ? 5 : 3, territories.slice(0, index % 4 === 0 ? 10 : 9)),
    ),
  ])
  await writeFile(join(folder, 'the-salt-cartographer-weekly.csv'), one)
  await writeFile(join(folder, 'all-films-weekly.csv'), all)
  return Buffer.byteLength(one) + Buffer.byteLength(all)
}
