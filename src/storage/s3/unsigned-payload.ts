/** Where {@link unsignedPayload} stands among the SDK's steps: before the signing. */
export const UNSIGNED_PAYLOAD_STEP = { step: 'build', name: 'vitrineUnsignedPayload' } as const

/**
 * A step of a request that leaves its bytes out of its signature, which saves client and server a SHA-256 of them. Only
 * for requests with a CRC32: the signature covers that, and the server compares it with the bytes.
 *
 * Attack: somebody on the way changes bytes so that the CRC32 stays. TLS stops that, and on the same machine there is no
 * way; over plain HTTP the bytes are signed.
 */
export function unsignedPayload<TArgs extends { request: unknown }, TOutput>(next: (args: TArgs) => Promise<TOutput>) {
  return (args: TArgs): Promise<TOutput> => {
    const { request } = args
    if (isHttpRequest(request) && (request.protocol === 'https:' || LOOPBACK.has(request.hostname))) {
      request.headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD'
    }
    return next(args)
  }
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost'])

interface HttpRequest {
  protocol: string
  hostname: string
  headers: Record<string, string>
}

function isHttpRequest(request: unknown): request is HttpRequest {
  return typeof request === 'object' && request !== null && 'headers' in request && 'hostname' in request
}
