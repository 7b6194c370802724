/** The HTML of a studio's press kit: its lead film at length, then the rest of its season. */
import { artDirection } from '../art-direction.mjs'
import { palettes, paperOf } from '../art/palettes.mjs'
import { peopleOf } from '../people.mjs'

const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
const dollars = (amount) => `$${(amount / 1e6).toFixed(1)} million`
const longDate = (iso) =>
  new Date(`${iso}T00:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })

export function pressKitHtml({ studio, lead, director, season, captions }) {
  const p = palettes[artDirection[lead.slug].palette]
  const { cast, crew } = peopleOf(lead)
  const still = (index) => `/media/screenshots/${lead.screenshots[index % lead.screenshots.length]}`
  const foot = (page) =>
    `<div class="foot"><span>${escape(studio.name)} press kit</span><span>${escape(lead.title)}</span><span>${page}</span></div>`
  const rows = (list, key) =>
    list.map((entry) => `<tr><td>${escape(entry[key])}</td><td>${escape(entry.name)}</td></tr>`).join('')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(lead.title)}: press kit of ${escape(studio.name)}</title>
  <link rel="stylesheet" href="/pages/press-kit.css"><style>:root{--ink:${p.ink};--glow:${p.glow};--accent:${p.accent};--paper:${paperOf(p)}}</style></head><body>
  <section class="cover"><div class="top"><span>${escape(studio.name)}</span><span>Press kit</span></div>
    <img class="poster" src="/media/posters/${lead.poster}" alt=""><h1>${escape(lead.title)}</h1><p>${escape(lead.tagline)}</p></section>
  <section><h2>Synopsis</h2><p class="lead">${escape(lead.synopsis)}</p>
    <div class="facts"><span><small>Director</small>${escape(lead.director)}</span><span><small>Length</small>${lead.runtimeMinutes} minutes</span><span><small>Release</small>${longDate(lead.releaseDate)}</span><span><small>Worldwide</small>${dollars(lead.boxOffice)}</span></div>
    <img class="wide" src="${still(0)}" alt="">${foot(2)}</section>
  <section><h2>The director</h2><img class="portrait" src="/media/directors/${director.photo}" alt=""><p class="lead">${escape(director.bio)}</p>
    <div class="columns"><h3>In conversation</h3><p>“I never begin with a story. I begin with a room, or a coast, and I wait until somebody walks into it. Then I ask what they are avoiding.”</p><p>“On this film we shot in order, which nobody advises. It meant that the weather could disagree with us, and it did. The ending you see is the weather’s.”</p><p>“People tell me that it is a sad film. I think it is a film about paying attention, which is only sad if you come to it late.”</p><h3>About the production</h3><p>Principal photography took ${38 + (lead.runtimeMinutes % 21)} days with a crew of forty. Every interior was built to the measurements of a real one and lit only through its windows.</p></div>
    <img class="wide" src="${still(1)}" alt="">${foot(3)}</section>
  <section><h2>Cast and crew</h2><h3>Cast</h3><table>${rows(cast, 'role')}</table><h3>Crew</h3><table>${rows(crew, 'job')}</table>${foot(4)}</section>
  <section class="stills"><h2>Stills</h2>${lead.screenshots
    .slice(0, 3)
    .map(
      (name, index) =>
        `<figure><img src="/media/screenshots/${name}" alt=""><figcaption>${escape(captions[index])} © ${escape(studio.name)}</figcaption></figure>`,
    )
    .join('')}${foot(5)}</section>
  <section><h2>Also this season</h2><div class="season">${season
    .slice(0, 4)
    .map(
      (film) =>
        `<img src="/media/posters/${film.poster}" alt=""><div><h4>${escape(film.title)}</h4><small>${escape(film.genre)}, ${film.year}, ${film.runtimeMinutes} minutes, directed by ${escape(film.director)}</small><p>${escape(film.synopsis)}</p></div>`,
    )
    .join('')}</div>
    <div class="contact"><div><h3>Press</h3>${escape(crew[7].name)}<br>press@${new URL(studio.website).host}<br>${studio.website}</div><div><h3>World sales</h3>${escape(crew[8].name)}<br>sales@${new URL(studio.website).host}<br>${escape(studio.name)}, ${escape(studio.country)}</div></div>${foot(6)}</section>
  </body></html>`
}
