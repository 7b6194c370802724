import ipaddr from 'ipaddr.js'

/**
 * Whether an IP address belongs to the public internet.
 *
 * Attack: the address of a cloud's metadata service, of a printer in the office or of the server itself, also dressed as
 * an IPv6 address that carries an IPv4 one. Only what is public by the registries of IANA passes, never what is not known
 * to be private.
 */
export function isPublicIpAddress(ipAddress: string): boolean {
  if (!ipaddr.isValid(ipAddress)) return false
  const parsed = ipaddr.parse(ipAddress)
  // Of unicast: neither private, nor local, nor shared, nor reserved, nor an IPv4 address in disguise.
  if (parsed.range() !== 'unicast') return false
  return parsed instanceof ipaddr.IPv4 || isGlobalUnicast(parsed)
}

/** Whether an IP address is in one of the networks, each written as `10.1.0.0/16`. */
export function isInNetworks(ipAddress: string, networks: readonly string[]): boolean {
  if (!ipaddr.isValid(ipAddress)) return false
  const parsed = ipaddr.parse(ipAddress)
  return networks.some((network) => {
    const [base, bits] = ipaddr.parseCIDR(network)
    return base.kind() === parsed.kind() && parsed.match(base, bits)
  })
}

/** All of IPv6 that is given out lies in 2000::/3 (RFC 4291, section 2.4). */
function isGlobalUnicast(ipAddress: ipaddr.IPv6): boolean {
  return ipAddress.match(ipaddr.IPv6.parse('2000::'), 3)
}
