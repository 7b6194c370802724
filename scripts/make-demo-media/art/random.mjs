/* oxlint-disable max-params -- coordinates */
/** Seeded randomness: the same text always gives the same picture. */

export function seedOf(text) {
  let hash = 2166136261
  for (const character of text) {
    hash = Math.imul(hash ^ character.codePointAt(0), 16777619)
  }
  return hash >>> 0
}

export function randomFrom(seed) {
  let state = typeof seed === 'string' ? seedOf(seed) : seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    int: (low, high) => Math.floor(low + (high - low + 1) * next()),
    pick: (list) => list[Math.floor(next() * list.length)],
    chance: (probability) => next() < probability,
  }
}

const lattice = (seed, x, y) => {
  let hash = Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(seed | 0, 2147483647)
  hash = Math.imul(hash ^ (hash >>> 13), 1274126177)
  return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296
}

const smooth = (t) => t * t * (3 - 2 * t)

function valueNoise(seed, x, y) {
  const column = Math.floor(x)
  const row = Math.floor(y)
  const fx = smooth(x - column)
  const fy = smooth(y - row)
  const top = lattice(seed, column, row) * (1 - fx) + lattice(seed, column + 1, row) * fx
  const low = lattice(seed, column, row + 1) * (1 - fx) + lattice(seed, column + 1, row + 1) * fx
  return top * (1 - fy) + low * fy
}

/** Fractal noise in 0..1; several octaves of value noise. */
export function fractalNoise(seed, x, y = 0.5, octaves = 5) {
  let sum = 0
  let weight = 0
  let amplitude = 1
  for (let octave = 0; octave < octaves; octave += 1) {
    const scale = 2 ** octave
    sum += amplitude * valueNoise(seed + octave * 101, x * scale, y * scale)
    weight += amplitude
    amplitude *= 0.5
  }
  return sum / weight
}
