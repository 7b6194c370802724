/* oxlint-disable max-params, max-lines-per-function -- a picture is drawn in one go, from back to front */
/** One strong sign in the middle of a poster. Same signature as the scenes. */
import { disc, flood, glow, line, person, polygon, unit, verticalFill } from './brush.mjs'
import { fade, mix, paperOf } from './palettes.mjs'

export function sunburst(ctx, w, h, p) {
  const u = unit(w, h)
  flood(ctx, w, h, paperOf(p))
  const [x, y] = [w * 0.5, h * 0.62]
  for (let ray = 0; ray < 36; ray += 2) {
    const [a, b] = [(ray / 36) * Math.PI * 2, ((ray + 1) / 36) * Math.PI * 2]
    const reach = Math.hypot(w, h)
    polygon(
      ctx,
      [
        [x, y],
        [x + Math.cos(a) * reach, y + Math.sin(a) * reach],
        [x + Math.cos(b) * reach, y + Math.sin(b) * reach],
      ],
      p.accent,
    )
  }
  disc(ctx, x, y, u * 30, p.sky[0])
  disc(ctx, x, y, u * 24, paperOf(p))
  ctx.strokeStyle = p.ink
  ctx.lineWidth = u * 2.4
  ctx.beginPath()
  ctx.moveTo(x - u * 50, h)
  ctx.bezierCurveTo(x - u * 40, y + u * 10, x + u * 36, y + u * 30, x - u * 2, y)
  ctx.stroke()
  for (const [px, py] of [
    [-8, -8],
    [8, 8],
  ])
    disc(ctx, x + px * u, y + py * u, u * 6, p.ink)
  line(
    ctx,
    [
      [x - u * 8, y - u * 8],
      [x + u * 8, y + u * 8],
    ],
    p.ink,
    u * 5,
  )
}

export function rings(ctx, w, h, p, { horizon = 0.42 }) {
  const u = unit(w, h)
  flood(ctx, w, h, p.ink)
  const [x, y] = [w * 0.5, h * horizon]
  for (let ring = 34; ring >= 0; ring -= 1) {
    const reach = u * (3 + ring * 2.9)
    const strength = 1 - ring / 36
    ctx.strokeStyle = fade(
      ring % 9 === 4 ? p.accent : mix(p.sky[2], p.glow, strength),
      ring % 9 === 4 ? 0.95 : 0.15 + strength * 0.75,
    )
    ctx.lineWidth = u * (0.25 + strength * 0.95)
    ctx.beginPath()
    const gap = 0.5 + ring * 0.37
    ctx.arc(x, y, reach, gap, gap + Math.PI * (1.25 + 0.6 * Math.sin(ring * 1.7)))
    ctx.stroke()
  }
  glow(ctx, x, y, u * 34, p.glow, 0.4)
  disc(ctx, x, y, u * 2.6, p.accent)
}

export function moire(ctx, w, h, p, { r }) {
  const u = unit(w, h)
  verticalFill(ctx, 0, 0, w, h, [mix(p.sky[0], p.sky[1], 0.3), mix(p.sky[1], p.sky[2], 0.4)])
  const [x, y] = [w * 0.5, h * 0.45]
  for (const [dx, tone] of [
    [-5, p.glow],
    [5, p.ink],
  ]) {
    for (let ring = 1; ring < 60; ring += 1) {
      ctx.strokeStyle = fade(tone, 0.72)
      ctx.lineWidth = u * 0.62
      ctx.beginPath()
      ctx.ellipse(x + dx * u * 0.6, y, ring * u * 1.7, ring * u * 1.15 * (1 + dx * 0.006), 0, 0, 7)
      ctx.stroke()
    }
  }
  ctx.fillStyle = p.ink
  ctx.beginPath()
  ctx.ellipse(x, y, u * 11, u * 11, 0, 0, 7)
  ctx.fill()
  disc(ctx, x, y, u * 7.6, p.accent)
  ctx.fillStyle = p.ink
  disc(ctx, x, y - u * 1.6, u * 2.5, p.ink)
  polygon(
    ctx,
    [
      [x - u * 1.1, y - u],
      [x + u * 1.1, y - u],
      [x + u * 2.1, y + u * 4.6],
      [x - u * 2.1, y + u * 4.6],
    ],
    p.ink,
  )
  disc(ctx, x - u * r.between(2.5, 3.5), y - u * 4.2, u * 1.1, p.glow)
}

export function constellation(ctx, w, h, p, { r }) {
  const u = unit(w, h)
  verticalFill(ctx, 0, 0, w, h, [p.ink, p.sky[0], p.sky[1]])
  for (let dot = 0; dot < 300; dot += 1)
    disc(ctx, r.next() * w, r.next() * h, u * 0.28 * r.next() ** 2 + 0.3, fade(p.glow, r.between(0.3, 1)))
  const [x, y] = [w * 0.5, h * 0.46]
  for (let ring = 0; ring < 9; ring += 1) {
    ctx.strokeStyle = fade(p.glow, ring % 3 ? 0.14 : 0.4)
    ctx.lineWidth = u * 0.25
    ctx.beginPath()
    ctx.arc(x, y, u * (9 + ring * 4.6), 0, 7)
    ctx.stroke()
  }
  for (let tick = 0; tick < 72; tick += 1) {
    const angle = (tick / 72) * Math.PI * 2
    const [from, to] = [45.8, tick % 6 ? 47 : 49]
    line(
      ctx,
      [
        [x + Math.cos(angle) * u * from, y + Math.sin(angle) * u * from],
        [x + Math.cos(angle) * u * to, y + Math.sin(angle) * u * to],
      ],
      fade(p.glow, 0.7),
      u * 0.25,
    )
  }
  const couple = [
    [-30, -12],
    [-22, -22],
    [-12, -14],
    [-4, 2],
    [6, -12],
    [18, -20],
    [27, -8],
    [20, 10],
    [4, 24],
    [-14, 14],
    [-30, -12],
  ]
  line(
    ctx,
    couple.map(([px, py]) => [x + px * u, y + py * u]),
    fade(p.accent, 0.9),
    u * 0.4,
  )
  for (const [px, py] of couple) {
    glow(ctx, x + px * u, y + py * u, u * 6, p.accent, 0.7)
    disc(ctx, x + px * u, y + py * u, u * 1.1, p.glow)
  }
}

export function clock(ctx, w, h, p) {
  const u = unit(w, h)
  flood(ctx, w, h, mix(p.sky[0], p.ink, 0.3))
  const [x, y] = [w * 0.5, h * 0.5]
  const gear = (gx, gy, reach, teeth, tone) => {
    polygon(
      ctx,
      Array.from({ length: teeth * 4 }, (_, step) => {
        const angle = (step / (teeth * 4)) * Math.PI * 2
        const size = reach * (step % 4 < 2 ? 1 : 0.86)
        return [gx + Math.cos(angle) * size, gy + Math.sin(angle) * size]
      }),
      tone,
    )
    disc(ctx, gx, gy, reach * 0.66, mix(tone, p.ink, 0.35))
    disc(ctx, gx, gy, reach * 0.2, tone)
  }
  gear(x - u * 36, y - u * 38, u * 24, 18, p.sky[1])
  gear(x + u * 40, y + u * 36, u * 28, 22, mix(p.sky[1], p.accent, 0.5))
  gear(x + u * 36, y - u * 40, u * 17, 14, p.accent)
  gear(x - u * 38, y + u * 38, u * 19, 15, mix(p.sky[1], p.sky[2], 0.5))
  disc(ctx, x, y, u * 38, p.ink)
  disc(ctx, x, y, u * 35.5, mix(p.sky[2], p.glow, 0.5))
  for (let tick = 0; tick < 60; tick += 1) {
    const angle = (tick / 60) * Math.PI * 2
    const from = tick % 5 ? 31.5 : 27.5
    line(
      ctx,
      [
        [x + Math.cos(angle) * u * from, y + Math.sin(angle) * u * from],
        [x + Math.cos(angle) * u * 33.5, y + Math.sin(angle) * u * 33.5],
      ],
      p.ink,
      u * (tick % 5 ? 0.35 : 1.2),
    )
  }
  polygon(
    ctx,
    [
      [x - u * 1.5, y + u * 5],
      [x, y - u * 28],
      [x + u * 1.5, y + u * 5],
    ],
    p.ink,
  )
  person(ctx, x + u * 9, y + u * 4.4, u * 17, p.accent, { lean: 0, hat: true })
  ctx.save()
  ctx.translate(x, y)
  ctx.rotate(2.05)
  polygon(
    ctx,
    [
      [-u * 1.7, u * 4],
      [0, -u * 20],
      [u * 1.7, u * 4],
    ],
    p.ink,
  )
  ctx.restore()
  disc(ctx, x, y, u * 2.4, p.ink)
}

export function crack(ctx, w, h, p, { r }) {
  const u = unit(w, h)
  verticalFill(ctx, 0, 0, w, h, [mix(p.ink, p.sky[0], 0.22), p.ink])
  const windows = u * 5
  for (let y = 0; y < h; y += windows) {
    for (let x = 0; x < w; x += windows) {
      ctx.fillStyle = mix(p.ink, p.sky[0], r.between(0.16, 0.4))
      ctx.fillRect(x + u * 0.5, y + u * 0.5, windows - u, windows - u)
    }
  }
  const split = (x, y, width) => {
    const path = [[x, y]]
    while (path.at(-1)[1] < h) path.push([path.at(-1)[0] + r.between(-5, 5) * u, path.at(-1)[1] + r.between(2, 6) * u])
    const back = path
      .map(([px, py], index) => [px + width * (1 - index / path.length) + r.between(0, 1) * u, py])
      .toReversed()
    polygon(ctx, [...path, ...back], p.accent)
  }
  split(w * 0.56, -5, u * 10)
  split(w * 0.5, h * 0.2, u * 4)
}
