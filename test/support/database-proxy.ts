import { once } from 'node:events'
import { type Socket, connect, createServer } from 'node:net'

/** Stands before a Postgres, and breaks connections off amid its answers. */
export interface DatabaseProxy {
  readonly url: string
  /** From now on every connection is reset when so many more bytes of answers have passed; new ones are refused. */
  cutAfter(bytes: number): void
  /** All is well again. */
  heal(): void
  close(): Promise<void>
}

export async function startDatabaseProxy(target: string): Promise<DatabaseProxy> {
  const { hostname, port, pathname, username } = new URL(target)
  const sockets = new Set<Socket>()
  let remaining = Infinity
  const server = createServer((client) => {
    if (remaining <= 0) {
      client.resetAndDestroy()
      return
    }
    const upstream = connect(Number(port), hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      // Either end may go at any moment: then the other one goes too.
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(upstream)
    upstream.on('data', (chunk: Buffer) => {
      const passing = chunk.subarray(0, Math.max(0, remaining))
      remaining -= chunk.byteLength
      if (remaining > 0) client.write(passing)
      // So that the bytes before the cut arrive: a reset overtakes what is still on its way.
      else client.write(passing, () => setTimeout(() => client.resetAndDestroy(), 20))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.')
  return {
    url: `postgres://${username}@127.0.0.1:${address.port}${pathname}`,
    cutAfter(bytes) {
      remaining = bytes
    },
    heal() {
      remaining = Infinity
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
