import { BlockList, isIP } from 'node:net'

/** The proxies whose word on where a request comes from is taken. */
export interface TrustedProxies {
  has(ipAddress: string): boolean
}

/**
 * Reads a list of addresses and networks such as `10.0.0.0/8`.
 *
 * @throws Error when an entry is neither.
 */
export function parseTrustedProxies(entries: string[]): TrustedProxies {
  const networks = new BlockList()
  for (const entry of entries) addNetwork(networks, entry)
  return {
    has(ipAddress) {
      if (entries.length === 0) return false
      const version = isIP(ipAddress)
      return version !== 0 && networks.check(ipAddress, version === 6 ? 'ipv6' : 'ipv4')
    },
  }
}

function addNetwork(networks: BlockList, entry: string): void {
  const [network = '', prefix, ...rest] = entry.split('/')
  const version = isIP(network)
  const bits = version === 6 ? 128 : 32
  const length = prefix === undefined ? bits : Number(prefix)
  if (
    version === 0 ||
    rest.length > 0 ||
    prefix === '' ||
    !(Number.isInteger(length) && length >= 0 && length <= bits)
  ) {
    throw new Error(`The trusted proxy "${entry}" is neither an IP address nor a network such as 10.0.0.0/8.`)
  }
  networks.addSubnet(network, length, version === 6 ? 'ipv6' : 'ipv4')
}

/**
 * The client's address from `X-Forwarded-For`, to which each proxy appends whom it speaks to: from the right, the first
 * that is not a trusted proxy. Everything left of it is what the client says about itself.
 */
export function forwardedIpAddress(headers: Headers, proxies: TrustedProxies): string | null {
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
  for (const hop of hops.toReversed()) {
    if (isIP(hop) === 0) return null
    if (!proxies.has(hop)) return hop
  }
  return null
}
