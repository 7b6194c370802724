import { afterEach, beforeEach, expect, it } from 'vitest'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { movie } from './media-tables.ts'
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts'

const KEY = 'a-3beac950-7721-46c9-9e7d-5e908ef51011.jpg'

let mediaPath: string
beforeEach(async () => {
  mediaPath = await makeTemporaryFolder()
})
afterEach(() => removeFolder(mediaPath))

it.each([
  ['/media', `/media/${KEY}`],
  ['/media/', `/media/${KEY}`],
  ['/', `/${KEY}`],
  ['', `/${KEY}`],
  ['https://cms.example/media/', `https://cms.example/media/${KEY}`],
  ['https://cms.example', `https://cms.example/${KEY}`],
])('one slash stands between the rootUrl %j and the key', async (rootUrl, url) => {
  const plain = new LocalMediaStorage({ column: movie.poster, mediaPath, rootUrl })
  expect(await plain.generateFileUrl(KEY)).toBe(url)
  expect(await plain.urls.thumbnail(KEY, { width: 160 })).toBe(`${url}/thumbnail?width=160`)
  const signed = new LocalMediaStorage({ column: movie.poster, mediaPath, rootUrl, signingSecret: 's'.repeat(32) })
  expect((await signed.generateFileUrl(KEY)).split('?')[0]).toBe(url)
  const byContext = new LocalMediaStorage({ column: movie.poster, mediaPath })
  expect(await byContext.generateFileUrl(KEY, { rootUrl })).toBe(url)
})
