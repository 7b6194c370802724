/* oxlint-disable max-params, max-lines-per-function -- a picture is drawn in one go, from back to front */
/** Planets, rings and the dark between. */
import { clouds, disc, glow, line, person, polygon, ridge, stars, unit, verticalFill } from './brush.mjs'
import { fade, mix } from './palettes.mjs'

function backdrop(ctx, w, h, p, seed, t) {
  verticalFill(ctx, 0, 0, w, h, [p.ink, mix(p.ink, p.sky[0], 0.8), mix(p.sky[0], p.sky[1], 0.35)])
  clouds(ctx, w, -h * 0.1, h * 0.9, { seed, colour: p.sky[1], cover: 0.52, opacity: 0.5, stretch: 2, shift: t * 0.004 })
  clouds(ctx, w, h * 0.1, h, {
    seed: seed + 3,
    colour: p.sky[2],
    cover: 0.44,
    opacity: 0.35,
    stretch: 2.5,
    shift: t * 0.006,
  })
  stars(ctx, w, h, seed, 320, p.glow, t)
}

function globe(ctx, x, y, radius, p, seed, t, lightAngle = -0.8) {
  ctx.save()
  ctx.beginPath()
  ctx.arc(x, y, radius, 0, Math.PI * 2)
  ctx.clip()
  verticalFill(ctx, x - radius, y - radius, radius * 2, radius * 2, [
    p.sky[2],
    p.sky[1],
    mix(p.sky[2], p.accent, 0.3),
    p.sky[1],
    p.sky[0],
  ])
  clouds(ctx, x + radius, y - radius, y + radius, {
    seed,
    colour: p.glow,
    cover: 0.5,
    opacity: 0.5,
    stretch: 2,
    shift: t * 0.01,
  })
  clouds(ctx, x + radius, y - radius, y + radius, {
    seed: seed + 2,
    colour: p.sky[0],
    cover: 0.48,
    opacity: 0.6,
    stretch: 2.4,
    shift: t * 0.012,
  })
  const [lx, ly] = [x + Math.cos(lightAngle) * radius * 0.75, y + Math.sin(lightAngle) * radius * 0.75]
  const shade = ctx.createRadialGradient(lx, ly, radius * 0.1, lx, ly, radius * 1.75)
  shade.addColorStop(0, fade(p.glow, 0.35))
  shade.addColorStop(0.35, fade(p.ink, 0.05))
  shade.addColorStop(0.72, fade(p.ink, 0.8))
  shade.addColorStop(1, fade(p.ink, 0.98))
  ctx.fillStyle = shade
  ctx.fillRect(x - radius, y - radius, radius * 2, radius * 2)
  ctx.restore()
  ctx.save()
  ctx.globalCompositeOperation = 'screen'
  ctx.strokeStyle = fade(p.glow, 0.75)
  ctx.lineWidth = radius * 0.014
  ctx.filter = `blur(${radius * 0.012}px)`
  ctx.beginPath()
  ctx.arc(x, y, radius, lightAngle - 1.25, lightAngle + 1.25)
  ctx.stroke()
  ctx.restore()
}

export function space(ctx, w, h, p, { r, seed, t, horizon = 0.7 }) {
  const u = unit(w, h)
  backdrop(ctx, w, h, p, seed, t)
  const earth = [w * r.between(0.3, 0.7), h * (horizon - 0.24)]
  globe(ctx, earth[0], earth[1], u * r.between(11, 18), p, seed, t, r.between(-2.4, -0.6))
  const y = h * horizon
  ridge(ctx, w, h, { seed, base: y + u * 4, height: u * 16, scale: 2.4, fill: mix(p.sky[1], p.ink, 0.55) })
  ridge(ctx, w, h, { seed: seed + 6, base: y + u * 13, height: u * 12, scale: 1.7, fill: mix(p.sky[0], p.ink, 0.65) })
  for (let crater = 0; crater < 9; crater += 1) {
    ctx.fillStyle = fade(p.ink, 0.5)
    ctx.beginPath()
    ctx.ellipse(r.next() * w, y + u * 12 + r.next() * (h - y), u * r.between(2, 8), u * r.between(0.4, 1.4), 0, 0, 7)
    ctx.fill()
  }
  const x = w * r.between(0.3, 0.7)
  const foot = y + u * 12
  const metal = mix(p.glow, p.sky[1], 0.3)
  ctx.save()
  ctx.translate(x, foot - u * 13)
  ctx.rotate(-0.5 + Math.sin(t * 0.2) * 0.1)
  ctx.fillStyle = metal
  ctx.beginPath()
  ctx.ellipse(0, 0, u * 8.5, u * 2.6, 0, 0, Math.PI)
  ctx.fill()
  ctx.fillStyle = mix(metal, p.ink, 0.45)
  ctx.beginPath()
  ctx.ellipse(0, 0, u * 8.5, u * 1.6, 0, 0, 7)
  ctx.fill()
  line(
    ctx,
    [
      [-u * 5, -u * 0.4],
      [0, -u * 6],
      [u * 5, -u * 0.4],
    ],
    metal,
    u * 0.3,
  )
  disc(ctx, 0, -u * 6, u * 0.7, p.accent)
  ctx.restore()
  polygon(
    ctx,
    [
      [x - u * 3, foot + u * 2],
      [x - u * 0.6, foot - u * 11],
      [x + u * 0.6, foot - u * 11],
      [x + u * 3, foot + u * 2],
    ],
    mix(p.ink, p.sky[0], 0.35),
  )
  glow(ctx, x, foot - u * 18, u * 8, p.accent, 0.8)
  person(ctx, x + u * 13, foot + u * 5, u * 9, mix(p.glow, p.sky[2], 0.35))
  disc(ctx, x + u * 13, foot - u * 3.3, u * 1.15, p.glow)
}

export function saturn(ctx, w, h, p, { r, seed, t, horizon = 0.42 }) {
  const u = unit(w, h)
  backdrop(ctx, w, h, p, seed, t)
  const radius = u * r.between(24, 30)
  const [x, y] = [w * r.between(0.42, 0.6) + t * u * 0.1, h * horizon]
  const tilt = r.between(-0.5, -0.25)
  const rings = (from, to) => {
    ctx.save()
    ctx.translate(x, y)
    ctx.rotate(tilt)
    for (let ring = 0; ring < 46; ring += 1) {
      const reach = radius * (1.28 + ring * 0.022)
      if (ring > 27 && ring < 31) continue
      const tone = mix(mix(p.sky[2], p.glow, r.next()), p.sky[1], r.next() * 0.7)
      ctx.strokeStyle = fade(tone, r.between(0.25, 0.9))
      ctx.lineWidth = radius * 0.024
      ctx.beginPath()
      ctx.ellipse(0, 0, reach, reach * 0.24, 0, from, to)
      ctx.stroke()
    }
    ctx.restore()
  }
  glow(ctx, x - radius, y - radius * 0.5, radius * 3.2, p.sky[2], 0.35)
  rings(Math.PI, Math.PI * 2)
  globe(ctx, x, y, radius, p, seed, t, -2.3)
  rings(0, Math.PI)
  const ship = [w * 0.3 + t * u * 1.2, h * 0.72 - t * u * 0.4]
  const trail = ctx.createLinearGradient(ship[0] - u * 26, 0, ship[0], 0)
  trail.addColorStop(0, fade(p.accent, 0))
  trail.addColorStop(1, fade(p.glow, 0.9))
  polygon(
    ctx,
    [
      [ship[0] - u * 26, ship[1] + u * 9],
      [ship[0], ship[1] - u * 0.3],
      [ship[0], ship[1] + u * 0.4],
    ],
    trail,
  )
  polygon(
    ctx,
    [
      [ship[0] + u * 2, ship[1] - u * 0.6],
      [ship[0] - u, ship[1] - u * 0.8],
      [ship[0] - u * 0.4, ship[1] + u],
    ],
    p.glow,
  )
  glow(ctx, ship[0], ship[1], u * 5, p.accent, 0.9)
}

export function planet(ctx, w, h, p, { r, seed, t, horizon = 0.78 }) {
  const u = unit(w, h)
  backdrop(ctx, w, h, p, seed, t)
  const radius = Math.max(w, h) * 0.62
  const [x, y] = [w * r.between(0.4, 0.6), h * horizon + radius * 0.7]
  glow(ctx, x, y - radius, radius * 0.95, p.sky[2], 0.75)
  ctx.save()
  ctx.beginPath()
  ctx.arc(x, y, radius, 0, 7)
  ctx.clip()
  verticalFill(ctx, x - radius, y - radius, radius * 2, radius * 0.9, [p.glow, p.accent, p.sky[2], p.sky[1], p.sky[0]])
  for (let layer = 0; layer < 3; layer += 1) {
    clouds(ctx, w, y - radius * (1 - layer * 0.08), y - radius * 0.4, {
      seed: seed + layer,
      colour: [p.glow, p.sky[1], p.sky[0]][layer],
      cover: 0.5,
      opacity: 0.6,
      stretch: 3,
      shift: t * 0.02,
    })
  }
  ctx.restore()
  glow(ctx, x, y - radius, u * 30, p.glow, 0.55)
  const station = [w * r.between(0.36, 0.64) + t * u * 0.5, h * (horizon - 0.27)]
  const tone = mix(p.sky[2], p.glow, 0.25)
  ctx.save()
  ctx.translate(station[0], station[1])
  ctx.rotate(-0.2)
  ctx.strokeStyle = tone
  for (const [reach, width] of [
    [18, 1.5],
    [12, 0.6],
  ]) {
    ctx.lineWidth = u * width
    ctx.beginPath()
    ctx.ellipse(0, 0, u * reach, u * reach * 0.3, 0, 0, 7)
    ctx.stroke()
  }
  for (let light = 0; light < 44; light += 1) {
    const angle = (light / 44) * Math.PI * 2 + t * 0.1
    disc(ctx, Math.cos(angle) * u * 18, Math.sin(angle) * u * 5.4, u * 0.32, fade(p.ink, light % 5 ? 0.9 : 0.3))
  }
  polygon(
    ctx,
    [
      [-u * 1.6, u * 7],
      [-u * 2.6, 0],
      [-u * 1.2, -u * 11],
      [0, -u * 19],
      [u * 1.2, -u * 11],
      [u * 2.6, 0],
      [u * 1.6, u * 7],
    ],
    tone,
  )
  for (let floor = 0; floor < 8; floor += 1) {
    for (const column of [-0.7, 0.2, 0.9]) {
      ctx.fillStyle = fade(p.ink, r.between(0.3, 0.95))
      ctx.fillRect(u * column - u * 0.3, -u * (9 - floor * 1.7), u * 0.42, u * 0.7)
    }
  }
  line(
    ctx,
    [
      [-u * 18, 0],
      [u * 18, 0],
    ],
    tone,
    u * 0.7,
  )
  ctx.restore()
}
