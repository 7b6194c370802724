/* oxlint-disable max-params, max-lines-per-function -- notes read best as (start, note, length, gain, pan) */
/** A small synthesiser: instruments write into a stereo buffer, a reverb and a limiter finish it. */
import { randomFrom } from '../art/random.mjs'

export const sampleRate = 44_100
const turn = Math.PI * 2
export const pitch = (midi) => 440 * 2 ** ((midi - 69) / 12)

export function newTrack(seconds) {
  const length = Math.ceil(seconds * sampleRate)
  return { left: new Float32Array(length), right: new Float32Array(length), length }
}

/** Adds `wave(time, sampleIndex)` between two moments, placed left (-1) to right (1). */
function add(track, start, seconds, pan, gain, wave) {
  const first = Math.max(0, Math.floor(start * sampleRate))
  const last = Math.min(track.length, Math.floor((start + seconds) * sampleRate))
  const [left, right] = [Math.cos(((pan + 1) * Math.PI) / 4) * gain, Math.sin(((pan + 1) * Math.PI) / 4) * gain]
  for (let index = first; index < last; index += 1) {
    const value = wave((index - first) / sampleRate, index)
    track.left[index] += value * left
    track.right[index] += value * right
  }
}

const attack = (time, seconds) => Math.min(1, time / seconds)

export const instruments = {
  piano(track, start, midi, seconds, gain = 0.2, pan = 0) {
    const base = pitch(midi)
    const release = seconds + 1.6
    add(track, start, release, pan, gain, (time) => {
      let sum = 0
      for (let partial = 1; partial <= 7; partial += 1) {
        const stretched = base * partial * (1 + 0.0004 * partial * partial)
        if (stretched > 9000) break
        sum += (Math.sin(turn * stretched * time) / partial ** 1.7) * Math.exp(-time * (0.7 + partial * 0.75))
      }
      const damper = time > seconds ? Math.exp(-(time - seconds) * 4) : 1
      return sum * attack(time, 0.006) * damper
    })
  },
  pad(track, start, midi, seconds, gain = 0.06, pan = 0) {
    const base = pitch(midi)
    add(track, start, seconds + 1.2, pan, gain, (time) => {
      const shape = Math.min(1, time / 0.9) * (time > seconds ? Math.max(0, 1 - (time - seconds) / 1.2) : 1)
      let sum = 0
      for (const detune of [-0.0035, 0, 0.0031]) {
        const angle = turn * base * (1 + detune) * time
        sum += Math.sin(angle) + 0.42 * Math.sin(2 * angle) + 0.18 * Math.sin(3 * angle) + 0.07 * Math.sin(4 * angle)
      }
      return sum * shape * (0.92 + 0.08 * Math.sin(turn * 0.23 * time + midi))
    })
  },
  bass(track, start, midi, seconds, gain = 0.28) {
    const base = pitch(midi)
    add(track, start, seconds + 0.12, 0, gain, (time) => {
      const shape =
        attack(time, 0.012) * Math.exp(-time * 0.9) * (time > seconds ? Math.max(0, 1 - (time - seconds) / 0.12) : 1)
      return (
        (Math.sin(turn * base * time) +
          0.3 * Math.sin(turn * base * 2 * time) +
          0.12 * Math.sin(turn * base * 3 * time)) *
        shape
      )
    })
  },
  pluck(track, start, midi, seconds, gain = 0.13, pan = 0) {
    const base = pitch(midi)
    add(track, start, seconds + 0.5, pan, gain, (time) => {
      const bright = 2.4 * Math.exp(-time * 9)
      return (
        Math.sin(turn * base * time + bright * Math.sin(turn * base * 2 * time)) *
        attack(time, 0.004) *
        Math.exp(-time * 5)
      )
    })
  },
  bell(track, start, midi, seconds, gain = 0.13, pan = 0) {
    const base = pitch(midi)
    add(track, start, seconds + 1.4, pan, gain, (time) => {
      const modulator = 1.3 * Math.exp(-time * 3.4) * Math.sin(turn * base * 3.01 * time)
      return Math.sin(turn * base * time + modulator) * attack(time, 0.005) * Math.exp(-time * 2.1)
    })
  },
  reed(track, start, midi, seconds, gain = 0.07, pan = 0) {
    const base = pitch(midi)
    add(track, start, seconds + 0.15, pan, gain, (time) => {
      const vibrato = time > 0.18 ? 0.0035 * Math.sin(turn * 5.2 * time) : 0
      let sum = 0
      for (let partial = 1; partial <= 7; partial += 1)
        sum += Math.sin(turn * base * partial * time + vibrato * partial * 40) / partial ** 1.35
      return sum * attack(time, 0.05) * (time > seconds ? Math.max(0, 1 - (time - seconds) / 0.15) : 1)
    })
  },
  kick(track, start, gain = 0.5) {
    add(
      track,
      start,
      0.35,
      0,
      gain,
      (time) => Math.sin(turn * (46 * time + 5.5 * (1 - Math.exp(-time * 26)))) * Math.exp(-time * 11),
    )
  },
  brush(track, start, gain = 0.06, pan = 0.25, decay = 26) {
    const r = randomFrom(Math.round(start * 1000) + 7)
    let previous = 0
    add(track, start, 0.4, pan, gain, (time) => {
      const noise = r.next() * 2 - 1
      const high = noise - previous
      previous = noise
      return high * attack(time, 0.003) * Math.exp(-time * decay)
    })
  },
}

/** Four damped combs and two all-passes a side: a small hall. */
export function addReverb(track, amount = 0.28, decay = 0.82) {
  for (const [channel, spread] of [
    ['left', 0],
    ['right', 23],
  ]) {
    const dry = track[channel]
    const wet = new Float32Array(dry.length)
    for (const delay of [1557, 1617, 1491, 1422]) {
      const line = new Float32Array(delay + spread)
      let [at, damped] = [0, 0]
      for (let index = 0; index < dry.length; index += 1) {
        const echo = line[at]
        damped = echo * 0.7 + damped * 0.3
        line[at] = dry[index] + damped * decay
        wet[index] += echo * 0.25
        at = (at + 1) % line.length
      }
    }
    for (const delay of [556, 225]) {
      const line = new Float32Array(delay + spread)
      let at = 0
      for (let index = 0; index < wet.length; index += 1) {
        const echo = line[at]
        line[at] = wet[index] + echo * 0.5
        wet[index] = echo - wet[index] * 0.5
        at = (at + 1) % line.length
      }
    }
    for (let index = 0; index < dry.length; index += 1) dry[index] += wet[index] * amount
  }
}

/** Fades both ends and brings the loudest sample to -2 dB. */
export function master(track, fadeIn = 0.4, fadeOut = 3.5) {
  let peak = 0
  for (const channel of [track.left, track.right]) {
    for (let index = 0; index < track.length; index += 1) {
      const time = index / sampleRate
      const rest = (track.length - index) / sampleRate
      channel[index] *= Math.min(1, time / fadeIn) * Math.min(1, rest / fadeOut) ** 1.5
      peak = Math.max(peak, Math.abs(channel[index]))
    }
  }
  const gain = 0.79 / peak
  for (const channel of [track.left, track.right])
    for (let index = 0; index < track.length; index += 1) channel[index] *= gain
}

export function wavOf(track) {
  const bytes = Buffer.alloc(44 + track.length * 4)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(36 + track.length * 4, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(2, 22)
  bytes.writeUInt32LE(sampleRate, 24)
  bytes.writeUInt32LE(sampleRate * 4, 28)
  bytes.writeUInt16LE(4, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(track.length * 4, 40)
  for (let index = 0; index < track.length; index += 1) {
    bytes.writeInt16LE(Math.round(track.left[index] * 32767), 44 + index * 4)
    bytes.writeInt16LE(Math.round(track.right[index] * 32767), 46 + index * 4)
  }
  return bytes
}
