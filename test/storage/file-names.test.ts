import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MemoryMediaStorage } from '../../examples/memory-storage/memory-media-storage.ts'
import { MediaStorageError, cleanFileName } from 'vitrine/storage'
import { HONEST_NAMES } from './honest-names.ts'
import { HOSTILE_NAMES } from './hostile-names.ts'
import { movie } from './media-tables.ts'

const strict = new MemoryMediaStorage({ column: movie.poster })
const anything = new MemoryMediaStorage({ column: movie.poster, allowedCharacters: null, allowedExtensions: null })

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'
const STRICT_KEY = new RegExp(`^(?!\\.)(?!.*\\.\\.)[a-zA-Z0-9 \\-_.()]+-${UUID}\\.[a-z0-9]+$`)
const ANY_KEY = new RegExp(
  `^(?!\\.)(?!.*\\.\\.)[^\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u2028-\\u202e\\u3164/\\\\\\p{Surrogate}]+-${UUID}\\.[a-z0-9]+$`,
  'su',
)

/** The key for a name, or `null` when it is refused; any other error fails the test. */
function getKey(storage: MemoryMediaStorage, name: string): string | null {
  try {
    return storage.generateFileKey(name)
  } catch (error) {
    if (error instanceof MediaStorageError && /^(INVALID_FILE_NAME|FILE_TYPE_NOT_ALLOWED)$/.test(error.code))
      return null
    throw error
  }
}

describe('honest file names', () => {
  it(`stores each of ${HONEST_NAMES.length} once it is cleaned`, () => {
    expect(HONEST_NAMES.length).toBeGreaterThanOrEqual(100)
    const refused = HONEST_NAMES.filter((name) => getKey(strict, cleanFileName(name, strict)) === null)
    expect(refused).toEqual([])
    for (const name of HONEST_NAMES) expect(getKey(strict, cleanFileName(name, strict))).toMatch(STRICT_KEY)
  })

  it.each([
    ['Été à Nîmes?.JPG', 'Ete a Nimes-.JPG'],
    ['e\u0301te\u0301.jpg', 'ete.jpg'],
    ['映画.jpg', 'YingHua.jpg'],
    ['фото.jpg', 'foto.jpg'],
    ['Ελλάδα.pdf', 'Ellada.pdf'],
    ['صورة.png', 'swrh.png'],
    ['ภาพถ่าย.png', 'phaphthay.png'],
    ['사진.jpg', 'SaJin.jpg'],
    ['Straße Ærø.jpg', 'Strasse Aero.jpg'],
    ['Wait... what.jpg', 'Wait. what.jpg'],
    ['Invoice No..5.pdf', 'Invoice No.5.pdf'],
    ['photo.jpg.', 'photo.jpg'],
    ['photo.jpg. . ', 'photo.jpg'],
    ['photo..jpg', 'photo.jpg'],
    ['a..b.jpg', 'a.b.jpg'],
    [' .png', 'file.png'],
    ['???.png', 'file.png'],
    ['\u202egnp.\u200epng\u200f', 'gnp.png'],
    ['🎬 trailer 🎬.mp4', '- trailer -.mp4'],
    ['Wait….jpg', 'Wait-.jpg'],
    ['a\u2024b.jpg', 'a-b.jpg'],
    ['Screenshot 2.25\u202fPM.png', 'Screenshot 2.25 PM.png'],
    ['ﬁne.txt', 'fine.txt'],
    ['C:\\fakepath\\poster.jpg', 'poster.jpg'],
    [' poster.jpg ', 'poster.jpg'],
    ['plain name (1).jpg', 'plain name (1).jpg'],
  ])('cleans %j to %j', (name, cleaned) => {
    expect(cleanFileName(name, strict)).toBe(cleaned)
  })

  it('leaves a name alone that is hidden, or has no extension that is allowed', () => {
    for (const name of ['.htaccess', '.png', 'poster', 'poster.exe', '']) {
      expect(cleanFileName(name, strict)).toBe(name)
      expect(getKey(strict, name)).toBeNull()
    }
  })
})

describe('cleaning where every character is allowed', () => {
  it.each([
    ['👨\u200d👩\u200d👧 family.jpg', '👨\u200d👩\u200d👧 family.jpg'],
    ['❤\ufe0f\u200d🔥.jpg', '❤\ufe0f\u200d🔥.jpg'],
    ['می\u200cخواهم.jpg', 'می\u200cخواهم.jpg'],
    ['क्\u200dष.jpg', 'क्\u200dष.jpg'],
    ['in\u200dvoice.jpg', 'invoice.jpg'],
    ['\u200dfamily\u200c.jpg', 'family.jpg'],
    ['م\u200c\u200cن.jpg', 'من.jpg'],
    ['exe\u202egpj.jpg', 'exegpj.jpg'],
    ['سلام\u200f.jpg', 'سلام.jpg'],
    ['фото.jpg', 'фото.jpg'],
  ])('cleans %j to %j', (name, cleaned) => {
    expect(cleanFileName(name, anything)).toBe(cleaned)
    expect(getKey(anything, cleaned)).toMatch(ANY_KEY)
  })

  it('refuses a joiner between Latin letters, where nobody sees it', () => {
    expect(getKey(anything, 'in\u200dvoice.jpg')).toBeNull()
  })
})

it('cleans any name once: again it changes nothing, a stem is never empty, and an honest name is never lost', () => {
  const stems = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 60 }))
  fc.assert(
    fc.property(stems, fc.constantFrom('.jpg', '.jpg.', '..jpg', '.png ', '', '.exe'), (stem, ending) => {
      for (const storage of [strict, anything]) {
        const cleaned = cleanFileName(`${stem}${ending}`, storage)
        expect(cleanFileName(cleaned, storage)).toBe(cleaned)
        if (/[./\\]/.test(stem) || !/^\.+(?:jpg|png)/.test(ending) || stem === '') continue
        expect(getKey(storage, cleaned)).not.toBeNull()
      }
    }),
    { numRuns: 3000 },
  )
})

describe('hostile file names', () => {
  it(`makes no key outside the grammar from any of ${HOSTILE_NAMES.length}`, () => {
    for (const name of HOSTILE_NAMES) {
      for (const candidate of [name, cleanFileName(name, strict)]) {
        expect(getKey(strict, candidate) ?? `x-${NO_UUID}.x`).toMatch(STRICT_KEY)
        expect(getKey(anything, candidate) ?? `x-${NO_UUID}.x`).toMatch(ANY_KEY)
      }
    }
  })

  it('makes no key outside the grammar, nor of more than 255 bytes, from any text', () => {
    const parts = fc.constantFrom(
      '.',
      '..',
      '/',
      '\\',
      '\u0000',
      '\u2028',
      '\ud800',
      '…',
      '．',
      '.jpg',
      'é',
      '\u0301',
      'a',
    )
    const names = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(parts).map((list) => list.join('')),
    )
    fc.assert(
      fc.property(names, (name) => {
        for (const storage of [strict, anything]) {
          for (const candidate of [name, cleanFileName(name, storage)]) {
            const key = getKey(storage, candidate)
            if (key === null) continue
            if (!(storage === strict ? STRICT_KEY : ANY_KEY).test(key) || Buffer.byteLength(key) > 255) return false
          }
        }
        return true
      }),
      { numRuns: 2000 },
    )
  })

  it('puts no control character and no endless name into a message', () => {
    for (const name of HOSTILE_NAMES) {
      const message = getMessage(() => strict.generateFileKey(name))
      expect(message).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/)
      expect(message.length).toBeLessThan(400)
    }
  })
})

const NO_UUID = '00000000-0000-4000-8000-000000000000'

function getMessage(call: () => unknown): string {
  try {
    call()
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
