import assert from 'node:assert/strict'
import { MediaStorageError } from '../storage.ts'
import type { Suite } from './suite.ts'

const ROOT = 'https://cms.example/media'

/** Keys, and how they stand in the path of a URL. */
const ENCODED: readonly [key: string, path: string][] = [
  ['poster.jpg', 'poster.jpg'],
  ['My poster (1).jpg', 'My%20poster%20(1).jpg'],
  ['100%.jpg', '100%25.jpg'],
  ['a?b=c&d#e.jpg', 'a%3Fb%3Dc%26d%23e.jpg'],
  ['a+b;c,d:e@f.jpg', 'a%2Bb%3Bc%2Cd%3Ae%40f.jpg'],
  ['ñandú 🎬.jpg', '%C3%B1and%C3%BA%20%F0%9F%8E%AC.jpg'],
  ['"><script>.jpg', '%22%3E%3Cscript%3E.jpg'],
]

export function urlCases({ testCase, harness, onlyIf }: Suite): void {
  testCase('gives an address that leads to the key and nowhere else', async (storage) => {
    for (const [key] of ENCODED) {
      const { pathname, hash } = new URL(await storage.generateFileUrl(key, { rootUrl: ROOT }))
      assert.equal(decodeURIComponent(pathname.slice(pathname.lastIndexOf('/') + 1)), key)
      assert.equal(hash, '')
    }
  })

  const belowRootUrl = onlyIf(harness.urls !== 'own', 'the storage has URLs of its own')

  belowRootUrl.testCase('puts the key, percent-encoded, below rootUrl', async (storage) => {
    for (const [key, path] of ENCODED) {
      const url = await storage.generateFileUrl(key, { rootUrl: ROOT })
      // A signature may follow.
      assert.equal(url.split('?')[0], `${ROOT}/${path}`)
    }
  })

  belowRootUrl.testCase('says that rootUrl is missing when it is', async (storage) => {
    await assert.rejects(storage.generateFileUrl('poster.jpg'), (error) => {
      assert.ok(error instanceof MediaStorageError)
      assert.match(error.message, /rootUrl/)
      return true
    })
  })
}
