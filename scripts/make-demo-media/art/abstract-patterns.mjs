/* oxlint-disable max-params, max-lines-per-function -- a picture is drawn in one go, from back to front */
/** Patterns that fill a poster. Same signature as the scenes. */
import { disc, flood, glow, line, polygon, unit, verticalFill } from './brush.mjs'
import { fade, mix, paperOf } from './palettes.mjs'
import { fractalNoise } from './random.mjs'

export function contour(ctx, w, h, p, { r, seed }) {
  const u = unit(w, h)
  verticalFill(ctx, 0, 0, w, h, [mix(p.sky[1], p.ink, 0.25), p.sky[1], mix(p.sky[1], p.sky[2], 0.6)])
  const peaks = Array.from({ length: 4 }, () => [
    r.between(0.1, 0.9) * w,
    r.between(0.15, 0.85) * h,
    r.between(0.35, 1),
  ])
  const heightAt = (x, y) => {
    let sum = fractalNoise(seed, (x / u) * 0.022, (y / u) * 0.022, 3) * 0.9
    for (const [px, py, size] of peaks) sum += size * Math.exp(-((x - px) ** 2 + (y - py) ** 2) / (u * 26) ** 2)
    return sum
  }
  const cell = u * 0.9
  for (let y = 0; y < h; y += cell) {
    for (let x = 0; x < w; x += cell) {
      const here = heightAt(x, y) * 13
      const level = Math.floor(here)
      if (level !== Math.floor(heightAt(x + cell, y) * 13) || level !== Math.floor(heightAt(x, y + cell) * 13)) {
        const bold = level % 5 === 0
        disc(ctx, x, y, cell * (bold ? 0.62 : 0.4), fade(bold ? p.glow : mix(p.sky[2], p.glow, 0.4), bold ? 0.95 : 0.6))
      }
    }
  }
  const route = [[w * 0.12, h * 0.9]]
  while (route.at(-1)[1] > h * 0.2) {
    const [x, y] = route.at(-1)
    route.push([x + u * (2.2 + 5 * (fractalNoise(seed + 3, y / (u * 12)) - 0.42)), y - u * 3])
  }
  ctx.setLineDash([u * 2, u * 1.6])
  line(ctx, route, p.accent, u * 0.9)
  ctx.setLineDash([])
  const [ex, ey] = route.at(-1)
  line(
    ctx,
    [
      [ex - u * 3, ey - u * 3],
      [ex + u * 3, ey + u * 3],
    ],
    p.accent,
    u * 1.3,
  )
  line(
    ctx,
    [
      [ex - u * 3, ey + u * 3],
      [ex + u * 3, ey - u * 3],
    ],
    p.accent,
    u * 1.3,
  )
}

export function waves(ctx, w, h, p, { r }) {
  const u = unit(w, h)
  flood(ctx, w, h, paperOf(p))
  disc(ctx, w * r.between(0.35, 0.65), h * 0.27, u * 17, p.accent)
  const size = u * 13
  for (let row = 0; row * size * 0.42 < h; row += 1) {
    const y = h * 0.36 + row * size * 0.42
    for (let x = row % 2 ? -size : -size * 0.0; x < w + size; x += size * 2) {
      const tones = [p.ink, p.glow, p.sky[0], p.glow, mix(p.sky[1], p.sky[0], 0.2), p.glow, p.sky[1]]
      tones.forEach((tone, ring) => disc(ctx, x, y + size, size * (1 - ring * 0.145), tone))
    }
  }
}

export function tiles(ctx, w, h, p, { r }) {
  const columns = 6
  const size = w / columns
  const colours = [p.sky[0], p.sky[1], p.accent, paperOf(p), mix(p.sky[2], p.glow, 0.3), p.ink]
  for (let row = 0; row * size < h; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const [x, y] = [column * size, row * size]
      const one = r.pick(colours)
      const two = r.pick(colours.filter((colour) => colour !== one))
      ctx.fillStyle = one
      ctx.fillRect(x, y, size + 1, size + 1)
      ctx.save()
      ctx.translate(x + size / 2, y + size / 2)
      ctx.rotate((r.int(0, 3) * Math.PI) / 2)
      ctx.fillStyle = two
      ctx.beginPath()
      const kind = r.int(0, 5)
      if (kind === 0) ctx.arc(-size / 2, -size / 2, size, 0, Math.PI / 2)
      if (kind === 0) ctx.lineTo(-size / 2, -size / 2)
      if (kind === 1) ctx.arc(0, 0, size * 0.36, 0, 7)
      if (kind === 2) ctx.rect(-size / 2, -size / 2, size, size / 2)
      if (kind === 3) ctx.arc(0, -size / 2, size / 2, 0, Math.PI)
      if (kind === 4)
        polyPath(ctx, [
          [-size / 2, -size / 2],
          [size / 2, -size / 2],
          [-size / 2, size / 2],
        ])
      if (kind === 5) {
        ctx.arc(0, -size / 2, size / 2, 0, Math.PI)
        ctx.arc(0, size / 2, size / 2, Math.PI, Math.PI * 2)
      }
      ctx.fill()
      if (kind === 1 && r.chance(0.6)) disc(ctx, 0, 0, size * 0.16, p.ink)
      ctx.restore()
    }
  }
}

function polyPath(ctx, points) {
  points.forEach(([x, y], index) => (index ? ctx.lineTo(x, y) : ctx.moveTo(x, y)))
  ctx.closePath()
}

export function halftone(ctx, w, h, p, { r, seed }) {
  const u = unit(w, h)
  flood(ctx, w, h, paperOf(p))
  disc(ctx, w * r.between(0.3, 0.7), h * 0.4, u * 34, p.accent)
  const step = u * 2.5
  ctx.globalCompositeOperation = 'multiply'
  for (let row = -2; row * step < h + step; row += 1) {
    for (let column = -2; column * step < w + step; column += 1) {
      const [x, y] = [column * step + (row % 2 ? step / 2 : 0), row * step]
      const wave =
        0.5 +
        0.5 *
          Math.sin((x / w) * 7 + Math.sin((y / h) * 9) * 1.4 + fractalNoise(seed, x / (u * 30), y / (u * 30), 2) * 5)
      disc(ctx, x, y, step * 0.68 * wave, mix(p.sky[0], p.sky[1], y / h))
    }
  }
  ctx.globalCompositeOperation = 'source-over'
}

export function weave(ctx, w, h, p, { r }) {
  const u = unit(w, h)
  flood(ctx, w, h, p.ink)
  const size = u * 3.2
  const warp = Array.from({ length: 90 }, () => r.pick([p.sky[1], p.accent, p.glow, mix(p.sky[1], p.ink, 0.3)]))
  const weft = Array.from({ length: 90 }, () =>
    r.pick([p.sky[2], p.sky[1], mix(p.sky[2], p.glow, 0.4), mix(p.ink, p.sky[1], 0.5)]),
  )
  for (let row = 0; row * size < h; row += 1) {
    for (let column = 0; column * size < w; column += 1) {
      const diamond = (Math.abs((column % 14) - 7) + Math.abs((row % 14) - 7)) % 6 < 3
      const over = (column + row) % 2 === 0 ? diamond : !diamond && (column + row * 2) % 3 === 0
      const [x, y] = [column * size, row * size]
      const tone = over ? warp[column % 90] : weft[row % 90]
      const gradient = over ? ctx.createLinearGradient(x, 0, x + size, 0) : ctx.createLinearGradient(0, y, 0, y + size)
      gradient.addColorStop(0, mix(tone, p.ink, 0.55))
      gradient.addColorStop(0.5, tone)
      gradient.addColorStop(1, mix(tone, p.ink, 0.55))
      ctx.fillStyle = gradient
      ctx.fillRect(x, y, size, size)
    }
  }
}

export function stripes(ctx, w, h, p, { r, seed }) {
  const u = unit(w, h)
  flood(ctx, w, h, p.ink)
  for (let row = 0; row * u * 2.3 < h; row += 1) {
    const y = row * u * 2.3
    const gap = fractalNoise(seed, row * 0.16, 0.5, 3)
    let x = 0
    while (x < w) {
      const length = u * r.between(3, 26) * (0.3 + gap)
      ctx.fillStyle = r.chance(0.08) ? p.accent : mix(p.sky[2], p.sky[0], r.next())
      ctx.fillRect(x, y, length, u * 1.5)
      x += length + u * r.between(0.8, 3)
    }
  }
}

export function seeds(ctx, w, h, p, { r }) {
  const u = unit(w, h)
  flood(ctx, w, h, p.ink)
  const size = u * 11
  for (let row = -1; row * size * 1.15 < h + size; row += 1) {
    for (let column = -1; column * size < w + size; column += 1) {
      ctx.save()
      ctx.translate(column * size + (row % 2 ? size / 2 : 0), row * size * 1.15)
      ctx.rotate(r.between(-0.6, 0.6))
      const tone = r.pick([p.sky[1], p.sky[2], p.accent, p.glow, mix(p.sky[0], p.sky[1], 0.4)])
      ctx.fillStyle = tone
      ctx.beginPath()
      ctx.moveTo(0, -size * 0.52)
      ctx.bezierCurveTo(size * 0.46, -size * 0.2, size * 0.36, size * 0.42, 0, size * 0.5)
      ctx.bezierCurveTo(-size * 0.36, size * 0.42, -size * 0.46, -size * 0.2, 0, -size * 0.52)
      ctx.fill()
      ctx.strokeStyle = fade(p.ink, 0.6)
      ctx.lineWidth = u * 0.35
      for (const bend of [-0.2, 0, 0.2]) {
        ctx.beginPath()
        ctx.moveTo(0, -size * 0.42)
        ctx.quadraticCurveTo(size * bend, 0, 0, size * 0.42)
        ctx.stroke()
      }
      ctx.restore()
    }
  }
}

export function hexagons(ctx, w, h, p, { r }) {
  const u = unit(w, h)
  verticalFill(ctx, 0, 0, w, h, [p.accent, mix(p.accent, p.ink, 0.4), p.ink])
  const size = u * 8
  for (let row = -1; row * size * 1.5 < h + size * 2; row += 1) {
    for (let column = -1; column * size * 1.732 < w + size * 2; column += 1) {
      const x = column * size * 1.732 + (row % 2 ? size * 0.866 : 0)
      const y = row * size * 1.5
      const near = 1 - Math.min(1, Math.hypot(x - w * 0.5, y - h * 0.5) / (h * 0.55))
      if (r.next() > 0.35 + near * 0.75) continue
      const corners = (reach) =>
        Array.from({ length: 6 }, (_, corner) => [
          x + Math.sin((corner * Math.PI) / 3) * reach,
          y + Math.cos((corner * Math.PI) / 3) * reach,
        ])
      const honey = mix(p.sky[0], p.sky[1], Math.min(1, near * 1.2 + r.between(-0.2, 0.2)))
      polygon(ctx, corners(size * 0.94), mix(honey, p.ink, 0.3))
      polygon(ctx, corners(size * 0.82), honey)
      polygon(
        ctx,
        corners(size * 0.6)
          .slice(2, 5)
          .concat([[x, y]]),
        mix(honey, p.glow, 0.45),
      )
    }
  }
  glow(ctx, w * 0.5, h * 0.45, u * 55, p.glow, 0.35)
}
