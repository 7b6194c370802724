import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Admin } from '../admin/create-admin.ts'
import { checkOptions, type OptionRules } from '../options/check-options.ts'
import { describeValue } from '../options/describe-value.ts'
import { number, text } from '../options/option-rules.ts'
import { cutSlowUpload } from './slow-uploads.ts'
import { toNodeHandler } from './to-node-handler.ts'

/** Where {@link serve} listens. */
export interface ServeOptions {
  /** Defaults to 8000; 0 for any free port. */
  port?: number
  /** Defaults to `127.0.0.1`, so that nobody but this machine reaches it; `0.0.0.0` for everybody. */
  hostname?: string
}

/** A running server. */
export interface AdminServer {
  /** Such as `http://127.0.0.1:8000`. */
  readonly url: string
  /** Stops accepting, lets requests under way finish, and resolves when the last one has. */
  close(options?: CloseOptions): Promise<void>
}

/** How a server stops. */
export interface CloseOptions {
  /**
   * Seconds of notice: `GET /api/health` answers 503 at once, so that a load balancer sends its requests elsewhere, and
   * whatever comes in this time is still served. Defaults to 0.
   */
  notice?: number
}

const OPTION_RULES: OptionRules<ServeOptions> = { port: number, hostname: text }

/** Longest time, in milliseconds, that a client may take over the headers of a request. */
const HEADERS_TIMEOUT = 30_000

/** Longest time, in milliseconds, that a connection may lie idle in the middle of a request. */
const IDLE_TIMEOUT = 120_000

/**
 * Listens for requests on a port. For TLS, HTTP/2 and more than one process put a reverse proxy before it.
 *
 * @throws {Error} when the port is taken or may not be used
 */
export async function serve(admin: Pick<Admin, 'fetch'>, options: ServeOptions = {}): Promise<AdminServer> {
  checkAdmin(admin)
  checkOptions('serve', options, OPTION_RULES)
  const { port = 8000, hostname = '127.0.0.1' } = options
  let isStopping = false
  const handle = toNodeHandler({ fetch: (request, known) => admin.fetch(request, { ...known, isStopping }) })
  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT,
    // Node would cut an honest slow upload after five minutes; what is idle, or hardly moves, is cut below instead.
    requestTimeout: 0,
  })
  server.timeout = IDLE_TIMEOUT
  server.on('request', (request, response) => {
    // A connection that is kept would keep the server from ending.
    if (isStopping || (hasBody(request) && mayNotHaveBody(request.method))) response.shouldKeepAlive = false
    if (hasBody(request)) cutSlowUpload(request)
    handle(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  await listen(server, port, hostname)
  return { url: getUrl(server), close: stop }

  async function stop({ notice = 0 }: CloseOptions = {}): Promise<void> {
    isStopping = true
    await sleep(notice * 1000)
    await close(server)
  }
}

/** @throws {TypeError} for what `createAdmin` did not return, such as its options */
function checkAdmin(admin: unknown): void {
  if (typeof admin === 'object' && admin !== null && 'fetch' in admin && typeof admin.fetch === 'function') return
  throw new TypeError(`serve: the admin is ${describeValue(admin)}, and must be what createAdmin returns.`)
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}

/**
 * Attack: a GET with a body that never ends. Nobody reads a body that comes with it, so no limit is ever reached: the
 * connection ends with the answer.
 */
function mayNotHaveBody(method: string | undefined): boolean {
  return method === 'GET' || method === 'HEAD'
}

function listen(server: Server, port: number, hostname: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, hostname, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)))
    server.closeIdleConnections()
  })
}

function getUrl(server: Server): string {
  const address = server.address()
  if (!isAddressInfo(address)) throw new Error('The server listens on no port.')
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return `http://${host}:${address.port}`
}

function isAddressInfo(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}
