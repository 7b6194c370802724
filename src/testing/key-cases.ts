import assert from 'node:assert/strict'
import { getFile } from './stored-content.ts'
import type { Suite } from './suite.ts'

const BYTES = new TextEncoder().encode('hello')
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'

export function keyCases({ testCase }: Suite): void {
  testCase('makes a key of the stem, a UUID and the lower-case extension', async (storage) => {
    const key = await storage.storeFile('My Poster.JPG', BYTES)
    assert.match(key, new RegExp(`^My Poster-${UUID}\\.jpg$`))
    assert.equal((await getFile(storage, key)).key, key)
  })

  testCase('keeps only the last part of a path, with either kind of slash', async (storage) => {
    for (const name of ['/etc/poster.jpg', 'C:\\fakepath\\poster.jpg', '../../poster.jpg', 'a\\../b/poster.jpg']) {
      assert.match(storage.generateFileKey(name), new RegExp(`^poster-${UUID}\\.jpg$`))
    }
  })

  testCase('cuts the stem to 50 characters when the name is longer than 50', async (storage) => {
    const key = await storage.storeFile(`${'a'.repeat(60)}.jpg`, BYTES)
    assert.match(key, new RegExp(`^a{50}-${UUID}\\.jpg$`))
  })

  testCase('leaves a name of 50 characters whole', async (storage) => {
    assert.match(storage.generateFileKey(`${'a'.repeat(46)}.jpg`), new RegExp(`^a{46}-${UUID}\\.jpg$`))
  })

  testCase('never makes the same key twice', async (storage) => {
    const keys = new Set(Array.from({ length: 1000 }, () => storage.generateFileKey('poster.jpg')))
    assert.equal(keys.size, 1000)
  })

  testCase('stores a file under a key of 255 bytes', async (storage) => {
    const key = `${'a'.repeat(251)}.jpg`
    storage.generateFileKey = () => key
    assert.equal(await storage.storeFile('poster.jpg', BYTES), key)
    assert.equal(await (await getFile(storage, key)).text(), 'hello')
  })

  testCase('stores a file under a key with spaces, accents and signs', async (storage) => {
    const key = '100% [ñandú] #1 & ?=+ 映画 🎬.jpg'
    storage.generateFileKey = () => key
    assert.equal(await storage.storeFile('poster.jpg', BYTES), key)
    assert.equal(await (await getFile(storage, key)).text(), 'hello')
  })
}
