import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const media = fileURLToPath(new URL('../../examples/movies/media/', import.meta.url))

/** A file of the movie demo, such as `trailers/long-take.mp4`. */
export async function demoMedia(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(`${media}${path}`))
}
