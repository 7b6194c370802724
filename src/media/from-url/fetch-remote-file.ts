import type { IncomingMessage } from 'node:http'
import { type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import { MediaError } from '../media-error.ts'
import { getFileName } from './remote-file-name.ts'
import { type HostOptions, getReachableUrl } from './resolve-host.ts'

/** What the server may fetch. */
export interface UploadFromUrlOptions extends HostOptions {
  /** Longest time, in seconds, until all bytes of a file must have come. Defaults to 300. */
  timeout?: number
  /** The host names that files may come from. Defaults to every public one. */
  allowedHosts?: readonly string[]
  /** The ports that files may come from. Defaults to 80 and 443. */
  allowedPorts?: readonly number[]
}

/** A file elsewhere, whose bytes have begun to come. */
export interface RemoteFile {
  /** The last part of its address, with the extension of its type when it has none. */
  fileName: string
  body: AsyncIterable<Uint8Array>
}

const DEFAULT_TIMEOUT = 300

/** Most redirects that are followed. */
const MAX_REDIRECTS = 5

const WEB_PORTS: readonly number[] = [80, 443]

/** Longest address, in characters. */
const MAX_URL_LENGTH = 2000

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * Begins to fetch a file from a public address.
 *
 * @throws {MediaError} `REMOTE_FILE_UNAVAILABLE`, in the same words whatever stood in the way: what is in the server's
 * own network, and what is not, is nobody's business
 */
export async function fetchRemoteFile(
  address: string,
  options: UploadFromUrlOptions,
  signal?: AbortSignal,
): Promise<RemoteFile> {
  const timeout = AbortSignal.timeout((options.timeout ?? DEFAULT_TIMEOUT) * 1000)
  const fetching = { ...options, signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]) }
  let url = checkedUrl(address, options)
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await open(url, fetching)
    const status = response.statusCode ?? 0
    if (status === 200 && isPlain(response)) {
      return { fileName: getFileName(url, response.headers['content-type']), body: getBytes(response) }
    }
    response.destroy()
    if (!REDIRECTS.has(status)) throw unavailable()
    url = checkedUrl(redirectTarget(url, response), options)
  }
  throw unavailable()
}

/**
 * Attack: `file:`, `gopher:` and the like reach what is not on the web; another port reaches the database next door; a
 * password in the address would be sent to whoever answers.
 */
function checkedUrl(address: string, { allowedHosts, allowedPorts = WEB_PORTS }: UploadFromUrlOptions): URL {
  const url = address.length <= MAX_URL_LENGTH && URL.canParse(address) ? new URL(address) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw unavailable('Give the whole address of a file, beginning with https:// or http://.')
  }
  if (!allowedPorts.includes(getPort(url)))
    throw unavailable(`Files are fetched from port ${allowedPorts.join(', ')} only.`)
  if (url.username !== '' || url.password !== '') throw unavailable('The address may hold no name and no password.')
  if (allowedHosts !== undefined && !allowedHosts.includes(url.hostname)) {
    throw unavailable(`Files are fetched from ${allowedHosts.join(', ')} only.`)
  }
  return url
}

function getPort({ port, protocol }: URL): number {
  if (port !== '') return Number(port)
  return protocol === 'https:' ? 443 : 80
}

async function open(url: URL, { signal, ...hosts }: HostOptions & { signal: AbortSignal }): Promise<IncomingMessage> {
  try {
    const address = await getReachableUrl(url.hostname, hosts)
    signal.throwIfAborted()
    return await send(url, {
      signal,
      // No pool and no proxy of the environment: the connection goes to the address that was checked.
      agent: false,
      lookup: (_hostname, { all }, callback) => {
        if (all === true) callback(null, [{ address, family: isIP(address) }])
        else callback(null, address, isIP(address))
      },
      // A compressed answer could unfold to any size.
      headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'vitrine' },
    })
  } catch (error) {
    throw unavailable(undefined, error)
  }
}

function send(url: URL, options: RequestOptions): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    request(url, options, resolve).once('error', reject).end()
  })
}

function isPlain({ headers }: IncomingMessage): boolean {
  return (headers['content-encoding'] ?? 'identity') === 'identity'
}

function redirectTarget(url: URL, { headers: { location = '' } }: IncomingMessage): string {
  const target = URL.canParse(location, url.href) ? new URL(location, url.href) : null
  // Attack: who can read the way would learn, or change, what was asked for in secret.
  if (target === null || (url.protocol === 'https:' && target.protocol !== 'https:')) throw unavailable()
  return target.href
}

async function* getBytes(response: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    yield* response
  } catch (error) {
    throw unavailable(undefined, error)
  }
}

function unavailable(
  message = 'The file could not be fetched: its address must be public, and answer in time with the file itself.',
  cause?: unknown,
): MediaError {
  return new MediaError('REMOTE_FILE_UNAVAILABLE', message, cause === undefined ? {} : { cause })
}
