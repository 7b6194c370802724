import { createServer, type IncomingMessage, request as send, type ServerResponse } from 'node:http'
import { pipeline, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { type S3Operation, getOperation } from './s3-operation.ts'

/** What happens to a request on its way to the S3 server, or to the answer on its way back. */
export type FaultKind =
  /** The proxy answers by itself, with an S3 error of that code or with another body. */
  | { kind: 'answer'; status: number; code?: string; body?: string; headers?: Record<string, string> }
  /** The connection is reset before the server hears of the request. */
  | { kind: 'reset' }
  /** The server does it, and the connection is reset in place of its answer. */
  | { kind: 'lose answer' }
  /** Nothing is read and nothing is said. */
  | { kind: 'stall' }
  /** The answer falls silent after so many bytes of its body. */
  | { kind: 'stall answer'; after: number }
  /** The connection is reset after so many bytes of the answer's body. */
  | { kind: 'cut answer'; after: number }
  /** The answer is whole by its own headers, and shorter than it should be. */
  | { kind: 'shorten answer'; to: number }
  /** One byte of the request's or the answer's body is flipped. */
  | { kind: 'corrupt request' | 'corrupt answer'; at: number }
  | { kind: 'delay'; milliseconds: number }
  | { kind: 'throttle'; bytesPerSecond: number }
  | { kind: 'shift date'; milliseconds: number }
  | { kind: 'rewrite answer'; rewrite: (body: string) => string }

/** A fault, and which requests it befalls. */
export type Fault = FaultKind & {
  /** Defaults to every operation. */
  operation?: S3Operation
  /** How many requests it befalls before it is over. Defaults to all. */
  times?: number
}

/** A proxy before an S3 server that does as it is told. */
export interface FaultProxy {
  readonly endpoint: string
  /** Every request that arrived, in order, also those that never reached the server. */
  readonly seen: S3Operation[]
  inject(fault: Fault): void
  /** No more faults, and nothing seen. */
  reset(): void
  close(): Promise<void>
}

export async function startFaultProxy(serverEndpoint: string): Promise<FaultProxy> {
  const { hostname, port } = new URL(serverEndpoint)
  const faults: { fault: Fault; remaining: number }[] = []
  const seen: S3Operation[] = []

  const nextFault = (operation: S3Operation): Fault | undefined => {
    const found = faults.find((one) => one.remaining > 0 && (one.fault.operation ?? operation) === operation)
    if (found !== undefined) found.remaining -= 1
    return found?.fault
  }
  const handle = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const operation = getOperation(incoming.method ?? '', incoming.url ?? '')
    seen.push(operation)
    const { method, url: path, rawHeaders: headers } = incoming
    // Raw headers: the signature covers them as they are.
    const forward = (fault: Fault | undefined) => {
      const upstream = send({ hostname, port, method, path, headers, agent: false }, (response) =>
        sendBack(response, outgoing, fault),
      )
      upstream.on('error', () => incoming.socket.destroy())
      outgoing.once('close', () => upstream.destroy())
      pipeline(incoming, flipByte(fault?.kind === 'corrupt request' ? fault.at : null), upstream, () => {})
    }
    startWith(nextFault(operation), { incoming, outgoing, forward })
  }
  const server = createServer(handle).on('checkContinue', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    outgoing.writeContinue()
    handle(incoming, outgoing)
  })
  server.requestTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.')
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    seen,
    inject: (fault) => void faults.push({ fault, remaining: fault.times ?? Infinity }),
    reset: () => void (faults.splice(0), seen.splice(0)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Exchange {
  incoming: IncomingMessage
  outgoing: ServerResponse
  forward: (fault: Fault | undefined) => void
}

/** The faults that strike before the server hears of the request; the others are for its answer. */
function startWith(fault: Fault | undefined, { incoming, outgoing, forward }: Exchange): void {
  if (fault?.kind === 'reset') incoming.socket.resetAndDestroy()
  else if (fault?.kind === 'answer') {
    const { status, code = 'InternalError', headers, body = errorBody(code) } = fault
    // Read first, as a server does that knows its clients.
    incoming.resume().once('end', () => outgoing.writeHead(status, headers).end(incoming.method === 'HEAD' ? '' : body))
  } else if (fault?.kind === 'delay') setTimeout(() => forward(fault), fault.milliseconds)
  else if (fault?.kind !== 'stall') forward(fault)
}

function sendBack(response: IncomingMessage, outgoing: ServerResponse, fault: Fault | undefined): void {
  if (fault?.kind === 'lose answer') {
    response.resume().once('end', () => outgoing.socket?.resetAndDestroy())
    return
  }
  const headers = fault === undefined ? response.rawHeaders : changedHeaders(response.rawHeaders, fault)
  outgoing.writeHead(response.statusCode ?? 500, headers)
  outgoing.flushHeaders()
  pipeline(Readable.from(faultyBody(response, fault)), outgoing, (error) => {
    if (error) outgoing.socket?.resetAndDestroy()
  })
}

function changedHeaders(rawHeaders: string[], fault: Fault): string[] {
  return rawHeaders.flatMap((name, index) => {
    if (index % 2 === 1) return []
    const value = rawHeaders[index + 1] ?? ''
    if (/^content-length$/i.test(name)) {
      if (fault.kind === 'rewrite answer') return []
      if (fault.kind === 'shorten answer') return [name, String(fault.to)]
    }
    if (/^date$/i.test(name) && fault.kind === 'shift date') {
      return [name, new Date(Date.parse(value) + fault.milliseconds).toUTCString()]
    }
    return [name, value]
  })
}

function faultyBody(response: IncomingMessage, fault: Fault | undefined): AsyncIterable<Uint8Array | string> {
  if (fault === undefined) return response
  if (fault.kind === 'rewrite answer') return rewritten(response, fault.rewrite)
  if (fault.kind === 'stall answer') return silentAfter(response, fault.after)
  if (fault.kind === 'cut answer') return cutAfter(response, fault.after)
  if (fault.kind === 'shorten answer') return firstBytes(response, fault.to)
  if (fault.kind === 'corrupt answer') return flipByte(fault.at)(response)
  return fault.kind === 'throttle' ? slowly(response, fault.bytesPerSecond) : response
}

async function* rewritten(response: IncomingMessage, rewrite: (body: string) => string): AsyncGenerator<string> {
  yield rewrite(await text(response))
}

async function* silentAfter(chunks: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  yield* firstBytes(chunks, count)
  await new Promise(() => {})
}

async function* cutAfter(chunks: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  yield* firstBytes(chunks, count)
  // So that the bytes before the cut arrive: a reset overtakes what is still on its way.
  await new Promise((resolve) => setTimeout(resolve, 20))
  throw new Error('cut')
}

async function* firstBytes(chunks: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let remaining = count
  for await (const chunk of chunks) {
    yield chunk.subarray(0, remaining)
    remaining -= Math.min(remaining, chunk.byteLength)
    if (remaining === 0) return
  }
}

function flipByte(at: number | null): (chunks: AsyncIterable<Buffer>) => AsyncGenerator<Buffer> {
  return async function* (chunks) {
    let position = 0
    for await (const chunk of chunks) {
      const index = at === null ? -1 : at - position
      position += chunk.byteLength
      if (index >= 0 && index < chunk.byteLength) chunk.writeUInt8(chunk.readUInt8(index) ^ 1, index)
      yield chunk
    }
  }
}

async function* slowly(chunks: AsyncIterable<Uint8Array>, bytesPerSecond: number): AsyncGenerator<Uint8Array> {
  const step = Math.ceil(bytesPerSecond / 10)
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.byteLength; start += step) {
      yield chunk.subarray(start, start + step)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

function errorBody(code: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>Injected.</Message><RequestId>1</RequestId></Error>`
}
