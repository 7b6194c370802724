/* oxlint-disable max-params, max-lines-per-function -- a picture is drawn in one go, from back to front */
/** Mountains, deserts, forests and fields. A scene is (ctx, w, h, palette, { r, seed, t, horizon }). */
import { clouds, disc, glow, haze, line, person, polygon, ridge, sky, stars, unit, verticalFill } from './brush.mjs'
import { fade, lightness, mix } from './palettes.mjs'
import { fractalNoise } from './random.mjs'

export function mountains(ctx, w, h, p, { r, seed, t, horizon = 0.7 }) {
  const u = unit(w, h)
  const y = h * horizon
  const x = w * r.between(0.3, 0.7)
  sky(ctx, w, h, p, y)
  if (lightness(p.sky[0]) < 0.25) stars(ctx, w, y * 0.6, seed, 70, p.glow, t)
  glow(ctx, x, y * 0.55, u * 60, p.glow, 0.6)
  disc(ctx, x, y * 0.5, u * 6.5, p.glow)
  clouds(ctx, w, y * 0.3, y * 0.9, {
    seed,
    colour: mix(p.sky[2], p.glow, 0.5),
    cover: 0.46,
    opacity: 0.6,
    stretch: 2,
    shift: t * 0.02,
  })
  for (let depth = 0; depth < 6; depth += 1) {
    const far = depth / 5
    ridge(ctx, w, h, {
      seed: seed + depth * 13,
      base: y - u * 6 + far * (h - y) * 0.95,
      height: u * (40 - depth * 4.5),
      scale: 2.4 - far * 0.6,
      ridged: true,
      shift: t * 0.004 * (depth + 1),
      fill: mix(mix(p.sky[2], p.sky[1], 0.45), p.ink, far ** 0.85),
    })
    if (depth < 5) haze(ctx, w, y + far * (h - y) * 0.9, u * 9, mix(p.sky[2], p.glow, 0.3), 0.4 - far * 0.28)
  }
}

export function aurora(ctx, w, h, p, { r, seed, t, horizon = 0.76 }) {
  const u = unit(w, h)
  const y = h * horizon
  verticalFill(ctx, 0, 0, w, y, [p.sky[0], p.sky[1], mix(p.sky[1], p.sky[2], 0.8)])
  stars(ctx, w, y, seed, 200, '#ffffff', t)
  ctx.save()
  ctx.globalCompositeOperation = 'screen'
  for (let band = 0; band < 3; band += 1) {
    const colour = [p.glow, mix(p.glow, p.accent, 0.5), p.accent][band]
    const offset = r.between(0, 10)
    for (let x = 0; x < w; x += u * 0.7) {
      const wave = fractalNoise(seed + band, (x / w) * 2.2 + offset + t * 0.02, 0.5, 3)
      const foot = y * (0.42 + band * 0.1 + (wave - 0.5) * 0.75)
      const rays = fractalNoise(seed + 40 + band, (x / w) * 22 + t * 0.12, 0.5, 3)
      const tall = u * (14 + rays * 44)
      const gradient = ctx.createLinearGradient(0, foot - tall, 0, foot + u * 3)
      gradient.addColorStop(0, fade(colour, 0))
      gradient.addColorStop(0.8, fade(colour, 0.1 + rays * 0.34))
      gradient.addColorStop(1, fade(colour, 0))
      ctx.fillStyle = gradient
      ctx.fillRect(x, foot - tall, u * 1.1, tall + u * 3)
    }
  }
  ctx.restore()
  ridge(ctx, w, h, { seed, base: y + u * 5, height: u * 24, scale: 2.5, ridged: true, fill: mix(p.sky[1], p.ink, 0.5) })
  ridge(ctx, w, h, { seed: seed + 8, base: y + u * 13, height: u * 12, scale: 2, fill: p.ink })
  const x = w * r.between(0.4, 0.6)
  polygon(
    ctx,
    [
      [x - u * 4, y + u * 9],
      [x - u * 4, y + u * 3],
      [x, y - u * 1],
      [x + u * 4, y + u * 3],
      [x + u * 4, y + u * 9],
    ],
    p.ink,
  )
  polygon(
    ctx,
    [
      [x - u * 1.4, y],
      [x, y - u * 14],
      [x + u * 1.4, y],
    ],
    p.ink,
  )
  ctx.fillStyle = '#ffd58a'
  ctx.fillRect(x - u * 0.8, y + u * 3.4, u * 1.6, u * 2.6)
  glow(ctx, x, y + u * 4.5, u * 9, '#ffc46b', 0.7)
}

export function dunes(ctx, w, h, p, { r, seed, t, horizon = 0.52 }) {
  const u = unit(w, h)
  const y = h * horizon
  const x = w * r.between(0.25, 0.75)
  sky(ctx, w, h, p, y + u * 6)
  glow(ctx, x, y - u * 16, u * 60, p.glow, 0.7)
  disc(ctx, x, y - u * 17, u * r.between(7, 12), mix(p.glow, p.sky[2], 0.15))
  for (let depth = 0; depth < 5; depth += 1) {
    const far = depth / 4
    const base = y + far ** 1.2 * (h - y) * 0.85
    const light = mix(mix(p.sky[2], p.sky[1], 0.55), p.ink, far * 0.42)
    const dark = mix(mix(p.sky[1], p.ink, 0.3), p.ink, far * 0.65)
    const crest = (px) =>
      base -
      u * (10 + depth * 2.5) * fractalNoise(seed + depth * 5, (px / w) * (2.2 - far * 0.9) + t * 0.006 * depth, 0.5, 2)
    ridge(ctx, w, h, {
      seed: seed + depth * 5,
      base,
      height: u * (10 + depth * 2.5),
      scale: 2.2 - far * 0.9,
      octaves: 2,
      shift: t * 0.006 * depth,
      fill: light,
    })
    const shade = []
    for (let px = -4; px <= w + 4; px += 4) shade.push([px, crest(px) + 1])
    for (let px = w + 4; px >= -4; px -= 4) {
      shade.push([
        px,
        crest(px) + u * (4 + depth * 4) * (0.2 + fractalNoise(seed + depth, (px / w) * 3 + 9, 0.5, 2) * 1.3),
      ])
    }
    polygon(ctx, shade, fade(dark, 0.6))
  }
  const trail = h * 0.7
  for (let walker = 0; walker < 6; walker += 1) {
    const px = w * 0.36 + walker * u * 6 + t * u * 0.8
    const py = trail + Math.sin(walker * 1.3) * u * 0.6 - walker * u * 0.5
    person(ctx, px, py, u * (walker === 0 ? 8 : 7), p.ink, { stride: 0.06 + 0.05 * Math.sin(t * 4 + walker) })
    polygon(
      ctx,
      [
        [px, py],
        [px - u * 10, py + u * 1.4],
        [px - u * 9.4, py + u * 2],
      ],
      fade(p.ink, 0.35),
    )
  }
}

function pine(ctx, x, y, height, colour) {
  polygon(
    ctx,
    [
      [x - height * 0.012, y],
      [x + height * 0.012, y],
      [x, y - height],
    ],
    colour,
  )
  for (let tier = 0; tier < 9; tier += 1) {
    const top = y - height * (1 - tier * 0.1)
    const wide = height * (0.03 + tier * 0.021)
    polygon(
      ctx,
      [
        [x, top],
        [x + wide, top + height * 0.15],
        [x, top + height * 0.12],
        [x - wide, top + height * 0.15],
      ],
      colour,
    )
  }
}

export function forest(ctx, w, h, p, { r, seed, t, horizon = 0.8 }) {
  const u = unit(w, h)
  verticalFill(ctx, 0, 0, w, h, [p.sky[1], p.sky[2], mix(p.sky[2], p.glow, 0.5), p.sky[1]])
  const x = w * r.between(0.4, 0.6)
  glow(ctx, x, h * 0.5, u * 60, p.glow, 0.8)
  for (let depth = 0; depth < 5; depth += 1) {
    const far = depth / 4
    const tone = mix(mix(p.sky[2], p.sky[1], 0.6), p.ink, far ** 0.8)
    const base = h * (horizon - 0.16 + far * 0.26)
    const spacing = u * (6 + depth * 5)
    for (let px = -spacing; px < w + spacing; px += spacing * r.between(0.5, 1.1)) {
      const clearing = Math.abs(px - x) < u * (5 + depth * 11)
      if (clearing) continue
      pine(
        ctx,
        px - t * u * 0.15 * depth,
        base + r.between(-1, 2) * u,
        u * r.between(26, 42) * (0.75 + depth * 0.36),
        tone,
      )
    }
    ridge(ctx, w, h, { seed: seed + depth, base: base + u * 2, height: u * 4, scale: 3, fill: tone })
    if (depth < 4) haze(ctx, w, base, u * 12, mix(p.sky[2], p.glow, 0.35), 0.5 - far * 0.3)
  }
  person(ctx, x, h * (horizon + 0.075), u * 12, p.ink, { hat: true })
}

export function field(ctx, w, h, p, { r, seed, t, horizon = 0.66 }) {
  const u = unit(w, h)
  const y = h * horizon
  sky(ctx, w, h, p, y)
  const x = w * r.between(0.35, 0.65)
  glow(ctx, x, y, u * 55, p.glow, 0.7)
  clouds(ctx, w, y * 0.1, y * 0.8, { seed, colour: p.glow, cover: 0.47, opacity: 0.75, stretch: 2.2, shift: t * 0.02 })
  ridge(ctx, w, h, { seed, base: y + u * 2, height: u * 8, scale: 2, octaves: 3, fill: mix(p.sky[1], p.ink, 0.3) })
  ridge(ctx, w, h, {
    seed: seed + 2,
    base: y + u * 9,
    height: u * 7,
    scale: 1.4,
    octaves: 2,
    fill: mix(p.accent, p.ink, 0.35),
  })
  ridge(ctx, w, h, {
    seed: seed + 4,
    base: y + u * 20,
    height: u * 9,
    scale: 1.1,
    octaves: 2,
    fill: mix(p.accent, p.ink, 0.68),
  })
  const treeX = x + u * r.between(-14, 14)
  const foot = y + u * 9
  const trunk = (bx, by, angle, length, width) => {
    const ex = bx + Math.cos(angle) * length
    const ey = by + Math.sin(angle) * length
    line(
      ctx,
      [
        [bx, by],
        [ex, ey],
      ],
      p.ink,
      width,
    )
    if (length < u * 2.2) {
      for (let leaf = 0; leaf < 3; leaf += 1)
        disc(
          ctx,
          ex + r.between(-2, 2) * u,
          ey + r.between(-2, 2) * u,
          u * r.between(0.5, 1.3),
          fade(r.chance(0.16) ? p.accent : p.ink, 0.85),
        )
      return
    }
    const sway = Math.sin(t * 1.1 + length) * 0.015
    trunk(ex, ey, angle - r.between(0.2, 0.55) + sway, length * r.between(0.68, 0.8), width * 0.68)
    trunk(ex, ey, angle + r.between(0.2, 0.55) + sway, length * r.between(0.68, 0.8), width * 0.68)
  }
  trunk(treeX, foot, -Math.PI / 2, u * 10, u * 1.7)
  person(ctx, treeX - u * 12, foot + u * 2.4, u * 8, p.ink)
  for (let index = 0; index < 160; index += 1) {
    const gx = r.next() * w
    const tall = u * r.between(2, 7)
    line(
      ctx,
      [
        [gx, h + 2],
        [gx + Math.sin(t * 1.4 + gx) * u * 0.7 + u, h - tall],
      ],
      fade(p.ink, 0.85),
      u * 0.22,
    )
  }
}
