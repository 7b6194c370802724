import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FileToVerify, MediaStorageError, type VerifyFile } from 'vitrine/storage'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { movie } from '../storage/media-tables.ts'
import { printFigure } from '../storage/print-figure.ts'
import { makeTemporaryFolder, removeFolder, stagedNames } from '../storage/temporary-folder.ts'
import { bytes } from './sample-content.ts'

const EICAR = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'

let mediaPath: string
beforeEach(async () => {
  mediaPath = await makeTemporaryFolder()
})
afterEach(() => removeFolder(mediaPath))

function storageWith(verifyFile: VerifyFile, verifyTimeout = 5000) {
  return new LocalMediaStorage({ column: movie.poster, mediaPath, verifyFile, verifyTimeout })
}

async function getKeys(storage: LocalMediaStorage<typeof movie.poster>): Promise<string[]> {
  const keys: string[] = []
  for await (const key of storage.getFileKeys()) keys.push(key)
  return keys
}

async function getError(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  return error instanceof MediaStorageError ? `${error.code}: ${error.message}` : String(error)
}

async function* text(chunks: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < chunks; index += 1) yield new Uint8Array(65_536).fill(97)
}

/** Refuses what the published test file of virus scanners begins with. */
async function scan({ name, stream }: FileToVerify): Promise<void> {
  const content = await new Response(stream()).text()
  if (content.startsWith(EICAR)) throw new MediaStorageError('FILE_REFUSED', `${name} has a virus: EICAR.`)
}

describe('verifyFile', () => {
  it('refuses with its own sentence what it finds, and stores everything else', async () => {
    const storage = storageWith(scan)
    expect(await getError(storage.storeFile('eicar.txt', bytes(EICAR)))).toBe(
      'FILE_REFUSED: eicar.txt has a virus: EICAR.',
    )
    expect(await getKeys(storage)).toEqual([])
    expect(await stagedNames(mediaPath)).toEqual([])
    const key = await storage.storeFile('notes.txt', bytes('harmless'))
    expect(await (await storage.getFile(key))?.text()).toBe('harmless')
  })

  it.each<[unknown]>([[false], [true], [null], [0], [''], ['clean'], [{ infected: true }], [{}], [[]]])(
    'accepts nothing by returning %j',
    async (response) => {
      for (const verifyFile of [() => response, async () => response]) {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion
        const storage = storageWith(verifyFile as VerifyFile)
        expect(await getError(storage.storeFile('notes.txt', bytes('a')))).toBe(
          'FILE_NOT_VERIFIED: notes.txt was not stored: it could not be checked. Try again later.',
        )
        expect(await getKeys(storage)).toEqual([])
      }
    },
  )

  it('is told what it looks at', async () => {
    const seen: unknown[] = []
    const key = await storageWith(({ name, fileKey, contentType }) => {
      seen.push({ name, fileKey, contentType })
    }).storeFile('notes.txt', bytes('a'))
    expect(seen).toEqual([{ name: 'notes.txt', fileKey: key, contentType: 'text/plain; charset=utf-8' }])
  })

  it('sees every byte before anybody else does', async () => {
    let readable = 0
    let looks = 0
    let size = 0
    const storage = storageWith(async ({ fileKey, stream }) => {
      const look = async () => {
        looks += 1
        if ((await storage.getFile(fileKey)) !== null || (await getKeys(storage)).length > 0) readable += 1
      }
      for await (const chunk of stream()) {
        size += chunk.byteLength
        await look()
      }
      for (let index = 0; index < 20; index += 1) {
        await sleep(10)
        await look()
      }
    })
    await storage.storeFile('long.txt', text(50))
    printFigure(`readable before the verdict ${readable} times of ${looks} looks`)
    expect({ readable, size }).toEqual({ readable: 0, size: 50 * 65_536 })
    expect(await getKeys(storage)).toHaveLength(1)
  })

  it.each<[title: string, verifyFile: VerifyFile]>([
    ['is down', () => Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:3310'))],
    [
      'throws at once',
      () => {
        throw new TypeError('oops')
      },
    ],
    [
      'breaks off in the middle',
      async ({ stream }) => {
        for await (const _ of stream()) throw new Error('gone')
      },
    ],
    ['throws something that is no error', () => Promise.reject('no')],
    ['hangs without reading', () => new Promise(() => {})],
    [
      'hangs after the first chunk',
      async ({ stream }) => {
        await stream().getReader().read()
        await new Promise(() => {})
      },
    ],
    [
      'hangs after the last chunk',
      async ({ stream }) => {
        await new Response(stream()).arrayBuffer()
        await new Promise(() => {})
      },
    ],
  ])('refuses the file when it %s', async (_title, verifyFile) => {
    const storage = storageWith(verifyFile, 100)
    expect(await getError(storage.storeFile('notes.txt', text(5)))).toBe(
      'FILE_NOT_VERIFIED: notes.txt was not stored: it could not be checked. Try again later.',
    )
    expect(await getKeys(storage)).toEqual([])
    expect(await stagedNames(mediaPath)).toEqual([])
  })

  it('may decide without reading all, or anything', async () => {
    const first = storageWith(async ({ stream }) => {
      for await (const _ of stream()) return
    })
    expect(await first.storeFile('a.txt', text(10))).toMatch(/^a-/)
    const none = storageWith(() => {})
    expect(await none.storeFile('b.txt', text(10))).toMatch(/^b-/)
    const late = storageWith(async ({ name }) => {
      await sleep(50)
      if (name === 'c.txt') throw new MediaStorageError('FILE_REFUSED', 'Not c.')
    })
    expect(await getError(late.storeFile('c.txt', text(10)))).toBe('FILE_REFUSED: Not c.')
  })

  it('stops a long upload as soon as it has refused it', async () => {
    let sent = 0
    async function* endless() {
      for (;;) {
        sent += 1
        yield new Uint8Array(65_536).fill(97)
      }
    }
    const storage = storageWith(async ({ stream }) => {
      for await (const _ of stream()) throw new MediaStorageError('FILE_REFUSED', 'No.')
    })
    expect(await getError(storage.storeFile('a.txt', endless()))).toBe('FILE_REFUSED: No.')
    expect(sent).toBeLessThan(20)
  })

  it('holds the upload back when it is slow, in bounded memory', async () => {
    let sent = 0
    let furthest = 0
    async function* counted() {
      for await (const chunk of text(300)) {
        sent += 1
        yield chunk
      }
    }
    const storage = storageWith(async ({ stream }) => {
      let taken = 0
      for await (const _ of stream()) {
        taken += 1
        await sleep(1)
        furthest = Math.max(furthest, sent - taken)
      }
    })
    await storage.storeFile('a.txt', counted())
    printFigure(`the upload was never more than ${furthest} chunks ahead of a slow hook`)
    expect(furthest).toBeLessThan(5)
  })

  it('cannot spoil what is stored by taking the bytes it was given', async () => {
    const storage = storageWith(async ({ stream }) => {
      for await (const chunk of stream()) {
        chunk.fill(0)
        structuredClone(chunk.buffer, { transfer: [chunk.buffer] })
      }
    })
    // The chunks of a request are buffers, whose `slice` copies nothing.
    for (const body of [bytes('still here'), Buffer.from(bytes('still here'))]) {
      const key = await storage.storeFile('a.txt', body)
      expect(await (await storage.getFile(key))?.text()).toBe('still here')
    }
  })

  it('is told when the upload broke off', async () => {
    const signals: AbortSignal[] = []
    const storage = storageWith(async ({ stream, signal }) => {
      signals.push(signal)
      await new Response(stream()).arrayBuffer()
    })
    async function* broken() {
      yield* text(2)
      throw new Error('the client is gone')
    }
    await expect(storage.storeFile('a.txt', broken())).rejects.toThrow('the client is gone')
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  })
})
