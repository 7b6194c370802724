/** Invented casts and crews, the same for a film every time. */
import { randomFrom } from './art/random.mjs'

const first = [
  'Amélie',
  'Björn',
  'Chinonso',
  'Daphne',
  'Emre',
  'Fumiko',
  'Gonçalo',
  'Hedda',
  'Ilse',
  'João',
  'Katarína',
  'Lior',
  'Maëlle',
  'Niamh',
  'Óscar',
  'Priya',
  'Raúl',
  'Søren',
  'Tóra',
  'Úna',
  'Václav',
  'Wren',
  'Yūto',
  'Zofia',
]
const last = [
  'Achterberg',
  'Brânză',
  'Castelão',
  'Dufresne',
  'Eriksdóttir',
  'Fairweather',
  'Gómez Ibarra',
  'Hashimoto',
  'Ingelow',
  'Jóhannsson',
  'Kowalczyk',
  'Lindqvist',
  'Marchetti',
  'Nakagawa',
  'Okonkwo',
  'Pålsson',
  'Quiroga',
  'Rautio',
  'Szabó',
  'Tremblay',
  'Ueda',
  'Van der Meer',
  'Whitlock',
  'Żeleńska',
]
const roles = [
  'the surveyor',
  'the pilot',
  'the night clerk',
  'the sister',
  'the harbour master',
  'the inspector',
  'the apprentice',
  'the widow',
  'the radio operator',
  'the stranger',
  'the mayor',
  'the violinist',
]
const jobs = [
  'Screenplay',
  'Director of photography',
  'Editor',
  'Production design',
  'Costume design',
  'Original music',
  'Sound design',
  'Casting',
  'Line producer',
  'Colourist',
]

export const nameFrom = (r) => `${r.pick(first)} ${r.pick(last)}`

export function peopleOf(film) {
  const r = randomFrom(`${film.slug} people`)
  const taken = new Set()
  const person = () => {
    let name = nameFrom(r)
    while (taken.has(name)) name = nameFrom(r)
    taken.add(name)
    return name
  }
  const parts = roles
    .map((role) => ({ role, order: r.next() }))
    .toSorted((one, two) => one.order - two.order)
    .map(({ role }) => role)
  return {
    cast: parts.slice(0, 7).map((role) => ({ name: person(), role })),
    crew: jobs.map((job) => ({ name: person(), job })),
  }
}
