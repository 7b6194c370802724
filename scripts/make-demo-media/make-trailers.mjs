/** Films the shot lists of reels.mjs: crossfades, slow zooms, title cards and music. */
import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mediaFolder, openPage } from './lib-browser.mjs'
import { bytesOfDataUrl } from './lib-encode.mjs'
import { runFfmpeg } from './lib-ffmpeg.mjs'
import { reels } from './reels.mjs'
import { wavOf } from './sound/synth.mjs'

const rate = 24
const crossfade = 1
const words = (text) => text.split(' ')
const ease = (value) => Math.max(0, Math.min(1, value))

/** When each shot starts and ends; neighbours overlap by the crossfade. */
function timeline(reel) {
  let start = 0
  return reel.shots.map(([art, palette, seconds, lines], index) => {
    const shot = { art, palette, lines, index, start, end: start + seconds }
    start = shot.end - crossfade
    return shot
  })
}

function frameAt(reel, shots, time) {
  const [width, height] = reel.size
  const length = shots.at(-1).end
  const visible = shots.filter((shot) => time >= shot.start && time < shot.end)
  const speaking = visible.filter((shot) => shot.lines).at(-1)
  const since = speaking ? time - speaking.start : 0
  const left = speaking ? speaking.end - time : 0
  const held = Math.min(speaking ? speaking.end - speaking.start : 0, speaking === shots.at(-1) ? 99 : 6)
  return {
    width,
    height,
    bars: reel.bars,
    // Not black at first: a player shows the first frame before anybody presses play.
    black: ease(1 - (length - time - 0.1) / 1.1),
    shots: visible.map((shot) => ({
      art: shot.art,
      palette: shot.palette,
      seed: `${reel.file} ${shot.index}`,
      t: time - shot.start,
      strength: shot === visible[0] ? 1 : ease((time - shot.start) / crossfade),
      zoom: 1.02 + 0.012 * (time - shot.start),
      pan: shot.index % 2 ? 0.35 : 0.65,
      polish: { bloom: 0.24, vignette: 0.42, grain: 0.015, seed: Math.floor(time * 12) },
    })),
    words: speaking && {
      lines: speaking.lines,
      face: reel.face,
      weight: reel.weight,
      strength: Math.min(ease((since - 0.6) / 0.5), ease((Math.min(left, held - since) - 0.5) / 0.5)),
      spread: since * 0.008,
    },
  }
}

async function* frames(page, reel) {
  const shots = timeline(reel)
  const count = Math.round(shots.at(-1).end * rate)
  for (let index = 0; index < count; index += 1) {
    yield bytesOfDataUrl(await page.evaluate((order) => window.paintFrame(order), frameAt(reel, shots, index / rate)))
  }
}

const input = (sound) => ['-f', 'image2pipe', '-framerate', String(rate), '-c:v', 'mjpeg', '-i', 'pipe:0', '-i', sound]

/** A key frame each second, so that seeking is exact. */
const picture = (reel) => [
  ...words('-c:v libx264 -preset slow -profile:v main -pix_fmt yuv420p -sc_threshold 0'),
  ...words(`-g ${rate} -keyint_min ${rate} -b:v ${reel.videoRate} -maxrate 900k -bufsize 1800k`),
  ...words('-vf scale=out_range=tv:out_color_matrix=bt709 -colorspace bt709'),
]

const soundAndTitle = (reel) => [
  ...words('-c:a aac -b:a 80k -shortest -movflags +faststart -metadata'),
  `title=${reel.title}`,
]

async function film(browser, reel) {
  const [width, height] = reel.size
  const page = await openPage(browser, 'reel.html', { width, height })
  await page.waitForFunction('window.ready')
  const sound = join(tmpdir(), `${reel.file}.wav`)
  const file = join(mediaFolder, 'trailers', reel.file)
  await writeFile(sound, wavOf(reel.music()))
  await runFfmpeg([...input(sound), ...picture(reel), ...soundAndTitle(reel), file], frames(page, reel))
  await rm(sound)
  await page.close()
  return (await stat(file)).size
}

export async function makeTrailers(browser) {
  await mkdir(join(mediaFolder, 'trailers'), { recursive: true })
  let total = 0
  for (const reel of reels) total += await film(browser, reel)
  return total
}
