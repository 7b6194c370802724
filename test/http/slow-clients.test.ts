import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { cutSlowUpload } from '../../src/node/slow-uploads.ts'
import { RawConnection } from '../support/raw-connection.ts'

const PACE = { window: 1200, minBytes: 1000 }
const POST = 'POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n'

let server: Server | null = null

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** A server that does with a request what it is given to do, and answers with how many bytes came. */
async function startServer(read: (request: IncomingMessage) => AsyncIterable<Buffer>): Promise<string> {
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    let length = 0
    for await (const chunk of read(request)) length += chunk.byteLength
    response.end(String(length))
  }
  server = createServer((request, response) => {
    cutSlowUpload(request, PACE)
    // The connection is gone, which is what the tests look at.
    reply(request, response).catch(() => {})
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

it.each([
  ['after the headers', 'nothing', 0],
  ['now and then', 'a byte', 1],
])('cuts an upload that brings %s %s', async (_title, _what, length) => {
  const connection = await RawConnection.open(await startServer((request) => request))
  await connection.write(POST)
  while (connection.isOpen) {
    await connection.write('x'.repeat(length))
    await sleep(100)
  }
  expect(connection.received).toBe('')
})

it('leaves an upload alone that comes slowly, and one that the server is slow to read', async () => {
  const honest = await RawConnection.open(await startServer((request) => request))
  await honest.write(POST.replace('1000000', '30000'))
  for (let sent = 0; sent < 30; sent += 1) {
    await honest.write('x'.repeat(1000))
    await sleep(75)
  }
  expect((await honest.response())?.body).toContain('30000')

  const waiting = await RawConnection.open(
    await startServer(async function* (request) {
      await sleep(2500)
      yield* request
    }),
  )
  await waiting.write(`${POST}${'x'.repeat(1_000_000)}`)
  expect((await waiting.response())?.body).toContain('1000000')
})
