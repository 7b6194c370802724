import assert from 'node:assert/strict'
import type { MediaStorageErrorCode } from '../storage.ts'
import { rejectsWith, throwsWith } from './storage-errors.ts'
import { assertEmpty } from './stored-content.ts'
import type { Suite } from './suite.ts'

const BYTES = new TextEncoder().encode('hello')

/** What is wrong with each name, when several rules are broken the first one, and a word its message must have. */
const REFUSED: readonly [name: string, code: MediaStorageErrorCode, message: RegExp][] = [
  ['', 'INVALID_FILE_NAME', /no name/],
  ['.', 'INVALID_FILE_NAME', /start with a full stop/],
  ['.htaccess', 'INVALID_FILE_NAME', /start with a full stop/],
  ['..jpg', 'INVALID_FILE_NAME', /start with a full stop/],
  ['a..jpg', 'INVALID_FILE_NAME', /two full stops/],
  ['a..b?.exe', 'INVALID_FILE_NAME', /two full stops/],
  ['a?b.jpg', 'INVALID_FILE_NAME', /"\?"/],
  ['a*b?c.exe', 'INVALID_FILE_NAME', /"\*"/],
  ['naïve.jpg', 'INVALID_FILE_NAME', /"ï"/],
  ['a\u0007b.jpg', 'INVALID_FILE_NAME', /U\+0007/],
  ['a\u0000.jpg', 'INVALID_FILE_NAME', /U\+0000/],
  ['poster', 'INVALID_FILE_NAME', /no extension/],
  ['poster.', 'INVALID_FILE_NAME', /no extension/],
  ['poster.exe', 'FILE_TYPE_NOT_ALLOWED', /"exe" is not one of jpg, png\./],
  ['poster.jpg.exe', 'FILE_TYPE_NOT_ALLOWED', /"exe"/],
]

export function nameCases({ testCase }: Suite): void {
  const options = { allowedExtensions: ['jpg', '.PNG'] }

  for (const [name, code, message] of REFUSED) {
    testCase(
      `refuses the name ${JSON.stringify(name)} as ${code} and says why`,
      async (storage) => {
        assert.match(throwsWith(() => storage.validateFileName(name), code).message, message)
        await rejectsWith(storage.storeFile(name, BYTES), code)
        await assertEmpty(storage)
      },
      options,
    )
  }

  testCase(
    'takes allowed extensions in any case, with or without their dot',
    async (storage) => {
      for (const name of ['a.jpg', 'a.JPG', 'a.png', 'a (1)_b-c d.PnG']) storage.validateFileName(name)
    },
    options,
  )

  testCase(
    'takes every short extension when allowedExtensions is null',
    async (storage) => {
      storage.validateFileName('archive.7z')
      throwsWith(() => storage.validateFileName('archive'), 'INVALID_FILE_NAME')
      throwsWith(() => storage.validateFileName('archive.abcdefghijklmnopq'), 'FILE_TYPE_NOT_ALLOWED')
    },
    { allowedExtensions: null },
  )

  testCase(
    'takes every visible character when allowedCharacters is null, and still no control character',
    async (storage) => {
      storage.validateFileName('映画 – ñandú 🎬.jpg')
      for (const character of ['\u0000', '\n', '\u007f', '\u0085', '\u202e', '\u2066', '\ud800']) {
        throwsWith(() => storage.validateFileName(`a${character}b.jpg`), 'INVALID_FILE_NAME')
      }
    },
    { allowedCharacters: null },
  )

  testCase('leaves a body unread when the name is refused', async (storage) => {
    const body = new Blob([BYTES]).stream()
    await rejectsWith(storage.storeFile('.htaccess', body), 'INVALID_FILE_NAME')
    assert.equal(body.locked, false)
  })
}
