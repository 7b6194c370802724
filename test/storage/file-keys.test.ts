import { afterEach, describe, expect, it, vi } from 'vitest'
import { MemoryMediaStorage } from '../../examples/memory-storage/memory-media-storage.ts'
import { MediaStorageError, originalFileName } from 'vitrine/storage'
import { movie } from './media-tables.ts'
import { printFigure } from './print-figure.ts'
import { ANY_CONTENT } from '../support/any-content.ts'

const KEYS = 100_000

/** Chi-square with 15 degrees of freedom is above this once in a million. */
const CHI_SQUARE_LIMIT = 56.5

const FIRST = '00000000-0000-4000-8000-000000000001'
const SECOND = '00000000-0000-4000-8000-000000000002'

const storage = new MemoryMediaStorage({ column: movie.poster, ...ANY_CONTENT })

afterEach(() => {
  vi.restoreAllMocks()
})

describe('file keys', () => {
  it('do not repeat in 100 000, and their random digits are evenly spread', () => {
    const keys = Array.from({ length: KEYS }, () => storage.generateFileKey('poster.jpg'))
    expect(new Set(keys).size).toBe(KEYS)

    const worst = Math.max(...spreadOfDigits(keys.map((key) => key.slice('poster-'.length, -'.jpg'.length))))
    printFigure(
      `keys: repeats 0 of ${KEYS}; worst chi-square of 30 digits ${worst.toFixed(1)} (limit ${CHI_SQUARE_LIMIT})`,
    )
    expect(worst).toBeLessThan(CHI_SQUARE_LIMIT)
  })

  it('fit the column: the stem is cut, and the random part never', () => {
    const badge = new MemoryMediaStorage({ column: movie.badge, ...ANY_CONTENT })
    const key = badge.generateFileKey('a name that is far too long for it.jpg')
    expect(key).toHaveLength(60)
    expect(key).toMatch(/^a name that is far -[0-9a-f]{8}-[0-9a-f-]{27}\.jpg$/)
  })

  it('are refused with a sentence by a column that is too short for any', () => {
    const tiny = new MemoryMediaStorage({ column: movie.tiny, ...ANY_CONTENT })
    expect(() => tiny.generateFileKey('poster.jpg')).toThrow(
      new MediaStorageError(
        'STORAGE_FAILURE',
        'The column is too short for a file key: it holds 20 characters, and at least 42 are needed.',
      ),
    )
  })

  it('stay within 255 bytes where characters have many', () => {
    const any = new MemoryMediaStorage({ column: movie.trailer, ...ANY_CONTENT, allowedCharacters: null })
    const key = any.generateFileKey(`${'🎬'.repeat(60)}.mp4`)
    expect(Buffer.byteLength(key)).toBeLessThanOrEqual(255)
    expect(key).toMatch(/^(🎬){50}-[0-9a-f-]{36}\.mp4$/u)
  })

  it('tell the name a file was uploaded with', () => {
    expect(originalFileName('poster-3beac950-7721-46c9-9e7d-5e908ef51011.jpg')).toBe('poster.jpg')
    expect(originalFileName('a-3beac950-7721-46c9-9e7d-5e908ef51011.b-3beac950-7721-46c9-9e7d-5e908ef51011.jpg')).toBe(
      'a-3beac950-7721-46c9-9e7d-5e908ef51011.b.jpg',
    )
    expect(originalFileName('Thumbs.db')).toBe('Thumbs.db')
  })

  it('are made anew when the random source repeats itself, and nothing is overwritten', async () => {
    const clashing = new MemoryMediaStorage({ column: movie.poster, ...ANY_CONTENT })
    vi.spyOn(crypto, 'randomUUID').mockReturnValueOnce(FIRST).mockReturnValueOnce(FIRST).mockReturnValueOnce(SECOND)
    const first = await clashing.storeFile('poster.jpg', Buffer.from('first'))
    const second = await clashing.storeFile('poster.jpg', Buffer.from('second'))
    expect([first, second]).toEqual([`poster-${FIRST}.jpg`, `poster-${SECOND}.jpg`])
    expect(await (await clashing.getFile(first))?.text()).toBe('first')
    expect(await (await clashing.getFile(second))?.text()).toBe('second')
  })

  it('run out with an error, not in a circle, when the random source is stuck', async () => {
    const stuck = new MemoryMediaStorage({ column: movie.poster, ...ANY_CONTENT })
    vi.spyOn(crypto, 'randomUUID').mockReturnValue(FIRST)
    const first = await stuck.storeFile('poster.jpg', Buffer.from('first'))
    await expect(stuck.storeFile('poster.jpg', Buffer.from('second'))).rejects.toMatchObject({ code: 'FILE_EXISTS' })
    expect(await (await stuck.getFile(first))?.text()).toBe('first')
  })
})

/** For each random digit of the UUIDs, how far the 16 digits are from being equally frequent there: chi-square. */
function spreadOfDigits(uuids: readonly string[]): number[] {
  // Digit 14 is the version and two bits of digit 19 are the variant: 122 bits are random.
  const positions = [...Array(36).keys()].filter((position) => ![8, 13, 14, 18, 19, 23].includes(position))
  const expected = uuids.length / 16
  return positions.map((position) => {
    const counts = new Uint32Array(16)
    for (const uuid of uuids) counts[Number.parseInt(uuid.charAt(position), 16)]! += 1
    return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  })
}
