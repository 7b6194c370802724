/* oxlint-disable max-params -- an element and its box */
/** Lays out one poster: `window.makePoster({ film, design })` resolves when it is ready to be photographed. */
import { paint } from '../art/index.mjs'
import { lightness, mix, palettes, paperOf } from '../art/palettes.mjs'
import { layouts } from './layouts.mjs'
import { typefaces } from './typefaces.mjs'

const poster = document.querySelector('#poster')

function artCanvas({ width, height, left, top, ...picture }) {
  const canvas = document.createElement('canvas')
  canvas.className = 'art'
  canvas.width = width * 2
  canvas.height = height * 2
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` })
  if (left !== undefined) Object.assign(canvas.style, { left: `${left}px`, top: `${top}px` })
  paint(canvas, { polish: { bloom: 0.2, vignette: 0.32, grain: 0.03 }, ...picture })
  return canvas
}

/** The largest font size at which the element fits its box. */
export function fit(element, width, height, largest = 150) {
  let [low, high] = [14, largest]
  element.style.maxWidth = `${width}px`
  for (let step = 0; step < 11; step += 1) {
    const size = (low + high) / 2
    element.style.fontSize = `${size}px`
    const fits = element.scrollWidth <= width + 1 && element.offsetHeight <= height
    if (fits) low = size
    else high = size
  }
  element.style.fontSize = `${low}px`
}

window.makePoster = async ({ film, design }) => {
  const p = palettes[design.palette]
  const layout = layouts[design.layout]
  const ground = lightness(p.sky[1]) > 0.62 ? p.sky[2] : mix(p.ink, p.sky[0], 0.35)
  const variables = {
    ...typefaces[design.font],
    '--ink': p.ink,
    '--glow': p.glow,
    '--accent': p.accent,
    '--paper': paperOf(p),
    '--top': p.sky[0],
    '--low': p.sky[2],
    '--ground': ground,
    '--onground': lightness(ground) > 0.5 ? p.ink : p.glow,
    '--onaccent': lightness(p.accent) > 0.5 ? p.ink : p.glow,
    '--plain': "'Inter'",
  }
  poster.className = design.layout
  poster.style.cssText = Object.entries(variables)
    .map(([name, value]) => `${name}:${value}`)
    .join(';')
  poster.innerHTML = layout.html(film)
  await document.fonts.ready
  const picture = { art: design.art, palette: design.palette, seed: `${film.slug} poster` }
  layout.place({ poster, film, picture, artCanvas, fit })
}
window.ready = true
