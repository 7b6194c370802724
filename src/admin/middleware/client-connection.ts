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
export function clientConnection({
  basePath = '',
  ...options
}: ConnectionOptions & { basePath?: string } = {}): MiddlewareHandler<AdminEnv> {
  const proxies = parseTrustedProxies(options.trustedProxies ?? [])
  const origins = [options.origin ?? []].flat().map(parseOrigin)
  return async (context, next) => {
    const connection = connect(context.req.raw, socketIpAddress(context.env), { proxies, origins })
    context.set('connection', { ...connection, basePath })
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
  const ownOrigin = isProxied ? forwardedOrigin(request) : requestedOrigin(request)
  const [firstOrigin] = origins
  if (firstOrigin === undefined) {
    const ownOrigins = isSentByOwnPage(request.headers) ? [ownOrigin, forwardedOrigin(request)] : [ownOrigin]
    return { ipAddress, isSecure: isHttps(ownOrigin), ownOrigins: [...new Set(ownOrigins)] }
  }
  // The setting also tells that a proxy speaks HTTPS to browsers and plain HTTP to the admin.
  const opened = origins.find((origin) => new URL(origin).host === new URL(ownOrigin).host) ?? firstOrigin
  return { ipAddress, isSecure: isHttps(opened), ownOrigins: origins }
}

/**
 * Where the browser sent the request: to `Host`, since some servers (Next) build the URL with a host name of their own.
 *
 * Attack: a page makes a browser send a `Host` of its choice. It cannot: browsers set this header themselves. The host name of
 * the URL does not count beside it, or a page of `http://localhost:3000` would pass for the admin's wherever Next serves it.
 */
function requestedOrigin(request: Request): string {
  const { protocol, host, origin } = new URL(request.url)
  return parseHost(`${protocol}//${request.headers.get('host') ?? host}`) ?? origin
}

function forwardedOrigin(request: Request): string {
  const requested = requestedOrigin(request)
  const { protocol, host } = new URL(requested)
  const scheme = getLast(request.headers.get('x-forwarded-proto')) ?? protocol.slice(0, -1)
  return parseHost(`${scheme}://${getLast(request.headers.get('x-forwarded-host')) ?? host}`) ?? requested
}

/**
 * Whether the browser vouches that a page of the same origin sent the request. Then `X-Forwarded-Host` may say which origin
 * that is, although the proxy that wrote it is not known, as it is not in Next.
 *
 * Attack: a page sets `X-Forwarded-Host` to its own host, and passes for the admin's. It cannot set `Sec-Fetch-Site`: a browser
 * sends `cross-site` for it, and without the header (an old browser, or plain HTTP) `X-Forwarded-Host` is not believed.
 */
function isSentByOwnPage(headers: Headers): boolean {
  return headers.get('sec-fetch-site') === 'same-origin'
}

/** The origin of a URL without a path; `null` for what is none. */
function parseHost(url: string): string | null {
  return /^https?:\/\/[^/?#@\\\s]+$/.test(url) && URL.canParse(url) ? new URL(url).origin : null
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
