/** Every artwork by name, and one function to paint it. */
import * as emblems from './abstract-emblems.mjs'
import * as forms from './abstract-forms.mjs'
import * as patterns from './abstract-patterns.mjs'
import { finish } from './brush.mjs'
import { palettes } from './palettes.mjs'
import { randomFrom, seedOf } from './random.mjs'
import * as city from './scenes-city.mjs'
import * as deep from './scenes-deep.mjs'
import * as land from './scenes-land.mjs'
import * as rooms from './scenes-rooms.mjs'
import { islands, lighthouse, moon, sea } from './scenes-sea.mjs'
import * as skies from './scenes-sky.mjs'
import * as space from './scenes-space.mjs'

export const artworks = {
  ...patterns,
  ...emblems,
  ...forms,
  ...city,
  ...deep,
  ...land,
  ...rooms,
  ...skies,
  ...space,
  islands,
  lighthouse,
  moon,
  sea,
}

/** Stills continue a poster's mood: a graphic poster gets the scenes that suit it. */
export const scenesBeside = {
  contour: ['field', 'storm'],
  waves: ['sea', 'islands'],
  tiles: ['city', 'kites'],
  rings: ['corridor', 'sea'],
  moire: ['corridor', 'interior'],
  isometric: ['city', 'street'],
  halftone: ['street', 'city'],
  weave: ['interior', 'mountains'],
  sunburst: ['sea', 'islands'],
  stripes: ['interior', 'corridor'],
  seeds: ['mountains', 'icefield'],
  ribbons: ['spotlight', 'street'],
  orbits: ['planet', 'forest'],
  hexagons: ['field', 'mountains'],
  crack: ['corridor', 'city'],
  constellation: ['moon', 'field'],
  clock: ['interior', 'street'],
  bloom: ['islands', 'field'],
  sea: ['sea', 'interior', 'islands', 'field'],
  interior: ['interior', 'field'],
  lighthouse: ['lighthouse', 'interior'],
  aurora: ['aurora', 'mountains'],
  islands: ['islands', 'sea', 'interior'],
  forest: ['forest', 'field'],
  field: ['field', 'interior'],
  planet: ['planet', 'corridor', 'saturn', 'moon'],
  space: ['space', 'corridor'],
  saturn: ['saturn', 'corridor', 'space'],
  moon: ['moon', 'sea'],
  city: ['city', 'street'],
  street: ['street', 'city', 'interior', 'bridge'],
  corridor: ['corridor', 'interior'],
  bridge: ['bridge', 'forest'],
  spotlight: ['spotlight', 'corridor'],
  underwater: ['underwater', 'sea'],
  mountains: ['mountains', 'forest'],
  dunes: ['dunes', 'storm', 'mountains'],
  storm: ['storm', 'mountains'],
  whale: ['whale', 'sea', 'aurora', 'icefield'],
  icefield: ['icefield', 'sea', 'aurora'],
  kites: ['kites', 'islands'],
  swallows: ['swallows', 'city'],
  volcano: ['volcano', 'islands'],
  lanterns: ['lanterns', 'forest', 'interior'],
}

export function paint(canvas, { art, palette, seed, t = 0, horizon, polish = {} }) {
  const ctx = canvas.getContext('2d')
  const number = typeof seed === 'string' ? seedOf(seed) : seed
  ctx.save()
  artworks[art](ctx, canvas.width, canvas.height, palettes[palette], {
    r: randomFrom(number),
    seed: number % 99991,
    t,
    horizon,
  })
  ctx.restore()
  ctx.filter = 'none'
  finish(ctx, canvas.width, canvas.height, polish)
}
