import { MediaStorageError } from 'vitrine/storage'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { movie } from './media-tables.ts'
import { sealedBytes } from './sealed-bytes.ts'
import { ANY_CONTENT } from '../support/any-content.ts'

/**
 * A process that uploads into a folder until it has uploaded `count` files or is killed. It prints a line for each:
 * `stored <key>`, or `failed <code> <code of the cause>`; with `pause` it prints `paused` in the middle of each file and
 * goes on when it is told to.
 */
const [mediaPath = '', count = '0', mode = ''] = process.argv.slice(2)

const storage = new LocalMediaStorage({ column: movie.poster, ...ANY_CONTENT, mediaPath })

process.stdout.write('ready\n')
for (let seed = 1; seed <= Number(count); seed += 1) await upload(seed)
process.exit(0)

async function upload(seed: number): Promise<void> {
  try {
    const key = await storage.storeFile('poster.jpg', getChunks(seed))
    process.stdout.write(`stored ${key}\n`)
  } catch (error) {
    if (!(error instanceof MediaStorageError)) throw error
    process.stdout.write(`failed ${error.code} ${getCause(error)}\n`)
  }
}

/** From 40 KB to 2 MB, in chunks as a socket gives them. */
async function* getChunks(seed: number): AsyncGenerator<Uint8Array> {
  const bytes = sealedBytes(40_000 + ((seed * 7919) % 50) * 40_000, seed)
  for (let start = 0; start < bytes.byteLength; start += 65_536) {
    yield bytes.subarray(start, start + 65_536)
    if (mode === 'pause' && start === 0) await pause()
  }
}

async function pause(): Promise<void> {
  process.stdout.write('paused\n')
  await new Promise((resolve) => process.stdin.once('data', resolve))
}

function getCause(error: Error): string {
  return error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : '-'
}
