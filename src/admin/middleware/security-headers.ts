import type { Context, MiddlewareHandler } from 'hono'
import type { AdminEnv } from './admin-env.ts'

/** What the admin's pages are allowed to load. */
export interface SecurityHeadersOptions {
  /**
   * Finds the origins besides `https:` ones that files are shown from, such as `http://127.0.0.1:9000` for a bucket on
   * one's own machine. Asked once. Defaults to none.
   */
  mediaOrigins?: () => Promise<string[]>
}

/**
 * Gives every answer the headers that keep browsers from misusing it. A header that a route sets itself stays: stored
 * files have a policy of their own.
 */
export function securityHeaders({ mediaOrigins }: SecurityHeadersOptions = {}): MiddlewareHandler<AdminEnv> {
  let policy: Promise<string> | null = null
  return async (context, next) => {
    await next()
    if (context.var.isSent) return
    policy ??= findOrigins(mediaOrigins).then(contentSecurityPolicy)
    setIfAbsent(context, 'content-security-policy', await policy)
    for (const [name, value] of Object.entries(HEADERS)) setIfAbsent(context, name, value)
    if (!context.req.path.startsWith('/api/')) return
    // Stops: a shared cache, or the back button after signing out, showing one person's rows to another.
    setIfAbsent(context, 'cache-control', 'no-store')
    if (!variesByCookie(context)) context.header('vary', 'Cookie', { append: true })
  }
}

/** A storage that cannot say where its files are says why when a file is asked for; the page works without. */
async function findOrigins(mediaOrigins: SecurityHeadersOptions['mediaOrigins']): Promise<string[]> {
  return (await mediaOrigins?.().catch(() => [])) ?? []
}

function setIfAbsent(context: Context<AdminEnv>, name: string, value: string): void {
  if (!context.res.headers.has(name)) context.header(name, value)
}

function variesByCookie(context: Context<AdminEnv>): boolean {
  const names = (context.res.headers.get('vary') ?? '').split(',').map((name) => name.trim().toLowerCase())
  return names.includes('cookie') || names.includes('*')
}

/** Stops: text from a row or a file name that gets into the page as HTML, from running or from loading anything. */
function contentSecurityPolicy(mediaOrigins: string[]): string {
  const media = ['https:', ...mediaOrigins].join(' ')
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob: ${media}`,
    `media-src 'self' blob: ${media}`,
    `connect-src 'self' ${media}`,
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    "frame-ancestors 'none'",
    "base-uri 'self'",
    "form-action 'self'",
  ].join('; ')
}

const HEADERS = {
  // Stops: a browser taking JSON or text for a page.
  'x-content-type-options': 'nosniff',
  // Stops: addresses of rows and files reaching other sites. "no-referrer" would make forms send "Origin: null".
  'referrer-policy': 'same-origin',
  // Stops: a page that opened the admin keeping a hold on its window.
  'cross-origin-opener-policy': 'same-origin',
  // Stops: other sites loading an answer as an image or a script, to measure it.
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
}
