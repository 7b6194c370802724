/* oxlint-disable max-params, max-lines-per-function -- a picture is drawn in one go, from back to front */
/** Seas, moons, islands and a lighthouse. A scene is (ctx, w, h, palette, { r, seed, t, horizon }). */
import { clouds, disc, glow, haze, person, polygon, ridge, sky, stars, unit, water } from './brush.mjs'
import { fade, lightness, mix } from './palettes.mjs'
import { fractalNoise } from './random.mjs'

const isNight = (p) => lightness(p.sky[1]) < 0.25

export function boat(ctx, x, y, size, colour, light, t = 0) {
  ctx.save()
  ctx.translate(x, y + Math.sin(t * 1.3) * size * 0.03)
  ctx.rotate(Math.sin(t * 0.9) * 0.03)
  ctx.scale(size, size)
  polygon(
    ctx,
    [
      [-0.5, -0.1],
      [0.55, -0.13],
      [0.4, 0.06],
      [-0.4, 0.06],
    ],
    colour,
  )
  polygon(
    ctx,
    [
      [-0.02, -0.16],
      [-0.02, -1.1],
      [-0.42, -0.2],
    ],
    colour,
  )
  polygon(
    ctx,
    [
      [0.03, -0.18],
      [0.03, -0.98],
      [0.4, -0.22],
    ],
    colour,
  )
  ctx.restore()
  if (light) glow(ctx, x, y - size * 0.15, size * 0.5, light, 0.5)
}

export function sea(ctx, w, h, p, { r, seed, t, horizon = 0.6 }) {
  const u = unit(w, h)
  const y = h * horizon
  const x = w * r.between(0.35, 0.65)
  const radius = u * r.between(7, 13)
  const height = y - radius * r.between(0.5, 2.2)
  sky(ctx, w, h, p, y)
  if (isNight(p)) stars(ctx, w, y * 0.7, seed, 90, p.glow, t)
  glow(ctx, x, height, u * 60, p.glow, 0.55)
  disc(ctx, x, height, radius, mix(p.glow, p.sky[2], 0.1))
  clouds(ctx, w, y * 0.25, y * 1.05, {
    seed,
    colour: mix(p.sky[1], p.sky[0], 0.4),
    cover: 0.5,
    opacity: 0.75,
    stretch: 2,
    shift: t * 0.02,
  })
  clouds(ctx, w, y * 0.6, y * 1.02, {
    seed: seed + 9,
    colour: mix(p.sky[2], p.glow, 0.5),
    cover: 0.46,
    opacity: 0.7,
    stretch: 2,
    shift: t * 0.03,
  })
  water(ctx, w, h, y, p, seed, t, { lightX: x })
  haze(ctx, w, y, u * 3, p.glow, 0.25)
  const boatX = w * (r.chance(0.5) ? r.between(0.14, 0.3) : r.between(0.7, 0.86)) + t * u * 0.35
  boat(ctx, boatX, y + u * r.between(3, 9), u * r.between(6, 10), mix(p.ink, p.sky[0], 0.25), null, t)
}

export function moon(ctx, w, h, p, { r, seed, t, horizon = 0.68 }) {
  const u = unit(w, h)
  const y = h * horizon
  const x = w * r.between(0.42, 0.58)
  const radius = u * 30
  const cy = y - radius * 0.75 - t * u * 0.25
  sky(ctx, w, h, p, y)
  stars(ctx, w, y, seed, 130, p.glow, t)
  glow(ctx, x, cy, radius * 2.6, p.glow, 0.45)
  disc(ctx, x, cy, radius, mix(p.glow, p.sky[2], 0.25))
  ctx.save()
  ctx.beginPath()
  ctx.arc(x, cy, radius, 0, Math.PI * 2)
  ctx.clip()
  clouds(ctx, w, cy - radius, cy + radius, {
    seed: seed + 4,
    colour: mix(p.sky[1], p.sky[2], 0.3),
    cover: 0.52,
    opacity: 0.55,
    stretch: 5,
  })
  for (let index = 0; index < 16; index += 1) {
    disc(
      ctx,
      x + r.between(-1, 1) * radius,
      cy + r.between(-1, 1) * radius,
      radius * r.between(0.02, 0.13),
      fade(p.sky[1], 0.22),
    )
  }
  ctx.restore()
  water(ctx, w, h, y, p, seed, t, { lightX: x, strength: 0.9 })
  haze(ctx, w, y, u * 4, p.glow, 0.25)
  ridge(ctx, w, h, { seed, base: h * 1.02, height: h * 0.12, scale: 1.6, fill: p.ink })
  person(ctx, w * 0.5 + u * 6, h * 0.955, u * 10, p.ink)
}

export function islands(ctx, w, h, p, { r, seed, t, horizon = 0.56 }) {
  const u = unit(w, h)
  const y = h * horizon
  sky(ctx, w, h, p, y)
  const x = w * r.between(0.25, 0.75)
  glow(ctx, x, y - u * 14, u * 55, p.glow, 0.6)
  disc(ctx, x, y - u * 16, u * 5, p.glow)
  for (let depth = 0; depth < 5; depth += 1) {
    const tone = mix(mix(p.sky[2], p.sky[1], 0.3), p.ink, 0.12 + depth * 0.19)
    const centre = w * r.between(-0.05, 1.05) - t * u * 0.12 * depth
    const width = w * r.between(0.22, 0.5) * (1 - depth * 0.08)
    const tall = u * r.between(12, 30) * (1 - depth * 0.14)
    const foot = y + depth * u * 3.4
    const points = []
    for (let step = 0; step <= 80; step += 1) {
      const along = step / 80
      const dome = Math.sin(along * Math.PI) ** 0.7
      points.push([
        centre + (along - 0.5) * width,
        foot - dome * tall * (0.45 + 0.9 * fractalNoise(seed + depth * 7, along * 3, 0.5)),
      ])
    }
    if (depth === 0) water(ctx, w, h, y, p, seed, t, { lightX: x, strength: 0.5 })
    polygon(ctx, points, tone)
    ctx.save()
    ctx.globalAlpha = 0.25
    polygon(
      ctx,
      points.map(([px, py]) => [px, foot + (foot - py) * 0.35]),
      tone,
    )
    ctx.restore()
    haze(ctx, w, foot, u * 3.5, mix(p.sky[2], p.glow, 0.4), 0.5)
  }
  boat(ctx, w * r.between(0.3, 0.7) + t * u * 0.5, y + u * 22, u * 9, p.ink, p.accent, t)
}

export function lighthouse(ctx, w, h, p, { r, seed, t, horizon = 0.64 }) {
  const u = unit(w, h)
  const y = h * horizon
  const side = r.chance(0.5) ? 1 : -1
  const x = w * (0.5 + side * r.between(0.1, 0.2))
  const foot = y - u * 9
  const top = foot - u * 34
  sky(ctx, w, h, p, y)
  stars(ctx, w, y, seed, 120, p.glow, t)
  clouds(ctx, w, y * 0.3, y, { seed, colour: p.sky[2], cover: 0.45, opacity: 0.6, stretch: 2, shift: t * 0.02 })
  ctx.save()
  ctx.globalCompositeOperation = 'screen'
  for (const [direction, length] of [
    [-1, 1.5],
    [1, 1.2],
  ]) {
    const swing = Math.sin(t * 0.5) * 0.2
    const gradient = ctx.createLinearGradient(x, top, x + direction * w * 0.8, top)
    gradient.addColorStop(0, fade(p.accent, 0.95))
    gradient.addColorStop(1, fade(p.accent, 0))
    polygon(
      ctx,
      [
        [x, top - u * 0.6],
        [x + direction * w * length, top - u * (22 + swing * 40)],
        [x + direction * w * length, top + u * (4 - swing * 40)],
        [x, top + u * 0.6],
      ],
      gradient,
    )
  }
  ctx.restore()
  water(ctx, w, h, y, p, seed, t, { lightX: x, strength: 0.45 })
  const cliff = []
  for (let step = 0; step <= 60; step += 1) {
    const along = step / 60
    cliff.push([
      x + side * u * (along * 130 - 18),
      foot +
        u * 2 * fractalNoise(seed, along * 8) -
        (along > 0.12 ? along * u * 9 : 0) +
        (along < 0.1 ? (0.1 - along) * u * 190 : 0),
    ])
  }
  polygon(ctx, [...cliff, [x + side * w * 1.5, h], [x - side * u * 24, h], [x - side * u * 22, y + u * 12]], p.ink)
  const stone = ctx.createLinearGradient(x - u * 4, 0, x + u * 4, 0)
  stone.addColorStop(0, mix(p.glow, p.sky[1], 0.25))
  stone.addColorStop(1, mix(p.sky[0], p.sky[1], 0.4))
  polygon(
    ctx,
    [
      [x - u * 2.4, top + u * 3],
      [x + u * 2.4, top + u * 3],
      [x + u * 3.9, foot + u * 2],
      [x - u * 3.9, foot + u * 2],
    ],
    stone,
  )
  ctx.fillStyle = p.ink
  ctx.fillRect(x - u * 3.4, top + u * 2, u * 6.8, u * 1.2)
  polygon(
    ctx,
    [
      [x - u * 2.6, top - u * 2],
      [x, top - u * 5],
      [x + u * 2.6, top - u * 2],
    ],
    p.ink,
  )
  ctx.fillStyle = p.accent
  ctx.fillRect(x - u * 1.9, top - u * 2, u * 3.8, u * 4)
  glow(ctx, x, top, u * 26, p.accent, 0.9)
}
