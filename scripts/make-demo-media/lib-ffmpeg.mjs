/** Runs ffmpeg; frames or samples go in through its standard input. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

export async function runFfmpeg(options, feed) {
  const encoder = spawn(process.env.FFMPEG ?? 'ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...options], {
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  const closed = once(encoder, 'close')
  for await (const chunk of feed) {
    if (!encoder.stdin.write(chunk)) await once(encoder.stdin, 'drain')
  }
  encoder.stdin.end()
  const [code] = await closed
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`)
}
