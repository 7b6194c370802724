import assert from 'node:assert/strict'
import { type Server, type Socket, createServer } from 'node:net'
import { after, before, it } from 'node:test'
import { pgTable, serial, text } from 'drizzle-orm/pg-core'
import { MediaStorageError } from 'vitrine/storage'
import { MemoryMediaStorage } from '../memory-storage/memory-media-storage.ts'
import { type ClamdAddress, scanWithClamav } from './scan-with-clamav.ts'

const movie = pgTable('movie', { id: serial('id').primaryKey(), poster: text('poster') })

const EICAR = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'

/** Speaks clamd's protocol: finds the test file of virus scanners, answers as it does, or breaks off. */
let behaviour: 'scan' | 'break off' | 'stay silent' | 'limit' = 'scan'
const sockets = new Set<Socket>()

const server: Server = createServer((socket) => {
  sockets.add(socket)
  let received = Buffer.alloc(0)
  socket.on('error', () => {})
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    if (behaviour === 'break off') socket.destroy()
    if (behaviour === 'limit') socket.end('INSTREAM size limit exceeded. ERROR\0')
    const content = getContent(received)
    if (behaviour === 'scan' && content !== null) {
      socket.end(content.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0')
    }
  })
})
let address: ClamdAddress

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const listening = server.address()
  assert.ok(listening !== null && typeof listening === 'object')
  address = { host: '127.0.0.1', port: listening.port }
})
after(() => {
  for (const socket of sockets) socket.destroy()
  server.close()
})

/** `null` until the chunk of no bytes has come. */
function getContent(received: Buffer): string | null {
  const command = 'zINSTREAM\0'
  assert.equal(received.subarray(0, command.length).toString(), command.slice(0, received.length))
  let content = ''
  for (let offset = command.length; offset + 4 <= received.length;) {
    const length = received.readUInt32BE(offset)
    if (length === 0) return content
    content += received.subarray(offset + 4, offset + 4 + length).toString()
    offset += 4 + length
  }
  return null
}

async function outcome(content: string, to: ClamdAddress = address): Promise<string> {
  const storage = new MemoryMediaStorage({ column: movie.poster, verifyFile: scanWithClamav(to), verifyTimeout: 500 })
  try {
    await storage.storeFile('notes.txt', new Blob([content]))
    return 'stored'
  } catch (error) {
    for await (const key of storage.getFileKeys()) assert.fail(`${key} can be seen`)
    if (error instanceof MediaStorageError) return `${error.code}: ${error.message}`
    throw error
  }
}

const UNCHECKED = 'FILE_NOT_VERIFIED: notes.txt was not stored: it could not be checked. Try again later.'

void it('stores what ClamAV finds nothing in', async () => {
  assert.equal(await outcome('harmless '.repeat(100_000)), 'stored')
  assert.equal(await outcome(''), 'stored')
})

void it('refuses what it finds something in, and names it', async () => {
  assert.equal(await outcome(EICAR), 'FILE_REFUSED: notes.txt is refused: ClamAV found Eicar-Test-Signature.')
})

void it('refuses every file while the daemon is down, breaks off, is silent, or takes no more', async () => {
  assert.equal(await outcome('a', { host: '127.0.0.1', port: 1 }), UNCHECKED)
  assert.equal(await outcome('a', { path: '/nowhere/clamd.ctl' }), UNCHECKED)
  for (const failure of ['break off', 'stay silent', 'limit'] as const) {
    behaviour = failure
    assert.equal(await outcome('a '.repeat(200_000)), UNCHECKED)
  }
  behaviour = 'scan'
  assert.equal(await outcome('a'), 'stored')
})
