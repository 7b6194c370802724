/* oxlint-disable max-params, max-lines-per-function -- notes read best as (start, note, length, gain, pan) */
/** Three short pieces. Chords are MIDI notes, melodies are [bar, beat, note, beats]. */
import { addReverb, instruments, master, newTrack } from './synth.mjs'

const { piano, pad, bass, pluck, bell, reed, kick, brush } = instruments

/** D major, slow four: a rocking piano figure over pads. */
export function saltAndMorning(seconds = 32, tempo = 76) {
  const track = newTrack(seconds)
  const beat = 60 / tempo
  const bars = [
    [38, 62, 66, 69, 73],
    [35, 62, 66, 69, 71],
    [43, 62, 67, 71, 74],
    [45, 61, 64, 69, 71],
    [38, 62, 66, 69, 73],
    [42, 61, 66, 69, 73],
    [43, 62, 66, 71, 74],
    [45, 61, 64, 69, 74],
    [35, 62, 66, 71, 73],
    [43, 62, 67, 69, 74],
    [38, 62, 66, 69, 76],
    [38, 62, 66, 69, 74],
  ]
  const melody = [
    [1, 2, 78, 1],
    [1, 3, 76, 1],
    [2, 0, 74, 3],
    [3, 0, 76, 2],
    [3, 2, 73, 2],
    [4, 0, 78, 3],
    [4, 3, 81, 1],
    [5, 0, 80, 0.5],
    [5, 0.5, 81, 1.5],
    [5, 2, 78, 2],
    [6, 0, 79, 2],
    [6, 2, 78, 1],
    [6, 3, 76, 1],
    [7, 0, 76, 2],
    [7, 2, 74, 1],
    [7, 3, 73, 1],
    [8, 0, 74, 3],
    [8, 3, 78, 1],
    [9, 0, 76, 1.5],
    [9, 1.5, 74, 0.5],
    [9, 2, 71, 2],
    [10, 0, 74, 4],
    [11, 0, 69, 1],
    [11, 1, 74, 3],
  ]
  const loop = bars.length * 4 * beat
  for (let offset = 0, round = 0; offset < seconds; offset += loop, round += 1) {
    bars.forEach((chord, bar) => {
      const start = offset + bar * 4 * beat
      bass(track, start, chord[0], beat * 3.8, 0.2)
      chord.slice(1).forEach((note, voice) => pad(track, start, note - 12, beat * 4, 0.018, voice * 0.4 - 0.6))
      const order = [1, 2, 3, 4, 3, 2, 4, 3]
      order.forEach((voice, step) =>
        piano(
          track,
          start + step * beat * 0.5 + (step % 2) * 0.012,
          chord[voice],
          beat * 0.9,
          step % 4 ? 0.075 : 0.1,
          voice * 0.16 - 0.4,
        ),
      )
    })
    for (const [bar, at, note, length] of melody) {
      const start = offset + (bar * 4 + at) * beat
      piano(track, start, note, length * beat, 0.19, 0.12)
      if (round > 0 || bar > 7) bell(track, start, note + 12, length * beat, 0.022, -0.4)
    }
  }
  addReverb(track, 0.34, 0.84)
  master(track)
  return track
}

/** A minor, steady pulse: plucked sixteenths, a soft kick and a distant bell. */
export function afterTheLastSignal(seconds = 30, tempo = 100) {
  const track = newTrack(seconds)
  const beat = 60 / tempo
  const bars = [
    [45, 57, 60, 64, 71],
    [45, 57, 60, 64, 69],
    [41, 57, 60, 65, 67],
    [41, 57, 60, 64, 65],
    [48, 55, 60, 64, 67],
    [48, 55, 60, 62, 64],
    [43, 55, 59, 62, 67],
    [40, 56, 59, 62, 64],
    [45, 57, 60, 64, 71],
    [41, 57, 60, 65, 69],
    [50, 57, 60, 62, 65],
    [40, 56, 59, 64, 68],
  ]
  const melody = [
    [2, 0, 76, 3],
    [2, 3, 72, 1],
    [3, 0, 74, 1],
    [3, 1, 72, 3],
    [4, 0, 79, 2],
    [4, 2, 76, 2],
    [5, 0, 74, 3],
    [6, 0, 74, 1.5],
    [6, 1.5, 71, 2.5],
    [7, 0, 76, 2],
    [7, 2, 80, 2],
    [8, 0, 81, 3],
    [8, 3, 79, 1],
    [9, 0, 77, 1.5],
    [9, 1.5, 76, 2.5],
    [10, 0, 74, 2],
    [10, 2, 77, 2],
    [11, 0, 76, 4],
  ]
  bars.forEach((chord, bar) => {
    const start = bar * 4 * beat
    chord
      .slice(1)
      .forEach((note, voice) => pad(track, start, note - (voice > 2 ? 12 : 0), beat * 4, 0.02, voice * 0.5 - 0.75))
    const pattern = [1, 3, 2, 4, 3, 2, 4, 2, 1, 3, 2, 4, 3, 4, 2, 3]
    pattern.forEach((voice, step) => {
      const swell = 0.5 + 0.5 * Math.sin((bar * 16 + step) * 0.13)
      pluck(
        track,
        start + step * beat * 0.25,
        chord[voice] + (step % 8 === 5 ? 12 : 0),
        beat * 0.3,
        0.05 + 0.04 * swell,
        Math.sin(step * 1.1) * 0.7,
      )
    })
    for (let step = 0; step < 8; step += 1) {
      if (bar > 1)
        bass(
          track,
          start + step * beat * 0.5,
          chord[0] - (step === 6 ? 0 : 12) + 12 * (step % 4 === 3),
          beat * 0.38,
          0.17,
        )
      if (bar > 3) brush(track, start + step * beat * 0.5 + (step % 2 ? 0.01 : 0), step % 2 ? 0.03 : 0.014, 0.4, 40)
    }
    for (const at of bar > 3 ? [0, 1, 2, 3] : bar > 1 ? [0, 2] : []) kick(track, start + at * beat, 0.34)
    if (bar > 5) for (const at of [1, 3]) brush(track, start + at * beat, 0.07, -0.1, 17)
  })
  for (const [bar, at, note, length] of melody) {
    const start = (bar * 4 + at) * beat
    bell(track, start, note, length * beat, 0.13, -0.1)
    bell(track, start + beat * 0.75, note, length * beat, 0.04, 0.7)
  }
  addReverb(track, 0.32, 0.85)
  master(track, 0.3, 3)
  return track
}

/** F major waltz for reed, plucked bass and bells. */
export function waltzForPaperSwallows(seconds = 31, tempo = 144) {
  const track = newTrack(seconds)
  const beat = 60 / tempo
  const bars = [
    [41, 60, 65, 69],
    [41, 60, 65, 69],
    [38, 57, 62, 65],
    [38, 57, 62, 65],
    [43, 58, 62, 67],
    [43, 58, 62, 67],
    [36, 58, 64, 67],
    [36, 58, 64, 67],
    [41, 60, 65, 69],
    [45, 57, 61, 67],
    [38, 57, 62, 65],
    [38, 60, 62, 65],
    [46, 58, 62, 65],
    [36, 58, 60, 64],
    [41, 57, 60, 65],
    [41, 57, 60, 65],
    [46, 58, 62, 65],
    [46, 58, 61, 65],
    [45, 57, 60, 65],
    [38, 57, 62, 66],
    [43, 58, 62, 67],
    [36, 58, 60, 64],
    [41, 57, 60, 65],
    [41, 57, 60, 65],
  ]
  const melody = [
    [0, 0, 72, 2],
    [0, 2, 74, 1],
    [1, 0, 77, 2],
    [1, 2, 76, 1],
    [2, 0, 74, 2],
    [2, 2, 72, 1],
    [3, 0, 69, 3],
    [4, 0, 70, 2],
    [4, 2, 72, 1],
    [5, 0, 74, 2],
    [5, 2, 70, 1],
    [6, 0, 67, 3],
    [7, 0, 72, 2],
    [7, 2, 70, 1],
    [8, 0, 69, 2],
    [8, 2, 72, 1],
    [9, 0, 76, 1],
    [9, 1, 77, 1],
    [9, 2, 79, 1],
    [10, 0, 81, 2],
    [10, 2, 77, 1],
    [11, 0, 74, 3],
    [12, 0, 77, 1],
    [12, 1, 74, 1],
    [12, 2, 70, 1],
    [13, 0, 72, 2],
    [13, 2, 67, 1],
    [14, 0, 65, 3],
    [15, 1, 72, 1],
    [15, 2, 77, 1],
    [16, 0, 82, 2],
    [16, 2, 81, 1],
    [17, 0, 79, 1],
    [17, 1, 77, 2],
    [18, 0, 81, 2],
    [18, 2, 77, 1],
    [19, 0, 78, 3],
    [20, 0, 79, 1],
    [20, 1, 77, 1],
    [20, 2, 74, 1],
    [21, 0, 72, 1],
    [21, 1, 76, 2],
    [22, 0, 77, 3],
  ]
  bars.forEach((chord, bar) => {
    const start = bar * 3 * beat
    bass(track, start, chord[0], beat * 0.85, 0.26)
    for (const at of [1, 2]) {
      chord
        .slice(1)
        .forEach((note, voice) =>
          pluck(track, start + at * beat + voice * 0.008, note, beat * 0.5, 0.062, voice * 0.4 - 0.4),
        )
      brush(track, start + at * beat, 0.025, 0.35, 34)
    }
    if (bar > 7) chord.slice(1).forEach((note, voice) => pad(track, start, note, beat * 3, 0.008, 0.5 - voice * 0.5))
  })
  for (const [bar, at, note, length] of melody) {
    const start = (bar * 3 + at) * beat
    reed(track, start, note, length * beat * 0.94, 0.1, -0.15)
    if (bar > 7) bell(track, start, note + 12, length * beat, 0.045, 0.45)
  }
  addReverb(track, 0.26, 0.8)
  master(track, 0.05, 2.5)
  return track
}
