import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright-core'

const TRAILER = fileURLToPath(
  new URL('../../examples/movies/media/trailers/nightfall-season-reel.mp4', import.meta.url),
)

/** The field of a video's form that takes large files. */
export function trailerField(page: Page): Locator {
  return page.getByRole('group', { name: 'Trailer' })
}

/** Chooses a file in the dialog that a button of the field opens. */
export async function pickFile(field: Locator, button: string | RegExp, path: string): Promise<void> {
  const chooser = field.page().waitForEvent('filechooser')
  await field.getByRole('button', { name: button }).click()
  await (await chooser).setFiles(path)
}

/** Bytes a second that the page may send; -1 for as many as it likes. */
export async function limitUploads(page: Page, bytesPerSecond: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: bytesPerSecond,
  })
}

/** A video that plays, with bytes behind it that players pass over and of which no two parts are alike. */
export async function makeVideo(path: string, size: number): Promise<{ path: string; hash: string }> {
  const video = await readFile(TRAILER)
  const padding = Buffer.alloc(size - video.byteLength, `${basename(path)} padding of a length that divides no part `)
  padding.writeUInt32BE(padding.byteLength, 0)
  padding.write('free', 4, 'latin1')
  const bytes = Buffer.concat([video, padding])
  await writeFile(path, bytes)
  return { path, hash: hashOf(bytes) }
}

/** SHA-256, in hexadecimal. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
