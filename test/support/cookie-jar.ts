interface StoredCookie {
  name: string
  value: string
  host: string
  path: string
  isSecure: boolean
  createdAt: number
}

/**
 * Keeps cookies as a browser does (RFC 6265bis, 5.6 to 5.8): by name, host and path, whatever the port; prefixes checked;
 * the longest path first, and of equal ones the oldest.
 */
export class CookieJar {
  #cookies: StoredCookie[] = []
  #count = 0

  /** Takes what a response sets. */
  store(url: string, response: Response): void {
    for (const header of response.headers.getSetCookie()) this.#set(new URL(url), header)
  }

  /** The header `Cookie` for a request; `null` for none. */
  header(url: string): string | null {
    const { hostname, pathname, protocol } = new URL(url)
    const sent = this.#cookies
      .filter(({ host, path, isSecure }) => {
        return host === hostname && pathMatches(pathname, path) && (!isSecure || protocol === 'https:')
      })
      .toSorted((one, other) => other.path.length - one.path.length || one.createdAt - other.createdAt)
    return sent.length === 0 ? null : sent.map(({ name, value }) => `${name}=${value}`).join('; ')
  }

  get size(): number {
    return this.#cookies.length
  }

  #set({ hostname, protocol }: URL, header: string): void {
    const [pair = '', ...attributes] = header.split('; ')
    const name = pair.slice(0, pair.indexOf('='))
    const path = attributes.find((attribute) => attribute.startsWith('Path='))?.slice(5) ?? '/'
    const isSecure = attributes.includes('Secure')
    if (!isAcceptable({ name, path, isSecure, attributes }, protocol)) return
    const isSame = (cookie: StoredCookie) => cookie.name === name && cookie.host === hostname && cookie.path === path
    const createdAt = this.#cookies.find(isSame)?.createdAt ?? (this.#count += 1)
    this.#cookies = this.#cookies.filter((cookie) => !isSame(cookie))
    if (attributes.includes('Max-Age=0')) return
    const value = pair.slice(pair.indexOf('=') + 1)
    this.#cookies.push({ name, value, host: hostname, path, isSecure, createdAt })
  }
}

function pathMatches(requested: string, path: string): boolean {
  return requested === path || requested.startsWith(path.endsWith('/') ? path : `${path}/`)
}

interface Offered extends Pick<StoredCookie, 'name' | 'path' | 'isSecure'> {
  attributes: readonly string[]
}

function isAcceptable({ name, path, isSecure, attributes }: Offered, protocol: string): boolean {
  if (isSecure && protocol !== 'https:') return false
  if (/^__(Host|Secure)-/.test(name) && !isSecure) return false
  const hasDomain = attributes.some((attribute) => /^Domain=/i.test(attribute))
  return !name.startsWith('__Host-') || (path === '/' && !hasDomain)
}
