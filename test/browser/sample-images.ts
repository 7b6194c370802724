import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Locator } from 'playwright-core'

/** A file as a browser takes it. */
export interface SampleFile {
  name: string
  mimeType: string
  buffer: Buffer
}

const media = fileURLToPath(new URL('../../examples/movies/media/', import.meta.url))

/** An image of the demo under another name. */
export async function sampleImage(source: string, name: string): Promise<SampleFile> {
  return { name, mimeType: 'image/jpeg', buffer: await readFile(`${media}${source}`) }
}

/** Drops files on an element, as a person does who drags them from a folder. */
export async function dropFiles(target: Locator, files: SampleFile[]): Promise<void> {
  const contents = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') }))
  const transfer = await target.page().evaluateHandle((items) => {
    const data = new DataTransfer()
    for (const { name, mimeType, base64 } of items) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      data.items.add(new File([bytes], name, { type: mimeType }))
    }
    return data
  }, contents)
  for (const type of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(type, { dataTransfer: transfer })
}
