/* oxlint-disable max-params, max-lines-per-function -- a picture is drawn in one go, from back to front */
/** Ice, the deep and the storm above it. A scene is (ctx, w, h, palette, { r, seed, t, horizon }). */
import {
  bird,
  clouds,
  disc,
  glow,
  line,
  person,
  polygon,
  ridge,
  sky,
  stars,
  unit,
  verticalFill,
  water,
} from './brush.mjs'
import { fade, mix } from './palettes.mjs'
import { boat } from './scenes-sea.mjs'

export function icefield(ctx, w, h, p, { r, seed, t, horizon = 0.46 }) {
  const u = unit(w, h)
  const y = h * horizon
  sky(ctx, w, h, p, y)
  glow(ctx, w * 0.5, y, u * 50, p.glow, 0.6)
  ridge(ctx, w, h, { seed, base: y + u, height: u * 10, scale: 5, ridged: true, fill: mix(p.sky[2], p.sky[1], 0.5) })
  verticalFill(ctx, 0, y, w, h - y, [mix(p.sky[1], p.sky[0], 0.35), mix(p.sky[0], p.ink, 0.55)])
  const channel = w * r.between(0.42, 0.58)
  for (let row = 0; row < 26; row += 1) {
    const depth = (row / 26) ** 1.8
    const size = u * (1.4 + depth * 26)
    const cy = y + depth * (h - y) * 1.08
    for (let x = -size; x < w + size; x += size * 1.45) {
      const cx = x + r.between(-0.4, 0.4) * size - t * u * 0.1 * depth
      const gap = u * (1 + depth * 24)
      if (Math.abs(cx - channel) < gap || r.chance(0.12)) continue
      const points = Array.from({ length: 8 }, (_, corner) => {
        const angle = (corner / 8) * Math.PI * 2
        const reach = size * r.between(0.5, 0.82)
        return [cx + Math.cos(angle) * reach, cy + Math.sin(angle) * reach * 0.28]
      })
      polygon(
        ctx,
        points.map(([px, py]) => [px, py + size * 0.09]),
        mix(p.sky[1], p.sky[0], 0.25),
      )
      polygon(ctx, points, mix(p.sky[2], p.glow, r.between(0, 0.7)))
    }
  }
  const bow = y + u * 9
  const hull = mix(p.ink, p.accent, 0.08)
  polygon(
    ctx,
    [
      [channel - u * 6, bow - u * 9],
      [channel + u * 6, bow - u * 9],
      [channel + u * 3, bow + u * 3],
      [channel, bow + u * 5],
      [channel - u * 3, bow + u * 3],
    ],
    p.accent,
  )
  polygon(
    ctx,
    [
      [channel, bow - u * 9],
      [channel + u * 6, bow - u * 9],
      [channel + u * 3, bow + u * 3],
      [channel, bow + u * 5],
    ],
    mix(p.accent, p.ink, 0.35),
  )
  ctx.fillStyle = p.glow
  ctx.fillRect(channel - u * 4.4, bow - u * 15, u * 8.8, u * 6)
  ctx.fillStyle = hull
  ctx.fillRect(channel - u * 4.4, bow - u * 13.6, u * 8.8, u * 1.4)
  ctx.fillRect(channel - u * 0.4, bow - u * 23, u * 0.8, u * 8)
  line(
    ctx,
    [
      [channel - u * 3, bow - u * 20],
      [channel + u * 3, bow - u * 20],
    ],
    hull,
    u * 0.4,
  )
}

export function underwater(ctx, w, h, p, { r, seed, t }) {
  const u = unit(w, h)
  verticalFill(ctx, 0, 0, w, h, [mix(p.sky[2], p.glow, 0.35), p.sky[1], mix(p.sky[0], p.sky[1], 0.3), p.ink])
  ctx.save()
  ctx.globalCompositeOperation = 'screen'
  ctx.filter = `blur(${u * 1.2}px)`
  for (let index = 0; index < 11; index += 1) {
    const x = w * r.between(0, 1)
    const lean = (x - w / 2) * 0.7 + Math.sin(t * 0.4 + index) * u * 4
    const width = u * r.between(1.5, 6)
    const gradient = ctx.createLinearGradient(0, 0, 0, h * r.between(0.55, 0.95))
    gradient.addColorStop(0, fade(p.glow, r.between(0.1, 0.3)))
    gradient.addColorStop(1, fade(p.glow, 0))
    polygon(
      ctx,
      [
        [x - width, -9],
        [x + width, -9],
        [x + lean + width * 3, h],
        [x + lean - width * 3, h],
      ],
      gradient,
    )
  }
  ctx.restore()
  for (let layer = 0; layer < 3; layer += 1) {
    ridge(ctx, w, h, {
      seed: seed + layer,
      base: h * (1.02 + layer * 0.02),
      height: h * (0.3 - layer * 0.08),
      scale: 3 + layer,
      fill: mix(p.sky[0], p.ink, 0.35 + layer * 0.32),
    })
  }
  const school = { x: w * r.between(0.3, 0.7), y: h * r.between(0.3, 0.5) }
  for (let index = 0; index < 70; index += 1) {
    const angle = r.next() * Math.PI * 2 + t * 0.25
    const reach = u * (4 + r.next() ** 0.6 * 22)
    const x = school.x + Math.cos(angle) * reach * 1.3
    const y = school.y + Math.sin(angle) * reach * 0.55
    ctx.fillStyle = fade(p.ink, 0.55)
    ctx.beginPath()
    ctx.ellipse(x, y, u * 1.1, u * 0.36, -0.2, 0, Math.PI * 2)
    ctx.fill()
    polygon(
      ctx,
      [
        [x - u * 0.9, y],
        [x - u * 1.8, y - u * 0.5],
        [x - u * 1.7, y + u * 0.6],
      ],
      fade(p.ink, 0.55),
    )
  }
  for (let index = 0; index < 40; index += 1) {
    const rise = (r.next() * h + h - t * u * (2 + r.next() * 4)) % h
    disc(ctx, r.next() * w, rise, u * r.between(0.1, 0.5), fade(p.glow, 0.35))
  }
  person(ctx, w * r.between(0.35, 0.65), h * 0.83, u * 10, p.ink, { stride: 0.1 })
}

export function whale(ctx, w, h, p, { r, seed, t, horizon = 0.36 }) {
  const u = unit(w, h)
  const surface = h * (h > w ? 0.2 : horizon)
  sky(ctx, w, h, p, surface)
  stars(ctx, w, surface, seed, 70, p.glow, t)
  glow(ctx, w * 0.5, surface, u * 50, p.glow, 0.35)
  verticalFill(ctx, 0, surface, w, h - surface, [
    mix(p.sky[2], p.glow, 0.2),
    mix(p.sky[2], p.sky[1], 0.6),
    p.sky[1],
    mix(p.sky[0], p.ink, 0.6),
  ])
  for (let index = 0; index < 60; index += 1) {
    disc(
      ctx,
      r.next() * w,
      surface + r.next() * (h - surface),
      u * r.between(0.08, 0.3),
      fade(p.glow, r.between(0.1, 0.4)),
    )
  }
  const size = Math.min(w * 0.88, h * 0.9)
  ctx.save()
  ctx.translate(w * 0.52 - t * u * 0.5, surface + (h - surface) * (h > w ? 0.27 : 0.42) + Math.sin(t * 0.6) * u)
  ctx.rotate(-0.1 + Math.sin(t * 0.5) * 0.015)
  ctx.scale(size, size)
  const skin = ctx.createLinearGradient(0, -0.12, 0, 0.14)
  skin.addColorStop(0, mix(p.sky[2], p.glow, 0.25))
  skin.addColorStop(0.5, mix(p.sky[1], p.sky[0], 0.3))
  skin.addColorStop(1, mix(p.sky[2], p.glow, 0.5))
  ctx.fillStyle = skin
  ctx.beginPath()
  ctx.moveTo(-0.5, 0.015)
  ctx.bezierCurveTo(-0.44, -0.1, -0.2, -0.13, 0.02, -0.09)
  ctx.bezierCurveTo(0.2, -0.06, 0.32, -0.02, 0.42, -0.035)
  ctx.bezierCurveTo(0.46, -0.1, 0.52, -0.13, 0.56, -0.13)
  ctx.bezierCurveTo(0.54, -0.08, 0.53, -0.05, 0.49, -0.015)
  ctx.bezierCurveTo(0.53, 0.01, 0.55, 0.04, 0.57, 0.075)
  ctx.bezierCurveTo(0.5, 0.07, 0.45, 0.045, 0.42, 0.012)
  ctx.bezierCurveTo(0.25, 0.05, 0.05, 0.13, -0.2, 0.12)
  ctx.bezierCurveTo(-0.36, 0.11, -0.47, 0.07, -0.5, 0.015)
  ctx.fill()
  ctx.fillStyle = mix(p.sky[1], p.sky[0], 0.6)
  ctx.beginPath()
  ctx.moveTo(-0.2, 0.08)
  ctx.bezierCurveTo(-0.14, 0.18, -0.06, 0.24, 0.02, 0.26)
  ctx.bezierCurveTo(0, 0.18, -0.04, 0.12, -0.08, 0.075)
  ctx.fill()
  ctx.strokeStyle = fade(p.glow, 0.22)
  ctx.lineWidth = 0.002
  for (let groove = 0; groove < 7; groove += 1) {
    ctx.beginPath()
    ctx.moveTo(-0.47 + groove * 0.01, 0.045 + groove * 0.01)
    ctx.quadraticCurveTo(-0.3, 0.07 + groove * 0.008, -0.12 - groove * 0.02, 0.06 + groove * 0.01)
    ctx.stroke()
  }
  disc(ctx, -0.36, 0.0, 0.006, p.glow)
  ctx.restore()
  water(ctx, w, surface + u * 2.4, surface, p, seed, t, { lightX: w * 0.5, strength: 0.7 })
  boat(ctx, w * 0.5 + t * u * 0.2, surface + u * 0.6, u * 11, p.ink, p.accent, t)
}

export function storm(ctx, w, h, p, { r, seed, t, horizon = 0.7 }) {
  const u = unit(w, h)
  const y = h * horizon
  const x = w * r.between(0.35, 0.65)
  sky(ctx, w, h, p, y)
  clouds(ctx, w, -h * 0.15, y * 0.9, { seed, colour: p.ink, cover: 0.62, opacity: 0.85, stretch: 2.4, shift: t * 0.03 })
  const flash = t === 0 ? 1 : Math.max(0, Math.sin(t * 2.1) ** 21)
  glow(ctx, x, y * 0.35, u * 65, p.glow, 0.25 + 0.5 * flash)
  clouds(ctx, w, h * 0.02, y * 0.75, {
    seed: seed + 5,
    colour: mix(p.sky[2], p.glow, 0.3),
    cover: 0.45,
    opacity: 0.55,
    stretch: 2.4,
    shift: t * 0.05,
  })
  const bolt = (bx, by, length, width) => {
    let [px, py] = [bx, by]
    const points = [[px, py]]
    while (py < by + length) {
      px += r.between(-4, 4) * u
      py += r.between(2, 6) * u
      points.push([px, Math.min(py, by + length)])
      if (width > u * 0.3 && r.chance(0.25)) bolt(px, py, length * 0.25, width * 0.4)
    }
    line(ctx, points, fade(p.glow, Math.min(1, flash + 0.05)), width)
  }
  if (flash > 0.05) bolt(x, y * 0.3, y * 0.7, u * 0.55)
  ridge(ctx, w, h, { seed, base: y + u * 4, height: u * 16, scale: 2.2, fill: mix(p.sky[1], p.ink, 0.6) })
  ridge(ctx, w, h, { seed: seed + 3, base: y + u * 14, height: u * 12, scale: 1.6, fill: p.ink })
  for (let index = 0; index < 5; index += 1) {
    bird(
      ctx,
      x + r.between(-40, 40) * u + t * u,
      y * r.between(0.4, 0.9),
      u * r.between(2, 5),
      p.ink,
      0.5,
      r.between(-0.4, 0.4),
    )
  }
  ctx.fillStyle = fade(p.accent, 0.9)
  const glider = [x - u * 18 + t * u * 3, y * 0.8 - t * u]
  polygon(
    ctx,
    [
      [glider[0], glider[1]],
      [glider[0] - u * 9, glider[1] + u * 3],
      [glider[0] - u * 6.5, glider[1] + u * 3.2],
      [glider[0] - u * 8.5, glider[1] + u * 6],
    ],
    p.accent,
  )
}
