/* oxlint-disable max-params, max-lines-per-function, complexity -- a picture is drawn in one go, from back to front */
/** Skylines, streets and a bridge. A scene is (ctx, w, h, palette, { r, seed, t, horizon }). */
import { clouds, disc, glow, haze, line, person, polygon, sky, stars, unit, verticalFill, water } from './brush.mjs'
import { fade, lightness, mix } from './palettes.mjs'

export function city(ctx, w, h, p, { r, seed, t, horizon = 0.66 }) {
  const u = unit(w, h)
  const y = h * horizon
  const x = w * r.between(0.3, 0.7)
  sky(ctx, w, h, p, y)
  if (lightness(p.sky[0]) < 0.2) stars(ctx, w, y * 0.5, seed, 60, p.glow, t)
  glow(ctx, x, y - u * 22, u * 60, p.glow, 0.55)
  disc(ctx, x, y - u * 30, u * 10, mix(p.glow, p.sky[2], 0.2))
  clouds(ctx, w, y * 0.4, y, { seed, colour: p.sky[2], cover: 0.46, opacity: 0.5, stretch: 2, shift: t * 0.02 })
  for (let depth = 0; depth < 4; depth += 1) {
    const tone = mix(mix(p.sky[1], p.sky[2], 0.35), p.ink, [0.15, 0.45, 0.75, 0.96][depth])
    const foot = y + u * depth * 3
    let bx = -u * 8 - t * u * 0.35 * depth
    while (bx < w + u * 6) {
      const width = u * r.between(4, 9) * (0.8 + depth * 0.12)
      const tall = u * (r.between(10, 30) + (r.chance(0.14) ? r.between(8, 20) : 0)) * (1.15 - depth * 0.17)
      ctx.fillStyle = tone
      ctx.fillRect(bx, foot - tall, width + 1, h - foot + tall)
      const crown = r.int(0, 4)
      if (crown === 0) ctx.fillRect(bx + width * 0.46, foot - tall - u * 6, width * 0.08, u * 6)
      if (crown === 1) ctx.fillRect(bx + width * 0.2, foot - tall - u * 2.4, width * 0.6, u * 2.6)
      if (crown === 2)
        polygon(
          ctx,
          [
            [bx, foot - tall],
            [bx + width / 2, foot - tall - width * 0.5],
            [bx + width, foot - tall],
          ],
          tone,
        )
      const cell = u * 1.5
      for (let wy = foot - tall + cell; wy < foot + u * 8; wy += cell * 1.25) {
        for (let wx = bx + cell * 0.5; wx < bx + width - cell * 0.6; wx += cell) {
          if (r.next() > 0.07 + depth * 0.09) continue
          ctx.fillStyle = fade(r.chance(0.7) ? p.glow : p.accent, r.between(0.35, 0.95))
          ctx.fillRect(wx, wy, cell * 0.42, cell * 0.6)
        }
      }
      bx += width * r.between(1, 1.25)
    }
    haze(ctx, w, foot + u * 4, u * 10, p.sky[2], 0.28 - depth * 0.06)
  }
  water(ctx, w, h, y + u * 15, p, seed, t, { lightX: x, strength: 0.55 })
}

export function street(ctx, w, h, p, { r, t, horizon = 0.56 }) {
  const u = unit(w, h)
  const y = h * horizon
  const vx = w * r.between(0.4, 0.6)
  verticalFill(ctx, 0, 0, w, h, [p.ink, p.sky[0], p.sky[1], p.sky[0], p.ink])
  glow(ctx, vx, y, u * 55, p.sky[2], 0.8)
  for (const side of [-1, 1]) {
    for (let depth = 0; depth < 7; depth += 1) {
      const near = (depth + 1) / 7
      const x1 = vx + side * (u * 4 + near ** 2.2 * w * 0.62)
      const top = y - u * 22 - near ** 2 * h * 0.7 * r.between(0.7, 1.1)
      const foot = y + u * 1 + near ** 2.2 * h * 0.24
      const tone = mix(p.sky[1], p.ink, 0.25 + near * 0.7)
      ctx.fillStyle = tone
      const x2 = side < 0 ? -9 : w + 9
      ctx.fillRect(Math.min(x1, x2), top, Math.abs(x2 - x1), foot - top)
      for (let sign = 0; sign < 2; sign += 1) {
        const colour = r.pick([p.accent, p.glow, p.sky[2]])
        const size = u * (1.2 + near * 4.2)
        const sx = x1 + side * size * r.between(0.1, 0.7) - (side < 0 ? size : 0)
        const sy = y - u * (4 + sign * 9) * (0.6 + near * 1.5)
        const tall = size * r.between(0.5, 2.4)
        ctx.fillStyle = fade(colour, 0.9)
        ctx.fillRect(sx, sy - tall, size * 0.55, tall)
        glow(ctx, sx + size * 0.3, sy - tall / 2, size * 4, colour, 0.4)
      }
    }
  }
  const road = ctx.createLinearGradient(0, y, 0, h)
  road.addColorStop(0, fade(p.sky[1], 0.9))
  road.addColorStop(1, p.ink)
  polygon(
    ctx,
    [
      [vx - u * 5, y],
      [vx + u * 5, y],
      [w * 1.3, h],
      [-w * 0.3, h],
    ],
    road,
  )
  ctx.save()
  ctx.globalCompositeOperation = 'screen'
  ctx.filter = `blur(${u * 0.7}px)`
  for (let index = 0; index < 34; index += 1) {
    const near = r.next()
    const x = vx + (r.next() - 0.5) * w * (0.12 + near * 1.1)
    ctx.fillStyle = fade(r.pick([p.accent, p.glow, p.sky[2]]), r.between(0.12, 0.5))
    ctx.fillRect(x, y + near * (h - y) * 0.75, u * r.between(0.5, 2.2), u * r.between(5, 22) * (0.4 + near))
  }
  ctx.restore()
  const walker = (x, size, tone) => {
    const foot = y + u * 3 + size * 0.55
    ctx.save()
    ctx.globalAlpha = 0.35
    ctx.translate(0, foot * 2)
    ctx.scale(1, -1)
    person(ctx, x, foot, size, p.ink, { stride: 0.06 })
    ctx.restore()
    person(ctx, x, foot, size, tone, { stride: 0.05 + 0.04 * Math.sin(t * 4) })
    ctx.fillStyle = tone
    ctx.beginPath()
    ctx.arc(x + size * 0.05, foot - size * 0.98, size * 0.42, Math.PI, 0)
    ctx.fill()
    line(
      ctx,
      [
        [x + size * 0.05, foot - size * 1.38],
        [x + size * 0.05, foot - size * 0.55],
      ],
      tone,
      size * 0.02,
    )
  }
  walker(vx - u * 9 - t * u * 0.2, u * 24, p.ink)
  walker(vx + u * 11 + t * u * 0.1, u * 20, mix(p.ink, p.sky[0], 0.3))
  for (let index = 0; index < 130; index += 1) {
    const x = r.next() * w
    const ry = (r.next() * h + t * h * 1.7) % h
    const long = u * r.between(2, 7)
    line(
      ctx,
      [
        [x, ry],
        [x - long * 0.12, ry + long],
      ],
      fade(p.glow, r.between(0.06, 0.3)),
      u * 0.14,
    )
  }
}

export function bridge(ctx, w, h, p, { seed, t, horizon = 0.6 }) {
  const u = unit(w, h)
  const y = h * horizon
  sky(ctx, w, h, p, y)
  glow(ctx, w * 0.5, y - u * 8, u * 60, p.glow, 0.65)
  disc(ctx, w * 0.5, y - u * 21, u * 8, p.glow)
  clouds(ctx, w, 0, y, { seed, colour: p.glow, cover: 0.48, opacity: 0.6, stretch: 2, shift: t * 0.02 })
  water(ctx, w, h, y + u * 5, p, seed, t, { lightX: w * 0.5, strength: 0.5 })
  const deck = y - u * 3
  const tone = mix(p.ink, p.sky[0], 0.15)
  const towers = [w * 0.5 - u * 38, w * 0.5 + u * 38]
  for (const x of towers) {
    ctx.fillStyle = tone
    ctx.fillRect(x - u * 3, deck - u * 36, u * 1.8, u * 50)
    ctx.fillRect(x + u * 1.2, deck - u * 36, u * 1.8, u * 50)
    for (let bar = 0; bar < 4; bar += 1) ctx.fillRect(x - u * 3, deck - u * (35 - bar * 9), u * 6, u * 1.1)
  }
  ctx.fillStyle = tone
  ctx.fillRect(0, deck, w, u * 2.4)
  line(
    ctx,
    Array.from({ length: 60 }, (_, i) => [(i / 59) * w, deck + (i % 2 ? u * 2 : u * 5)]),
    tone,
    u * 0.35,
  )
  ctx.fillRect(0, deck + u * 4.6, w, u * 0.6)
  const cable = (x) => {
    const local = (x - w * 0.5) / (u * 38)
    const folded = Math.abs(local) <= 1 ? local : 2 - Math.abs(local)
    return deck - u * 3 - u * 32 * Math.min(1, folded ** 2)
  }
  const curve = []
  for (let x = 0; x <= w; x += u) {
    curve.push([x, cable(x)])
    if (Math.round(x / u) % 3 === 0)
      line(
        ctx,
        [
          [x, cable(x)],
          [x, deck],
        ],
        fade(tone, 0.8),
        u * 0.18,
      )
  }
  line(ctx, curve, tone, u * 0.6)
  person(ctx, w * 0.5 - u * 8 + t * u * 0.2, deck, u * 7, p.ink, { hat: true })
  person(ctx, w * 0.5 + u * 8 - t * u * 0.2, deck, u * 7, p.accent, { hat: true })
  haze(ctx, w, y + u * 7, u * 8, mix(p.sky[2], p.glow, 0.5), 0.4)
}
