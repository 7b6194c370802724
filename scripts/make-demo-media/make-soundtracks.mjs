/** Synthesises the soundtracks and writes them as MP3 with their titles. */
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { mediaFolder } from './lib-browser.mjs'
import { runFfmpeg } from './lib-ffmpeg.mjs'
import { afterTheLastSignal, saltAndMorning, waltzForPaperSwallows } from './sound/pieces.mjs'
import { wavOf } from './sound/synth.mjs'

const pieces = [
  ['salt-and-morning.mp3', 'Salt and Morning', saltAndMorning],
  ['after-the-last-signal.mp3', 'After the Last Signal', afterTheLastSignal],
  ['waltz-for-paper-swallows.mp3', 'Waltz for Paper Swallows', waltzForPaperSwallows],
]

export async function makeSoundtracks() {
  const folder = join(mediaFolder, 'soundtracks')
  await mkdir(folder, { recursive: true })
  let total = 0
  for (const [name, title, play] of pieces) {
    const file = join(folder, name)
    const tags = {
      title,
      artist: 'The Vitrine Chamber Ensemble',
      album: 'Music for Invented Films',
      genre: 'Soundtrack',
      date: '2026',
    }
    await runFfmpeg(
      [
        '-i',
        'pipe:0',
        '-codec:a',
        'libmp3lame',
        '-b:a',
        '96k',
        '-id3v2_version',
        '3',
        ...Object.entries(tags).flatMap(([key, value]) => ['-metadata', `${key}=${value}`]),
        '-fflags',
        '+bitexact',
        '-flags:a',
        '+bitexact',
        file,
      ],
      [wavOf(play())],
    )
    total += (await stat(file)).size
  }
  return total
}
