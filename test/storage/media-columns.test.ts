import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MemoryMediaStorage } from '../../examples/memory-storage/memory-media-storage.ts'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { film } from './media-tables.ts'
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts'

const MUST_BE = 'and a media column must be a varchar, a text, or an array of one of them.'

describe('media columns', () => {
  it('can be a varchar, a text, or an array of one of them', () => {
    expect(new MemoryMediaStorage({ column: film.poster }).column).toBe(film.poster)
    expect(new MemoryMediaStorage({ column: film.trailer }).column).toBe(film.trailer)
    expect(new MemoryMediaStorage({ column: film.screenshots }).column).toBe(film.screenshots)
    expect(new MemoryMediaStorage({ column: film.clips }).column).toBe(film.clips)
  })

  // `tsc` checks this file: each of these lines must be a type error, and an unused expectation is one too.
  it.each([
    // @ts-expect-error An integer column cannot hold media.
    ['film.runtime', 'integer', () => new MemoryMediaStorage({ column: film.runtime })],
    // @ts-expect-error A jsonb column cannot hold media.
    ['film.extra', 'jsonb', () => new MemoryMediaStorage({ column: film.extra })],
    // @ts-expect-error A pgEnum column cannot hold media.
    ['film.mood', 'mood', () => new MemoryMediaStorage({ column: film.mood })],
    // @ts-expect-error An array of integers cannot hold media.
    ['film.numbers', 'integer[]', () => new MemoryMediaStorage({ column: film.numbers })],
    // @ts-expect-error An array of arrays cannot hold media.
    ['film.matrix', 'text[][]', () => new MemoryMediaStorage({ column: film.matrix })],
    // @ts-expect-error A text column of a few given words cannot hold media.
    ['film.rating', 'text', () => new MemoryMediaStorage({ column: film.rating })],
    // @ts-expect-error Nor can a varchar column of a few given words.
    ['film.grade', 'varchar(10)', () => new MemoryMediaStorage({ column: film.grade })],
  ])('cannot be %s, which is a %s', (path, type, construct) => {
    expect(construct).toThrow(new TypeError(`${path} cannot hold media: it is a ${type}, ${MUST_BE}`))
  })

  it('are checked by the local storage too, before it makes a folder', () => {
    // @ts-expect-error An integer column cannot hold media.
    expect(() => new LocalMediaStorage({ column: film.runtime, mediaPath: '/proc/nowhere' })).toThrow(
      /^film\.runtime cannot hold media/,
    )
  })

  it('keep their type, so that a storage of one column is not one of another', () => {
    const poster = new MemoryMediaStorage({ column: film.poster })
    // @ts-expect-error The storage of a poster is no storage of a trailer.
    const trailer: MemoryMediaStorage<typeof film.trailer> = poster
    expect(trailer.column).toBe(film.poster)
  })
})

describe('options that make no sense', () => {
  it.each([0, -1, Number.NaN])('refuses a maxFileSize of %d', (maxFileSize) => {
    expect(() => new MemoryMediaStorage({ column: film.poster, maxFileSize })).toThrow(
      'maxFileSize of film.poster must be a positive number of bytes, or null.',
    )
  })

  it('refuses a mediaPath where no folder can be made, and does not try for ever', () => {
    expect(() => new LocalMediaStorage({ column: film.poster, mediaPath: '/proc/no/folder' })).toThrow(
      'The mediaPath of film.poster cannot be used: /proc/no/folder',
    )
  })

  it('refuses a mediaPath that cannot be a folder, and names it', async () => {
    const root = await makeTemporaryFolder()
    const mediaPath = join(root, 'a-file')
    await writeFile(mediaPath, '')
    expect(() => new LocalMediaStorage({ column: film.poster, mediaPath })).toThrow(
      `The mediaPath of film.poster cannot be used: ${mediaPath}`,
    )
    await removeFolder(root)
  })
})
