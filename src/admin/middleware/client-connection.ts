import type { MiddlewareHandler } from 'hono'
import type { AdminEnv, RequestConnection } from './admin-env.ts'
import { forwardedIpAddress, parseTrustedProxies } from './trusted-proxies.ts'
import type { TrustedProxies } from './trusted-proxies.ts'

/** Where the admin stands. */
export interface ConnectionOptions {
  /**
   * Addresses and networks, such as `127.0.0.1` or `10.0.0.0/8`, of the reverse proxies before the admin. Only what they
   * say in `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Forwarded-Host` is believed. Defaults to none.
   */
  trustedProxies?: string[] | undefined
  /**
   * Where browsers open the admin, such as `https://admin.example.com`; more than one if it is opened at more than one.
   * Defaults to whatever host a request names.
   */
  origin?: string | string[] | undefined
}

/**
 * Finds out how a request reached the admin, as `context.var.connection`. It runs before all other middleware.
 *
 * Stops: a client that writes `X-Forwarded-For` itself to have a fresh allowance of wrong passwords with each address it
 * makes up, or `X-Forwarded-Host` to pass for the admin's own page.
 *
 * @throws Error when a proxy or an origin is not one.
 */
export function clientConnection(options: ConnectionOptions = {}): MiddlewareHandler<AdminEnv> {
  const proxies = parseTrustedProxies(options.trustedProxies ?? [])
  const origins = [options.origin ?? []].flat().map(parseOrigin)
  return async (context, next) => {
    context.set('connection', connect(context.req.raw, socketIpAddress(context.env), { proxies, origins }))
    await next()
  }
}

interface Setting {
  proxies: TrustedProxies
  origins: string[]
}

function connect(request: Request, peer: string | null, { proxies, origins }: Setting): RequestConnection {
  const isProxied = peer !== null && proxies.has(peer)
  const ipAddress = isProxied ? (forwardedIpAddress(request.headers, proxies) ?? peer) : peer
  const ownOrigin = isProxied ? forwardedOrigin(request) : new URL(request.url).origin
  const [firstOrigin] = origins
  if (firstOrigin === undefined) return { ipAddress, isSecure: isHttps(ownOrigin), ownOrigins: [ownOrigin] }
  // The setting also tells that a proxy speaks HTTPS to browsers and plain HTTP to the admin.
  const opened = origins.find((origin) => new URL(origin).host === new URL(ownOrigin).host) ?? firstOrigin
  return { ipAddress, isSecure: isHttps(opened), ownOrigins: origins }
}

function forwardedOrigin(request: Request): string {
  const { protocol, host } = new URL(request.url)
  const scheme = getLast(request.headers.get('x-forwarded-proto')) ?? protocol.slice(0, -1)
  const forwarded = `${scheme}://${getLast(request.headers.get('x-forwarded-host')) ?? host}`
  return /^https?:\/\/[^/?#@\\\s]+$/.test(forwarded) && URL.canParse(forwarded)
    ? new URL(forwarded).origin
    : `${protocol}//${host}`
}

/** The value that the proxy next to the admin has written. */
function getLast(list: string | null): string | null {
  return list?.split(',').at(-1)?.trim() ?? null
}

function isHttps(origin: string): boolean {
  return origin.startsWith('https:')
}

function parseOrigin(origin: string): string {
  if (URL.canParse(origin)) {
    const { origin: parsed, href, protocol } = new URL(origin)
    if (href === `${parsed}/` && (protocol === 'https:' || protocol === 'http:')) return parsed
  }
  throw new Error(`The origin "${origin}" is not one such as https://admin.example.com, without a path.`)
}

/** The address of the other end: from `AdminEnvironment`, or from Hono's Node adapter where that calls `admin.fetch`. */
function socketIpAddress(environment: unknown): string | null {
  const socket = property(property(environment, 'incoming'), 'socket')
  const ipAddress = property(environment, 'ipAddress') ?? property(socket, 'remoteAddress')
  // A dual-stack socket names IPv4 clients like this.
  return typeof ipAddress === 'string' ? ipAddress.replace(/^::ffff:(?=\d+\.)/i, '') : null
}

function property(owner: unknown, name: string): unknown {
  return typeof owner === 'object' && owner !== null ? Reflect.get(owner, name) : undefined
}
