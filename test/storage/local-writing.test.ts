import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { bundleProgram } from './bundle-program.ts'
import { ChildProgram } from './child-program.ts'
import { movie } from './media-tables.ts'
import { printFigure } from './print-figure.ts'
import { isWhole, sealedBytes } from './sealed-bytes.ts'
import { makeTemporaryFolder, removeFolder, stagedNames } from './temporary-folder.ts'
import { ANY_CONTENT } from '../support/any-content.ts'

const LARGE = 300_000_000

/** More than this, in MB, is not a few buffers any more. */
const GROWTH_LIMIT = 100

const UUID = '00000000-0000-4000-8000-000000000001'

let mediaPath: string
let storage: LocalMediaStorage

beforeEach(async () => {
  mediaPath = await makeTemporaryFolder()
  storage = new LocalMediaStorage({ column: movie.poster, ...ANY_CONTENT, mediaPath })
})

afterEach(async () => {
  vi.restoreAllMocks()
  await removeFolder(mediaPath)
})

describe('a disk that takes only part of what is written', () => {
  it.each([1, 4096, 65_537])('gets the rest, when it takes %d bytes at a time', async (most) => {
    const calls = await writeAtMost(most)
    const bytes = sealedBytes(most === 1 ? 2000 : 1_500_000, 1)
    const key = await storage.storeFile('poster.jpg', inPieces(bytes, 10_007))
    expect(calls.mock.calls.length).toBeGreaterThan(bytes.byteLength / most - 1)
    expect(isWhole(Buffer.from(await (await storage.getFile(key))!.arrayBuffer()))).toBe(true)
  })
})

describe('a random source that repeats itself', () => {
  it('makes the local storage look for another key, and never overwrite', async () => {
    const next = vi.spyOn(crypto, 'randomUUID')
    for (let call = 0; call < 4; call += 1) next.mockReturnValueOnce(UUID)
    const first = await storage.storeFile('poster.jpg', Buffer.from('first'))
    const second = await storage.storeFile('poster.jpg', Buffer.from('second'))
    expect(first).toBe(`poster-${UUID}.jpg`)
    expect(second).not.toBe(first)
    expect(await (await storage.getFile(first))?.text()).toBe('first')
    expect(await (await storage.getFile(second))?.text()).toBe('second')
  })

  it('overwrites nothing when it is stuck, also with uploads at the same time', async () => {
    vi.spyOn(crypto, 'randomUUID').mockReturnValue(UUID)
    const uploads = Array.from({ length: 8 }, (_, index) => storage.storeFile('poster.jpg', sealedBytes(90_000, index)))
    const settled = await Promise.allSettled(uploads)
    const stored = settled.filter(({ status }) => status === 'fulfilled')
    expect(stored).toHaveLength(1)
    expect(isWhole(Buffer.from(await (await storage.getFile(`poster-${UUID}.jpg`))!.arrayBuffer()))).toBe(true)
    expect(await stagedNames(mediaPath)).toEqual([])
  })
})

describe('memory', () => {
  it(`stays flat while ${LARGE / 1_000_000} MB are stored and read`, async () => {
    const program = await bundleProgram('large-upload-program.ts')
    const child = new ChildProgram(process.execPath, [program, mediaPath, String(LARGE)])
    await child.waitFor('grew')
    await child.ended()
    await removeFolder(dirname(program))
    const [, whileStoring, whileReading] = child.lines[0]!.split(' ').map(Number)
    printFigure(`memory: ${whileStoring} MB more while ${LARGE / 1_000_000} MB are stored, ${whileReading} while read`)
    expect(whileStoring).toBeLessThan(GROWTH_LIMIT)
    expect(whileReading).toBeLessThan(GROWTH_LIMIT)
  })
})

/** Makes each write of this process end after so many bytes, as a full disk or a signal does. */
async function writeAtMost(most: number) {
  const handle = await open('/dev/null', 'w')
  const prototype: FileHandle = Object.getPrototypeOf(handle)
  await handle.close()
  return vi.spyOn(prototype, 'writev').mockImplementation(async function (this: FileHandle, buffers) {
    const all = Buffer.concat(buffers.map((view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength)))
    const { bytesWritten } = await this.write(all.subarray(0, most))
    return { bytesWritten, buffers }
  })
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.byteLength; start += size) yield bytes.subarray(start, start + size)
}
