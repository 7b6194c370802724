/* oxlint-disable max-params, max-lines-per-function -- a picture is drawn in one go, from back to front */
/** Corridors, rooms and a stage. A scene is (ctx, w, h, palette, { r, seed, t, horizon }). */
import { clouds, disc, glow, line, person, polygon, unit, verticalFill } from './brush.mjs'
import { fade, mix } from './palettes.mjs'

export function corridor(ctx, w, h, p, { r, t, horizon = 0.52 }) {
  const u = unit(w, h)
  const cx = w * (w > h ? r.between(0.4, 0.6) : 0.5)
  const cy = h * horizon
  ctx.fillStyle = p.ink
  ctx.fillRect(0, 0, w, h)
  const bays = 9
  const reach = (depth) => 0.055 * 1.52 ** (depth + ((t * 0.12) % 1))
  for (let depth = bays; depth >= 0; depth -= 1) {
    const s = reach(depth)
    const tone = mix(mix(p.sky[2], p.glow, 0.3), p.ink, Math.min(1, (depth / bays) ** 0.62))
    const [hw, hh] = [w * s * 0.8, h * s]
    const arch = w > h ? hw : hw * 1.1
    ctx.fillStyle = tone
    ctx.beginPath()
    ctx.moveTo(cx - arch, cy + hh * 0.62)
    ctx.lineTo(cx - arch, cy - hh * 0.2)
    ctx.bezierCurveTo(cx - arch, cy - hh * 0.86, cx + arch, cy - hh * 0.86, cx + arch, cy - hh * 0.2)
    ctx.lineTo(cx + arch, cy + hh * 0.62)
    ctx.fill()
    const inset = arch * 0.86
    ctx.fillStyle = mix(tone, p.ink, 0.45)
    ctx.fillRect(cx - arch, cy - hh * 0.2, arch - inset, hh * 0.82)
    ctx.fillRect(cx + inset, cy - hh * 0.2, arch - inset, hh * 0.82)
  }
  const light = ctx.createLinearGradient(0, cy, 0, h)
  light.addColorStop(0, fade(p.glow, 0.85))
  light.addColorStop(1, fade(p.accent, 0))
  ctx.save()
  ctx.globalCompositeOperation = 'screen'
  polygon(
    ctx,
    [
      [cx - u * 3.2, cy + u * 3],
      [cx + u * 3.2, cy + u * 3],
      [cx + w * 0.36, h],
      [cx - w * 0.36, h],
    ],
    light,
  )
  ctx.restore()
  glow(ctx, cx, cy, u * 45, p.glow, 0.85)
  glow(ctx, cx, cy, u * 80, p.accent, 0.35)
  const foot = cy + u * 13
  person(ctx, cx, foot, u * 17, p.ink, { stride: 0.05 + 0.04 * Math.sin(t * 3) })
  polygon(
    ctx,
    [
      [cx - u * 2.2, foot],
      [cx + u * 2.2, foot],
      [cx + u * 7, foot + u * 34],
      [cx - u * 7, foot + u * 34],
    ],
    fade(p.ink, 0.6),
  )
}

export function interior(ctx, w, h, p, { r, seed, t }) {
  const u = unit(w, h)
  const floor = h * 0.78
  verticalFill(ctx, 0, 0, w, h, [mix(p.sky[0], p.ink, 0.55), mix(p.sky[0], p.ink, 0.25), mix(p.sky[0], p.ink, 0.6)])
  verticalFill(ctx, 0, floor, w, h - floor, [mix(p.sky[0], p.ink, 0.6), p.ink])
  const left = r.chance(0.5)
  const wx = left ? w * r.between(0.2, 0.32) : w * r.between(0.46, 0.6)
  const [ww, wh] = [u * 34, u * 46]
  const wy = floor - u * 18 - wh
  verticalFill(ctx, wx, wy, ww, wh, [p.sky[1], p.sky[2], mix(p.sky[2], p.glow, 0.7)])
  ctx.save()
  ctx.beginPath()
  ctx.rect(wx, wy, ww, wh)
  ctx.clip()
  clouds(ctx, w, wy, wy + wh, { seed, colour: p.glow, cover: 0.5, opacity: 0.8, stretch: 4, shift: t * 0.03 })
  for (let hill = 0; hill < 3; hill += 1) {
    ctx.fillStyle = mix(p.sky[1], p.ink, 0.15 + hill * 0.25)
    ctx.beginPath()
    ctx.ellipse(wx + ww * (0.2 + hill * 0.35), wy + wh + u * hill * 2, ww * 0.6, u * (15 - hill * 3), 0, 0, 7)
    ctx.fill()
  }
  ctx.restore()
  ctx.strokeStyle = mix(p.ink, p.sky[0], 0.2)
  ctx.lineWidth = u * 1.3
  ctx.strokeRect(wx, wy, ww, wh)
  line(
    ctx,
    [
      [wx + ww / 2, wy],
      [wx + ww / 2, wy + wh],
    ],
    ctx.strokeStyle,
    u,
  )
  line(
    ctx,
    [
      [wx, wy + wh * 0.4],
      [wx + ww, wy + wh * 0.4],
    ],
    ctx.strokeStyle,
    u,
  )
  ctx.save()
  ctx.globalCompositeOperation = 'screen'
  ctx.filter = `blur(${u * 1.1}px)`
  const lean = left ? u * 42 : -u * 42
  for (const half of [0, 1]) {
    const beam = ctx.createLinearGradient(0, wy, 0, h)
    beam.addColorStop(0, fade(p.glow, 0.3))
    beam.addColorStop(1, fade(p.sky[2], 0.02))
    const x = wx + (half * ww) / 2
    polygon(
      ctx,
      [
        [x + u, wy],
        [x + ww / 2 - u, wy],
        [x + ww / 2 + lean, h],
        [x + lean - u * 6, h],
      ],
      beam,
    )
    polygon(
      ctx,
      [
        [x + lean * 0.62, floor + u * 3],
        [x + lean * 0.62 + ww * 0.46, floor + u * 3],
        [x + lean * 0.9 + ww * 0.46, h - u * 3],
        [x + lean * 0.9, h - u * 3],
      ],
      fade(p.sky[2], 0.35),
    )
  }
  ctx.restore()
  const tx = wx + ww / 2 + (left ? u * 30 : -u * 30)
  const dark = p.ink
  ctx.fillStyle = dark
  ctx.fillRect(tx - u * 20, floor - u * 13, u * 40, u * 1.6)
  for (const leg of [-18, 17]) ctx.fillRect(tx + u * leg, floor - u * 13, u * 1.2, u * 17)
  for (const [chair, facing] of [
    [-27, 1],
    [26, -1],
  ]) {
    ctx.fillRect(tx + u * chair - u * 0.6, floor - u * 24, u * 1.3, u * 27)
    ctx.fillRect(tx + u * chair + (facing < 0 ? -u * 8 : 0), floor - u * 8, u * 8, u * 1.3)
    ctx.fillRect(tx + u * (chair + facing * 7.4), floor - u * 8, u * 1.1, u * 11)
  }
  ctx.fillStyle = p.accent
  ctx.beginPath()
  ctx.ellipse(tx - u * 3, floor - u * 14.6, u * 4, u * 2, 0, 0, 7)
  ctx.fill()
  ctx.fillStyle = dark
  ctx.fillRect(tx + u * 6, floor - u * 21, u * 2.2, u * 8)
  line(
    ctx,
    [
      [tx, 0],
      [tx, floor - u * 48],
    ],
    dark,
    u * 0.4,
  )
  polygon(
    ctx,
    [
      [tx - u * 7, floor - u * 42],
      [tx - u * 2, floor - u * 48],
      [tx + u * 2, floor - u * 48],
      [tx + u * 7, floor - u * 42],
    ],
    dark,
  )
  glow(ctx, tx, floor - u * 41, u * 32, p.accent, 0.5)
  person(ctx, wx + ww * 0.5, floor + u * 1.5, u * 38, dark)
  for (let index = 0; index < 60; index += 1) {
    disc(
      ctx,
      wx + r.next() * ww + lean * r.next(),
      wy + r.next() * (h - wy) + Math.sin(t + index) * u,
      u * r.between(0.06, 0.22),
      fade(p.glow, r.between(0.15, 0.6)),
    )
  }
}

export function spotlight(ctx, w, h, p, { r, t }) {
  const u = unit(w, h)
  const floor = h * 0.8
  const x = w * 0.5
  ctx.fillStyle = p.ink
  ctx.fillRect(0, 0, w, h)
  for (let fold = 0; fold < 26; fold += 1) {
    const fx = (fold / 26) * w
    const gradient = ctx.createLinearGradient(fx, 0, fx + w / 26, 0)
    const centre = 1 - Math.min(1, Math.abs(fx - x) / (w * 0.6))
    gradient.addColorStop(0, mix(p.ink, p.sky[1], 0.15 + centre * 0.3))
    gradient.addColorStop(0.45, mix(p.ink, p.sky[1], 0.5 + centre * 0.5))
    gradient.addColorStop(1, mix(p.ink, p.sky[0], 0.6))
    ctx.fillStyle = gradient
    ctx.fillRect(fx, 0, w / 26 + 1, floor - u * 8 + Math.sin(fold + t * 0.5) * u * 0.3)
  }
  verticalFill(ctx, 0, floor - u * 8, w, h, [mix(p.sky[0], p.ink, 0.4), p.ink, p.ink])
  ctx.fillStyle = fade(p.glow, 0.75)
  ctx.filter = `blur(${u * 0.8}px)`
  ctx.beginPath()
  ctx.ellipse(x, floor, u * 26, u * 5, 0, 0, 7)
  ctx.fill()
  ctx.save()
  ctx.globalCompositeOperation = 'screen'
  const beam = ctx.createLinearGradient(0, 0, 0, floor)
  beam.addColorStop(0, fade(p.glow, 0.75))
  beam.addColorStop(1, fade(p.glow, 0.12))
  polygon(
    ctx,
    [
      [x - u * 2 + u * 20, -9],
      [x + u * 3 + u * 20, -9],
      [x + u * 26, floor],
      [x - u * 26, floor],
    ],
    beam,
  )
  ctx.restore()
  ctx.filter = 'none'
  person(ctx, x, floor + u, u * 34, p.ink, { lean: Math.sin(t) * 0.01 })
  polygon(
    ctx,
    [
      [x + u * 6, floor - u * 17],
      [x + u * 10, floor - u * 7],
      [x + u * 8.6, floor - u * 7.6],
      [x + u * 5.4, floor - u * 16],
    ],
    p.glow,
  )
  polygon(
    ctx,
    [
      [x - u * 4, floor + u],
      [x + u * 4, floor + u],
      [x - u * 4, h],
      [x - u * 22, h],
    ],
    fade(p.ink, 0.7),
  )
  for (let seat = 0; seat < 16; seat += 1) {
    const sx = (seat / 15) * w + r.between(-1, 1) * u
    disc(ctx, sx, h * 0.985, u * 3.3, '#000000')
    disc(ctx, sx, h * 1.04, u * 6, '#000000')
  }
}
