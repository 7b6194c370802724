/* oxlint-disable max-params, max-lines-per-function -- a picture is drawn in one go, from back to front */
/** Blocks, ribbons, leaves and flowers. Same signature as the scenes. */
import { disc, flood, line, polygon, unit, verticalFill } from './brush.mjs'
import { fade, lightness, mix } from './palettes.mjs'

export function isometric(ctx, w, h, p, { r }) {
  const u = unit(w, h)
  const dark = lightness(p.sky[0]) < 0.4
  verticalFill(ctx, 0, 0, w, h, dark ? [p.ink, p.sky[0], p.sky[1]] : [p.sky[2], p.sky[1]])
  const side = u * 8.6
  const [dx, dy] = [side * 0.866, side * 0.5]
  const faces = dark
    ? [p.glow, p.sky[2], p.sky[1]]
    : [mix(p.sky[2], p.glow, 0.8), mix(p.sky[0], p.ink, 0.18), mix(p.sky[0], p.ink, 0.55)]
  for (let row = -3; row * dy < h + side * 14; row += 1) {
    for (let column = -1; column * dx * 2 < w + dx * 4; column += 1) {
      const x = column * dx * 2 + (row % 2 ? dx : 0)
      const y = row * dy
      const middle = 1 - Math.min(1, Math.abs(x - w / 2) / (w * 0.62))
      const tall = side * Math.max(0.1, r.next() ** 1.6 * 6.5 * (0.25 + middle))
      const special = r.chance(0.05)
      const tone = faces.map((face) =>
        special ? mix(p.accent, face === faces[0] ? p.glow : p.ink, face === faces[0] ? 0.15 : 0.3) : face,
      )
      const top = y - tall + h * 0.32
      const foot = y + h * 0.32
      polygon(
        ctx,
        [
          [x - dx, top],
          [x, top + dy],
          [x, foot + dy],
          [x - dx, foot],
        ],
        tone[1],
      )
      polygon(
        ctx,
        [
          [x + dx, top],
          [x, top + dy],
          [x, foot + dy],
          [x + dx, foot],
        ],
        tone[2],
      )
      polygon(
        ctx,
        [
          [x, top - dy],
          [x + dx, top],
          [x, top + dy],
          [x - dx, top],
        ],
        tone[0],
      )
      for (let level = top + side * 0.5; level < foot - side * 0.4; level += side * 0.62) {
        for (const step of [0.25, 0.62]) {
          if (r.chance(0.35)) continue
          const [wx, wy] = [x + dx * step, level + dy * (1 - step)]
          polygon(
            ctx,
            [
              [wx, wy],
              [wx + dx * 0.2, wy - dy * 0.2],
              [wx + dx * 0.2, wy - dy * 0.2 + side * 0.26],
              [wx, wy + side * 0.26],
            ],
            fade(r.chance(0.2) ? p.accent : dark ? p.glow : p.sky[2], 0.75),
          )
        }
      }
    }
  }
}

export function ribbons(ctx, w, h, p, { r }) {
  const u = unit(w, h)
  verticalFill(ctx, 0, 0, w, h, [mix(p.sky[1], p.ink, 0.2), p.sky[1], p.ink])
  for (let ribbon = 0; ribbon < 5; ribbon += 1) {
    const phase = r.between(0, 6)
    const tones = [p.sky[2], p.glow, p.accent, p.sky[1], p.sky[2]]
    for (let slice = 0; slice < 220; slice += 1) {
      const along = slice / 219
      const y = along * h * 1.1 - h * 0.05
      const x = w * 0.5 + Math.sin(along * 6.2 + phase) * w * (0.24 + ribbon * 0.035)
      const twist = Math.sin(along * 5 + phase * 1.7 + ribbon)
      const half = u * (1 + Math.abs(twist) * 12)
      ctx.fillStyle = mix(tones[ribbon], p.ink, 0.08 + 0.6 * (0.5 - twist * 0.5))
      ctx.fillRect(x - half, y, half * 2, h / 190)
    }
  }
}

export function orbits(ctx, w, h, p, { r, seed }) {
  const u = unit(w, h)
  flood(ctx, w, h, mix(p.sky[0], p.ink, 0.35))
  const [x, y] = [w * 0.5, h * 0.5]
  for (let leaf = 0; leaf < 90; leaf += 1) {
    const angle = leaf * 2.39996
    const reach = u * 5.1 * Math.sqrt(leaf)
    const size = u * (4 + leaf * 0.085)
    ctx.save()
    ctx.translate(x + Math.cos(angle) * reach, y + Math.sin(angle) * reach)
    ctx.rotate(angle)
    const tone = mix(mix(p.glow, p.sky[2], Math.min(1, leaf / 30)), p.sky[0], leaf / 95)
    ctx.fillStyle = leaf % 17 === 8 ? p.accent : tone
    ctx.beginPath()
    ctx.moveTo(-size, 0)
    ctx.quadraticCurveTo(0, -size * 0.8, size * 1.1, 0)
    ctx.quadraticCurveTo(0, size * 0.8, -size, 0)
    ctx.fill()
    line(
      ctx,
      [
        [-size * 0.8, 0],
        [size * 0.8, 0],
      ],
      fade(p.ink, 0.35),
      u * 0.25,
    )
    ctx.restore()
  }
  for (const [reach, tilt] of [
    [38, 0.4],
    [44, -0.5],
  ]) {
    ctx.strokeStyle = fade(p.glow, 0.7)
    ctx.lineWidth = u * 0.35
    ctx.beginPath()
    ctx.ellipse(x, y, u * reach, u * reach * 0.42, tilt, 0, 7)
    ctx.stroke()
    const spot = r.between(0, 6) + (seed % 3)
    const [ox, oy] = [Math.cos(spot) * u * reach, Math.sin(spot) * u * reach * 0.42]
    disc(
      ctx,
      x + ox * Math.cos(tilt) - oy * Math.sin(tilt),
      y + ox * Math.sin(tilt) + oy * Math.cos(tilt),
      u * 2.2,
      p.accent,
    )
  }
}

export function bloom(ctx, w, h, p, { r }) {
  const u = unit(w, h)
  flood(ctx, w, h, mix(p.sky[0], p.ink, 0.4))
  const flower = (x, y, size, tone) => {
    for (let ring = 3; ring > 0; ring -= 1) {
      const petals = 5 + ring * 3
      for (let petal = 0; petal < petals; petal += 1) {
        ctx.save()
        ctx.translate(x, y)
        ctx.rotate((petal / petals) * Math.PI * 2 + ring * 0.4)
        const reach = size * (0.35 + ring * 0.24)
        const shade = ctx.createLinearGradient(0, 0, 0, -reach)
        shade.addColorStop(0, mix(tone, p.ink, 0.5))
        shade.addColorStop(1, mix(tone, p.glow, 0.55 - ring * 0.13))
        ctx.fillStyle = shade
        ctx.beginPath()
        ctx.moveTo(0, 0)
        ctx.bezierCurveTo(reach * 0.5, -reach * 0.45, reach * 0.25, -reach, 0, -reach)
        ctx.bezierCurveTo(-reach * 0.25, -reach, -reach * 0.5, -reach * 0.45, 0, 0)
        ctx.fill()
        ctx.restore()
      }
    }
    for (let dot = 0; dot < 24; dot += 1)
      disc(ctx, x + r.between(-0.13, 0.13) * size, y + r.between(-0.13, 0.13) * size, size * 0.025, p.accent)
  }
  const fern = (x, y, angle, length, tone) => {
    for (let step = 0; step < 16; step += 1) {
      const along = step / 16
      const bend = angle + along * 0.6
      const [px, py] = [x + Math.cos(bend) * length * along, y + Math.sin(bend) * length * along]
      for (const side of [-1, 1]) {
        ctx.save()
        ctx.translate(px, py)
        ctx.rotate(bend + side * 0.9)
        ctx.fillStyle = tone
        ctx.beginPath()
        ctx.ellipse(length * 0.1 * (1.1 - along), 0, length * 0.12 * (1.1 - along), length * 0.03, 0, 0, 7)
        ctx.fill()
        ctx.restore()
      }
    }
  }
  for (let leaf = 0; leaf < 15; leaf += 1) {
    fern(
      w * 0.5,
      h * 0.52,
      (leaf / 15) * Math.PI * 2 + r.between(-0.2, 0.2),
      u * r.between(42, 62),
      r.pick(['#2f5d50', '#47806a', '#1e4039', '#6a9a76']),
    )
  }
  for (const [x, y, size, tone] of [
    [0.5, 0.5, 27, p.sky[1]],
    [0.22, 0.4, 15, p.accent],
    [0.78, 0.42, 14, p.sky[2]],
    [0.3, 0.68, 15, p.sky[2]],
    [0.73, 0.68, 17, p.accent],
    [0.5, 0.28, 12, p.glow],
  ]) {
    flower(w * x, h * 0.5 + (y - 0.5) * w, u * size, tone)
  }
}
