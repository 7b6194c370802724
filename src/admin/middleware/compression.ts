import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { MiddlewareHandler } from 'hono'
import { parseAccept } from 'hono/utils/accept'
import type { AdminEnv } from './admin-env.ts'

/** What is shorter hardly gets smaller: it fits into one packet as it is. */
const MIN_BYTES = 1024

/** JSON and pages alone: media are compressed already, and their byte ranges are those of the stored file. */
const COMPRESSIBLE = /^(application\/json|text\/html)(;|$)/i

/** In memory and made by the admin itself, so a moderate effort: at 5 Brotli takes no longer than gzip and gives less. */
const BROTLI_QUALITY = 5

const compressBrotli = promisify(brotliCompress)
const compressGzip = promisify(gzip)

const ENCODERS: ReadonlyMap<string, (bytes: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>> = new Map([
  ['br', (bytes) => compressBrotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } })],
  ['gzip', (bytes) => compressGzip(bytes)],
])

/**
 * Compresses JSON and the page's HTML by Brotli or gzip, as the client prefers (RFC 9110, 12.5.3). What is compressed
 * already, such as by a route, stays as it is.
 *
 * Attack: BREACH learns a secret from the lengths of compressed answers that hold the secret beside text of an attacker.
 * No answer holds a secret: sessions are in cookies that scripts cannot read, and there are no tokens in pages.
 * Sign-in, signed URLs of single files, and whatever is no GET are left out all the same.
 */
export function compression(): MiddlewareHandler<AdminEnv> {
  return async (context, next) => {
    await next()
    const { method, path } = context.req
    if (context.var.isSent || !(method === 'GET' || method === 'HEAD') || !isCompressible(context.res)) return
    // On every answer, so that what is left out looks like the rest.
    context.header('vary', 'Accept-Encoding', { append: true })
    if (mayHoldSecret(path)) return
    const { res: response } = context
    const encoding = chooseEncoding(context.req.header('accept-encoding'))
    const encode = ENCODERS.get(encoding)
    if (context.req.method === 'HEAD' || encode === undefined) return
    const bytes = new Uint8Array(await response.arrayBuffer())
    const headers = new Headers(response.headers)
    if (bytes.byteLength < MIN_BYTES) {
      context.res = undefined
      context.res = new Response(bytes, { status: response.status, headers })
      return
    }
    headers.set('content-encoding', encoding)
    headers.delete('content-length')
    const etag = headers.get('etag')
    // The bytes are others, what they mean is the same (RFC 9110, 8.8.1).
    if (etag !== null && !etag.startsWith('W/')) headers.set('etag', `W/${etag}`)
    // Hono would merge the headers of the answer before into those of this one.
    context.res = undefined
    context.res = new Response(await encode(bytes), { status: response.status, headers })
  }
}

function mayHoldSecret(path: string): boolean {
  return path.startsWith('/api/auth/') || path.endsWith('/url')
}

function isCompressible({ status, headers, body }: Response): boolean {
  if (body === null || status === 206) return false
  if (headers.has('content-encoding') || /\bno-transform\b/i.test(headers.get('cache-control') ?? '')) return false
  return COMPRESSIBLE.test(headers.get('content-type') ?? '') && !headers.has('content-disposition')
}

/** The encoding that the client likes best; of equal ones the first of ours. `''` for none. */
function chooseEncoding(header = ''): string {
  const accepted = parseAccept(header).map(({ type, q }) => [type.toLowerCase(), q] as const)
  const qualityOf = (name: string) => new Map(accepted).get(name) ?? new Map(accepted).get('*') ?? 0
  let best = { name: '', quality: 0 }
  for (const name of ENCODERS.keys()) {
    const quality = qualityOf(name)
    if (quality > best.quality) best = { name, quality }
  }
  const identity = new Map(accepted).get('identity') ?? 0
  return identity > best.quality ? '' : best.name
}
