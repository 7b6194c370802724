import { type Socket, connect, createServer } from 'node:net'

/** Stands before a server and cuts connections amid what is sent through them. */
export interface DroppingProxy {
  url: string
  /** Where the server is now. */
  target: string
  /** How many connections were cut. */
  readonly drops: number
  close(): void
}

/** @param cuts - at how many bytes sent in all a connection is cut, each once */
export async function startDroppingProxy(target: string, cuts: number[]): Promise<DroppingProxy> {
  const sockets = new Set<Socket>()
  const remaining = [...cuts]
  let sent = 0
  const proxy = {
    url: '',
    target,
    drops: 0,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
  const server = createServer((client) => {
    const { hostname, port } = new URL(proxy.target)
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
    client.on('data', (chunk: Buffer) => {
      sent += chunk.byteLength
      if (remaining[0] !== undefined && sent > remaining[0]) {
        remaining.shift()
        proxy.drops += 1
        client.resetAndDestroy()
        upstream.resetAndDestroy()
      } else if (!upstream.write(chunk)) client.pause()
    })
    upstream.on('drain', () => client.resume())
    upstream.pipe(client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.')
  proxy.url = `http://127.0.0.1:${address.port}`
  return proxy
}
