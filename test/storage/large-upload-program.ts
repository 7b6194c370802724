import { LocalMediaStorage } from 'vitrine/storage/local'
import { movie } from './media-tables.ts'
import { ANY_CONTENT } from '../support/any-content.ts'

/** A process that stores and reads one large file, and prints `grew <MB of memory while storing> <while reading>`. */
const [mediaPath = '', size = '0'] = process.argv.slice(2)

const CHUNK = 64 * 1024
const storage = new LocalMediaStorage({ column: movie.poster, ...ANY_CONTENT, mediaPath })

// The first files load code and fill pools; only what comes after is growth.
await storeAndRead(20_000_000)
const [whileStoring, whileReading] = await storeAndRead(Number(size))
process.stdout.write(`grew ${whileStoring.toFixed(1)} ${whileReading.toFixed(1)}\n`)
process.exit(0)

async function storeAndRead(bytes: number): Promise<[whileStoring: number, whileReading: number]> {
  let key = ''
  const stored = await growthDuring(async () => {
    key = await storage.storeFile('film.mp4', freshChunks(bytes), { signal: new AbortController().signal })
  })
  const read = await growthDuring(async () => {
    const file = await storage.getFile(key)
    let seen = 0
    for await (const chunk of file?.stream() ?? []) seen += chunk.byteLength
    if (seen !== bytes) throw new Error(`${seen} bytes were read of ${bytes}`)
  })
  return [stored, read]
}

/** Each chunk is new memory, as that of a socket is. */
async function* freshChunks(bytes: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < bytes; sent += CHUNK) yield new Uint8Array(Math.min(CHUNK, bytes - sent)).fill(sent % 251)
}

/** How much resident memory grew at most, in MB. */
async function growthDuring(work: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage.rss()
  let most = before
  const sampling = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 10)
  await work()
  clearInterval(sampling)
  return (Math.max(most, process.memoryUsage.rss()) - before) / 1_000_000
}
