import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isInNetworks, isPublicIpAddress } from './public-ip-address.ts'

/** Finds the IP addresses of a host name. */
export type ResolveHost = (hostname: string) => Promise<readonly string[]>

/** Which hosts may be reached. */
export interface HostOptions {
  /**
   * Networks besides the public ones, such as `10.1.0.0/16`: those of an image archive in the own house. Defaults to none.
   */
  allowedNetworks?: readonly string[]
  /** Finds the addresses of a host. Defaults to the operating system's way. */
  resolve?: ResolveHost
}

/** The way the operating system resolves names. */
export const resolveBySystem: ResolveHost = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address }) => address)

/**
 * The address to connect to: the connection goes to this one and asks no resolver again.
 *
 * Attack: a name that resolves to a public address when it is checked and to a private one a moment later, or to both at
 * once. One address that is not public condemns the name.
 *
 * @throws {Error} when the host has no address, or one that may not be reached
 */
export async function getReachableUrl(
  hostname: string,
  { resolve = resolveBySystem, allowedNetworks = [] }: HostOptions,
): Promise<string> {
  const host = hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) === 0 ? await resolve(host) : [host]
  const [first] = addresses
  if (first === undefined) throw new Error('The host has no address.')
  const isAllowed = (address: string) => isPublicIpAddress(address) || isInNetworks(address, allowedNetworks)
  if (!addresses.every(isAllowed)) throw new Error('The host has an address that may not be reached.')
  return first
}
