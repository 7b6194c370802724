import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MemoryMediaStorage } from '../../examples/memory-storage/memory-media-storage.ts'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { movie } from './media-tables.ts'
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts'

const MUST_BE = 'and a media column must be a varchar, a text, or an array of one of them.'

describe('media columns', () => {
  it('can be a varchar, a text, or an array of one of them', () => {
    expect(new MemoryMediaStorage({ column: movie.poster }).column).toBe(movie.poster)
    expect(new MemoryMediaStorage({ column: movie.trailer }).column).toBe(movie.trailer)
    expect(new MemoryMediaStorage({ column: movie.screenshots }).column).toBe(movie.screenshots)
    expect(new MemoryMediaStorage({ column: movie.clips }).column).toBe(movie.clips)
  })

  // `tsc` checks this file: each of these lines must be a type error, and an unused expectation is one too.
  it.each([
    // @ts-expect-error An integer column cannot hold media.
    ['movie.runtime', 'integer', () => new MemoryMediaStorage({ column: movie.runtime })],
    // @ts-expect-error A jsonb column cannot hold media.
    ['movie.extra', 'jsonb', () => new MemoryMediaStorage({ column: movie.extra })],
    // @ts-expect-error A pgEnum column cannot hold media.
    ['movie.mood', 'mood', () => new MemoryMediaStorage({ column: movie.mood })],
    // @ts-expect-error An array of integers cannot hold media.
    ['movie.numbers', 'integer[]', () => new MemoryMediaStorage({ column: movie.numbers })],
    // @ts-expect-error An array of arrays cannot hold media.
    ['movie.matrix', 'text[][]', () => new MemoryMediaStorage({ column: movie.matrix })],
    // @ts-expect-error A text column of a few given words cannot hold media.
    ['movie.rating', 'text', () => new MemoryMediaStorage({ column: movie.rating })],
    // @ts-expect-error Nor can a varchar column of a few given words.
    ['movie.grade', 'varchar(10)', () => new MemoryMediaStorage({ column: movie.grade })],
  ])('cannot be %s, which is a %s', (path, type, construct) => {
    expect(construct).toThrow(new TypeError(`${path} cannot hold media: it is a ${type}, ${MUST_BE}`))
  })

  it('are checked by the local storage too, before it makes a folder', () => {
    // @ts-expect-error An integer column cannot hold media.
    expect(() => new LocalMediaStorage({ column: movie.runtime, mediaPath: '/proc/nowhere' })).toThrow(
      /^movie\.runtime cannot hold media/,
    )
  })

  it('keep their type, so that a storage of one column is not one of another', () => {
    const poster = new MemoryMediaStorage({ column: movie.poster })
    // @ts-expect-error The storage of a poster is no storage of a trailer.
    const trailer: MemoryMediaStorage<typeof movie.trailer> = poster
    expect(trailer.column).toBe(movie.poster)
  })
})

describe('options that make no sense', () => {
  it.each([0, -1, Number.NaN])('refuses a maxFileSize of %d', (maxFileSize) => {
    expect(() => new MemoryMediaStorage({ column: movie.poster, maxFileSize })).toThrow(
      'maxFileSize of movie.poster must be a positive number of bytes, or null.',
    )
  })

  it('refuses a mediaPath where no folder can be made, and does not try for ever', () => {
    expect(() => new LocalMediaStorage({ column: movie.poster, mediaPath: '/proc/no/folder' })).toThrow(
      'The mediaPath of movie.poster cannot be used: /proc/no/folder',
    )
  })

  it('refuses a mediaPath that cannot be a folder, and names it', async () => {
    const root = await makeTemporaryFolder()
    const mediaPath = join(root, 'a-file')
    await writeFile(mediaPath, '')
    expect(() => new LocalMediaStorage({ column: movie.poster, mediaPath })).toThrow(
      `The mediaPath of movie.poster cannot be used: ${mediaPath}`,
    )
    await removeFolder(root)
  })
})
