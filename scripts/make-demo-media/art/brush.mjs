/* oxlint-disable max-params, max-lines-per-function -- a picture is drawn in one go, from back to front */
/** Drawing primitives shared by every scene. `t` is seconds, so that scenes can move. */
import { fade, mix } from './palettes.mjs'
import { fractalNoise, randomFrom } from './random.mjs'

export const unit = (w, h) => Math.min(w, h) / 100

export function flood(ctx, w, h, fill) {
  ctx.fillStyle = fill
  ctx.fillRect(0, 0, w, h)
}

export function verticalFill(ctx, x, y, w, h, stops) {
  const gradient = ctx.createLinearGradient(0, y, 0, y + h)
  stops.forEach((stop, index) => gradient.addColorStop(stops.length === 1 ? 0 : index / (stops.length - 1), stop))
  ctx.fillStyle = gradient
  ctx.fillRect(x, y, w, h)
}

export function sky(ctx, w, h, p, horizon = h) {
  ctx.fillStyle = p.sky[2]
  ctx.fillRect(0, 0, w, h)
  verticalFill(ctx, 0, 0, w, horizon, [p.sky[0], mix(p.sky[0], p.sky[1], 0.6), p.sky[1], p.sky[2]])
}

export function glow(ctx, x, y, radius, colour, strength = 1) {
  const gradient = ctx.createRadialGradient(x, y, 0, x, y, radius)
  gradient.addColorStop(0, fade(colour, strength))
  gradient.addColorStop(0.35, fade(colour, strength * 0.38))
  gradient.addColorStop(1, fade(colour, 0))
  ctx.save()
  ctx.globalCompositeOperation = 'screen'
  ctx.fillStyle = gradient
  ctx.fillRect(x - radius, y - radius, radius * 2, radius * 2)
  ctx.restore()
}

export function disc(ctx, x, y, radius, fill) {
  ctx.fillStyle = fill
  ctx.beginPath()
  ctx.arc(x, y, Math.max(0, radius), 0, Math.PI * 2)
  ctx.fill()
}

export function polygon(ctx, points, fill) {
  ctx.fillStyle = fill
  ctx.beginPath()
  points.forEach(([x, y], index) => (index ? ctx.lineTo(x, y) : ctx.moveTo(x, y)))
  ctx.closePath()
  ctx.fill()
}

export function line(ctx, points, colour, width) {
  ctx.strokeStyle = colour
  ctx.lineWidth = width
  ctx.lineJoin = 'round'
  ctx.beginPath()
  points.forEach(([x, y], index) => (index ? ctx.lineTo(x, y) : ctx.moveTo(x, y)))
  ctx.stroke()
}

/** A filled silhouette from `base - height * noise` down to the bottom edge. */
export function ridge(ctx, w, h, { seed, base, height, scale = 3, octaves = 5, ridged = false, shift = 0, fill }) {
  const points = [[-2, h + 2]]
  for (let x = -2; x <= w + 2; x += 2) {
    const noise = fractalNoise(seed, (x / w) * scale + shift, 0.5, octaves)
    points.push([x, base - height * (ridged ? (1 - Math.abs(noise * 2 - 1)) ** 2.2 : noise)])
  }
  points.push([w + 2, h + 2])
  polygon(ctx, points, fill)
}

export function stars(ctx, w, h, seed, count, colour, t = 0) {
  const r = randomFrom(seed)
  const size = unit(w, h) * 0.16
  for (let index = 0; index < count; index += 1) {
    const x = r.next() * w
    const y = r.next() * h
    const bright = r.next() ** 3
    const twinkle = 0.75 + 0.25 * Math.sin(t * (1 + r.next() * 2) + index)
    disc(ctx, x, y, size * (0.4 + bright * 1.7), fade(colour, (0.25 + bright * 0.75) * twinkle))
  }
}

/** Soft fractal clouds between two heights. */
export function clouds(ctx, w, top, bottom, { seed, colour, cover = 0.5, opacity = 0.8, stretch = 3, shift = 0 }) {
  const columns = 160
  const rows = 70
  const sheet = new OffscreenCanvas(columns, rows)
  const pen = sheet.getContext('2d')
  const image = pen.createImageData(columns, rows)
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  for (let row = 0; row < rows; row += 1) {
    const edge = Math.sin((row / (rows - 1)) * Math.PI) ** 0.6
    for (let column = 0; column < columns; column += 1) {
      const noise = fractalNoise(seed, (column / columns) * stretch + shift, (row / rows) * 3.2, 5)
      const density = Math.max(0, Math.min(1, (noise - (1 - cover)) * 3.6)) * edge
      image.data.set([red, green, blue, 255 * density * opacity], (row * columns + column) * 4)
    }
  }
  pen.putImageData(image, 0, 0)
  ctx.imageSmoothingQuality = 'high'
  ctx.drawImage(sheet, 0, top, w, bottom - top)
}

export function haze(ctx, w, y, thickness, colour, strength) {
  const gradient = ctx.createLinearGradient(0, y - thickness, 0, y + thickness)
  gradient.addColorStop(0, fade(colour, 0))
  gradient.addColorStop(0.5, fade(colour, strength))
  gradient.addColorStop(1, fade(colour, 0))
  ctx.fillStyle = gradient
  ctx.fillRect(0, y - thickness, w, thickness * 2)
}

/** A person in a coat, seen from behind, standing on `y`. */
export function person(ctx, x, y, height, colour, { hat = false, stride = 0.05, lean = 0 } = {}) {
  ctx.save()
  ctx.translate(x, y)
  ctx.scale(height, height)
  ctx.rotate(lean)
  ctx.fillStyle = colour
  disc(ctx, 0, -0.915, 0.062, colour)
  if (hat) {
    polygon(
      ctx,
      [
        [-0.12, -0.94],
        [0.12, -0.94],
        [0.065, -0.955],
        [0.055, -1.02],
        [-0.055, -1.02],
        [-0.065, -0.955],
      ],
      colour,
    )
  }
  ctx.beginPath()
  ctx.moveTo(-0.035, -0.87)
  ctx.bezierCurveTo(-0.1, -0.83, -0.145, -0.83, -0.15, -0.74)
  ctx.lineTo(-0.165, -0.44)
  ctx.lineTo(-0.14, -0.32)
  ctx.lineTo(0.14, -0.32)
  ctx.lineTo(0.165, -0.44)
  ctx.lineTo(0.15, -0.74)
  ctx.bezierCurveTo(0.145, -0.83, 0.1, -0.83, 0.035, -0.87)
  ctx.fill()
  polygon(
    ctx,
    [
      [-0.11, -0.34],
      [-0.01, -0.34],
      [-0.02 - stride, 0],
      [-0.09 - stride, 0],
    ],
    colour,
  )
  polygon(
    ctx,
    [
      [0.01, -0.34],
      [0.11, -0.34],
      [0.09 + stride, 0],
      [0.02 + stride, 0],
    ],
    colour,
  )
  ctx.restore()
}

export function bird(ctx, x, y, span, colour, flap = 0.4, tilt = 0) {
  ctx.save()
  ctx.translate(x, y)
  ctx.rotate(tilt)
  ctx.scale(span, span)
  ctx.fillStyle = colour
  ctx.beginPath()
  ctx.moveTo(-0.5, -flap * 0.5)
  ctx.quadraticCurveTo(-0.25, -flap * 0.55, 0, 0.02)
  ctx.quadraticCurveTo(0.25, -flap * 0.55, 0.5, -flap * 0.5)
  ctx.quadraticCurveTo(0.22, -flap * 0.3, 0.03, 0.1)
  ctx.lineTo(0.07, 0.26)
  ctx.lineTo(0, 0.16)
  ctx.lineTo(-0.07, 0.26)
  ctx.lineTo(-0.03, 0.1)
  ctx.quadraticCurveTo(-0.22, -flap * 0.3, -0.5, -flap * 0.5)
  ctx.fill()
  ctx.restore()
}

/** Water below `y`: darkens downwards, with glints under a light at `lightX`. */
export function water(ctx, w, h, y, p, seed, t, { lightX = -1, strength = 0.8, top = p.sky[2], calm = 1 } = {}) {
  verticalFill(ctx, 0, y, w, h - y, [mix(top, p.sky[1], 0.45), mix(p.sky[1], p.ink, 0.4), mix(p.sky[0], p.ink, 0.6)])
  const r = randomFrom(seed)
  const u = unit(w, h)
  ctx.save()
  for (let index = 0; index < 420; index += 1) {
    const depth = r.next() ** 1.7
    const row = y + 1 + depth * (h - y)
    const drift = Math.sin(t * (0.5 + r.next()) + index) * u * (0.4 + depth * 2.5)
    const near = lightX >= 0 && r.chance(0.62)
    const spread = w * (0.012 + depth * 0.11)
    const x = near ? lightX + (r.next() + r.next() + r.next() - 1.5) * spread * 1.3 + drift : r.next() * w + drift
    const length = u * (0.8 + depth * 9) * (0.4 + r.next()) * (near ? 0.7 : 1)
    const shimmer = 0.55 + 0.45 * Math.sin(t * (1.2 + r.next() * 2) + index * 1.7)
    const colour = near
      ? fade(p.glow, strength * shimmer * (0.85 - depth * 0.45))
      : fade(r.chance(0.5) ? p.ink : top, 0.16 * calm)
    ctx.fillStyle = colour
    ctx.beginPath()
    ctx.ellipse(x, row, length, u * (0.12 + depth * 0.42), 0, 0, Math.PI * 2)
    ctx.fill()
  }
  ctx.restore()
}

/** The last pass over a picture: bloom, vignette and fine grain. */
export function finish(ctx, w, h, { bloom = 0.22, vignette = 0.4, grain = 0.045, seed = 1 } = {}) {
  const copy = new OffscreenCanvas(Math.ceil(w / 4), Math.ceil(h / 4))
  copy.getContext('2d').drawImage(ctx.canvas, 0, 0, copy.width, copy.height)
  ctx.save()
  if (bloom > 0) {
    ctx.globalCompositeOperation = 'screen'
    ctx.globalAlpha = bloom
    ctx.filter = `blur(${Math.round(unit(w, h) * 2.2)}px)`
    ctx.drawImage(copy, 0, 0, w, h)
    ctx.filter = 'none'
    ctx.globalAlpha = 1
  }
  if (vignette > 0) {
    ctx.globalCompositeOperation = 'multiply'
    const edge = ctx.createRadialGradient(w / 2, h * 0.48, Math.min(w, h) * 0.35, w / 2, h / 2, Math.hypot(w, h) * 0.58)
    edge.addColorStop(0, 'rgba(255,255,255,1)')
    edge.addColorStop(1, `rgb(${[1, 1, 1].map(() => Math.round(255 * (1 - vignette))).join(',')})`)
    ctx.fillStyle = edge
    ctx.fillRect(0, 0, w, h)
  }
  if (grain > 0) {
    const tile = new OffscreenCanvas(256, 256)
    const pen = tile.getContext('2d')
    const image = pen.createImageData(256, 256)
    const r = randomFrom(seed)
    for (let at = 0; at < image.data.length; at += 4) {
      const value = 128 + (r.next() + r.next() - 1) * 128
      image.data.set([value, value, value, 255], at)
    }
    pen.putImageData(image, 0, 0)
    ctx.globalCompositeOperation = 'overlay'
    ctx.globalAlpha = grain * 3
    ctx.fillStyle = ctx.createPattern(tile, 'repeat')
    ctx.fillRect(0, 0, w, h)
  }
  ctx.restore()
}
