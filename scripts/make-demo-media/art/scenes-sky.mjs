/* oxlint-disable max-params, max-lines-per-function -- a picture is drawn in one go, from back to front */
/** A volcano, kites, swallows and lanterns. A scene is (ctx, w, h, palette, { r, seed, t, horizon }). */
import {
  bird,
  clouds,
  disc,
  glow,
  haze,
  line,
  person,
  polygon,
  ridge,
  sky,
  unit,
  verticalFill,
  water,
} from './brush.mjs'
import { fade, mix } from './palettes.mjs'

export function volcano(ctx, w, h, p, { r, seed, t, horizon = 0.74 }) {
  const u = unit(w, h)
  const y = h * horizon
  const x = w * 0.5
  sky(ctx, w, h, p, y)
  const puff = (index, cx, cy, radius) =>
    disc(ctx, cx + Math.sin(t * 0.6 + index) * u, cy, radius, mix(p.glow, p.sky[1], index / 22))
  for (let index = 18; index >= 0; index -= 1) {
    puff(index, x + Math.sin(index * 1.9) * u * (3 + index * 1.1), y - u * (37 + index * 2.6), u * (4 + index * 0.75))
  }
  polygon(
    ctx,
    [
      [x - u * 62, y + u * 6],
      [x - u * 24, y - u * 16],
      [x - u * 9, y - u * 37],
      [x + u * 9, y - u * 37],
      [x + u * 22, y - u * 15],
      [x + u * 62, y + u * 6],
    ],
    p.accent,
  )
  polygon(
    ctx,
    [
      [x + u * 2, y - u * 37],
      [x + u * 9, y - u * 37],
      [x + u * 22, y - u * 15],
      [x + u * 62, y + u * 6],
      [x + u * 10, y + u * 6],
    ],
    mix(p.accent, p.ink, 0.3),
  )
  polygon(
    ctx,
    [
      [x - u * 9, y - u * 37],
      [x + u * 9, y - u * 37],
      [x + u * 5, y - u * 24],
      [x + u * 2, y - u * 30],
      [x - u * 1, y - u * 18],
      [x - u * 4, y - u * 29],
      [x - u * 6, y - u * 25],
    ],
    p.sky[0],
  )
  ridge(ctx, w, h, { seed, base: y + u * 8, height: u * 6, scale: 2, octaves: 2, fill: mix(p.sky[1], p.ink, 0.25) })
  for (let house = 0; house < 11; house += 1) {
    const hx = w * (0.06 + house * 0.088) + r.between(-1, 1) * u
    const hy = y + u * r.between(5, 11)
    const size = u * r.between(3.4, 5)
    ctx.fillStyle = mix(p.glow, p.sky[2], r.between(0, 0.6))
    ctx.fillRect(hx - size / 2, hy - size * 0.8, size, size * 1.5)
    polygon(
      ctx,
      [
        [hx - size * 0.66, hy - size * 0.8],
        [hx, hy - size * 1.5],
        [hx + size * 0.66, hy - size * 0.8],
      ],
      r.pick([p.ink, p.sky[0], p.accent]),
    )
    ctx.fillStyle = p.ink
    ctx.fillRect(hx - size * 0.12, hy - size * 0.2, size * 0.24, size * 0.4)
  }
  ridge(ctx, w, h, { seed: seed + 1, base: y + u * 22, height: u * 11, scale: 1.5, octaves: 2, fill: p.ink })
}

export function kites(ctx, w, h, p, { r, seed, t }) {
  const u = unit(w, h)
  sky(ctx, w, h, p, h * 0.95)
  clouds(ctx, w, h * 0.15, h * 0.7, { seed, colour: p.glow, cover: 0.5, opacity: 0.9, stretch: 2, shift: t * 0.03 })
  const flyer = [w * 0.5, h * 0.88]
  const colours = [p.accent, p.sky[0], p.glow, mix(p.accent, p.glow, 0.5), p.ink]
  for (let index = 0; index < 7; index += 1) {
    const x = w * (0.12 + 0.76 * ((index * 0.382 + 0.2) % 1)) + Math.sin(t + index) * u * 2
    const y = h * (0.12 + 0.5 * ((index * 0.618) % 1)) + Math.cos(t * 0.8 + index) * u
    const size = u * r.between(4.5, 11)
    ctx.strokeStyle = fade(p.ink, 0.5)
    ctx.lineWidth = u * 0.18
    ctx.beginPath()
    ctx.moveTo(x, y)
    ctx.quadraticCurveTo((x + flyer[0]) / 2, (y + flyer[1]) / 2 + u * 13, flyer[0] + (index - 3) * u * 3, flyer[1])
    ctx.stroke()
    ctx.save()
    ctx.translate(x, y)
    ctx.rotate(r.between(-0.5, 0.5) + Math.sin(t * 1.3 + index) * 0.08)
    const [one, two] = [colours[index % 5], colours[(index + 2) % 5]]
    polygon(
      ctx,
      [
        [0, -size],
        [size * 0.72, -size * 0.15],
        [0, size * 1.15],
        [-size * 0.72, -size * 0.15],
      ],
      one,
    )
    polygon(
      ctx,
      [
        [0, -size],
        [size * 0.72, -size * 0.15],
        [0, -size * 0.15],
      ],
      two,
    )
    polygon(
      ctx,
      [
        [0, size * 1.15],
        [-size * 0.72, -size * 0.15],
        [0, -size * 0.15],
      ],
      two,
    )
    line(
      ctx,
      Array.from({ length: 14 }, (_, step) => [Math.sin(step * 0.9) * size * 0.14, size * (1.15 + step * 0.1)]),
      one,
      u * 0.3,
    )
    ctx.restore()
  }
  ridge(ctx, w, h, { seed, base: h * 0.98, height: u * 14, scale: 1.7, octaves: 3, fill: p.ink })
  for (let child = 0; child < 4; child += 1)
    person(ctx, flyer[0] + (child - 1.5) * u * 6, h * 0.915, u * 8, p.ink, { stride: 0.07 })
}

export function swallows(ctx, w, h, p, { r, seed, t }) {
  const u = unit(w, h)
  sky(ctx, w, h, p, h)
  glow(ctx, w * 0.5, h * 0.42, u * 60, p.glow, 0.7)
  disc(ctx, w * r.between(0.45, 0.55), h * 0.4, u * 17, mix(p.glow, p.sky[2], 0.2))
  clouds(ctx, w, h * 0.45, h, {
    seed,
    colour: mix(p.sky[2], p.glow, 0.6),
    cover: 0.55,
    opacity: 0.85,
    stretch: 2,
    shift: t * 0.03,
  })
  for (let index = 0; index < 46; index += 1) {
    const along = index / 46
    const angle = along * 9 + t * 0.12
    const reach = u * (5 + along * 44)
    const x = w * 0.5 + Math.cos(angle) * reach * (w > h ? 1.5 : 0.95)
    const y = h * 0.42 + Math.sin(angle) * reach * 0.85
    const tone = along < 0.4 ? mix(p.sky[1], p.ink, 0.35) : p.ink
    bird(
      ctx,
      x,
      y,
      u * (1.4 + along * 8),
      index % 13 === 5 ? p.accent : tone,
      0.35 + 0.25 * Math.sin(index + t * 5),
      angle + 1.9 + r.between(-0.3, 0.3),
    )
  }
}

export function lanterns(ctx, w, h, p, { r, seed, t, horizon = 0.58 }) {
  const u = unit(w, h)
  const y = h * horizon
  verticalFill(ctx, 0, 0, w, y, [p.ink, p.sky[0], mix(p.sky[0], p.sky[1], 0.8)])
  haze(ctx, w, y, u * 22, p.sky[2], 0.3)
  for (let index = 0; index < 26; index += 1) {
    const px = r.next() * w
    line(
      ctx,
      [
        [px, y + u * 3],
        [px + r.between(-2, 2) * u, y - u * r.between(14, 40)],
      ],
      fade(p.ink, r.between(0.3, 0.8)),
      u * r.between(0.3, 1.2),
    )
  }
  water(ctx, w, h, y, { ...p, sky: [p.ink, p.sky[0], p.sky[1]] }, seed, t, { calm: 0.8 })
  for (let index = 0; index < 15; index += 1) {
    const depth = (index / 14) ** 1.3
    const x = w * (0.5 + Math.sin(index * 0.9 + 0.6) * (0.1 + depth * 0.3)) + Math.sin(t * 0.7 + index) * u * 0.6
    const ly = y - u * (5 - depth * 3) + depth * (h - y) * 0.62
    const size = u * (0.5 + depth * 2)
    glow(ctx, x, ly, size * 9, p.accent, 0.75)
    ctx.fillStyle = mix(p.accent, p.glow, 0.7)
    ctx.fillRect(x - size * 0.5, ly - size * 0.8, size, size * 1.6)
    person(ctx, x + size * 1.7, ly + size * 4.6, size * 7.4, fade(p.ink, 0.92), { stride: 0.03 })
    ctx.fillStyle = fade(p.accent, 0.3)
    ctx.fillRect(x - size * 0.4, ly + size * 5, size * 0.8, size * 6)
  }
  haze(ctx, w, y + u * 6, u * 16, p.sky[1], 0.35)
  for (let index = 0; index < 110; index += 1) {
    const gx = r.next() * w
    line(
      ctx,
      [
        [gx, h + 2],
        [gx + u * r.between(-2, 3), h - u * r.between(3, 13)],
      ],
      p.ink,
      u * 0.3,
    )
  }
}
