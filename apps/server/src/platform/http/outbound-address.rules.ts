import { BlockList, isIP } from 'node:net'

/**
 * What is not the open internet: IANA's special-purpose registries for IPv4 (RFC 6890 and its updates, as of 2026-11) and everything of IPv6 outside of 2000::/3,
 * with what carries an IPv4 address inside (mapped, translated, 6to4, Teredo), because it could lead back in.
 */
const inside = new BlockList()
const ranges4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // carrier-grade NAT
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local, and the metadata service of clouds
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.31.196.0', 24], // AS112
  ['192.52.193.0', 24], // AMT
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16], // private
  ['192.175.48.0', 24], // AS112
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
]
const ranges6: readonly (readonly [string, number])[] = [
  ['2001::', 23], // protocol assignments, Teredo among them
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4
  ['2620:4f:8000::', 48], // AS112
  ['3fff::', 20], // documentation
]
for (const [net, bits] of ranges4) inside.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of ranges6) inside.addSubnet(net, bits, 'ipv6')

const unicast6 = new BlockList()
unicast6.addSubnet('2000::', 3, 'ipv6')

/** Whether an address, as digits, is on the open internet. False for what is no address. */
export function isOutside(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !inside.check(address, 'ipv4')
  if (family === 6) return !address.includes('%') && unicast6.check(address, 'ipv6') && !inside.check(address, 'ipv6')
  return false
}

/** Why an address that somebody gave us is not called. */
export type OutboundRefusal = 'unreadable' | 'not_https' | 'credentials' | 'inside' | 'unknown_name'

/** Reads an address that somebody gave us; says at once what can be said without asking anybody. `insideNames`: names of a house's own network count, where their addresses do. */
export function readOutboundUrl(
  text: string,
  protocols: readonly string[] = ['https:'],
  outside: (address: string) => boolean = isOutside,
  insideNames = false,
): URL | OutboundRefusal {
  if (!URL.canParse(text)) return 'unreadable'
  const url = new URL(text)
  if (!protocols.includes(url.protocol)) return 'not_https'
  if (url.username !== '' || url.password !== '') return 'credentials'
  const host = bareHost(url)
  if (isIP(host) !== 0) return outside(host) ? url : 'inside'
  return isInsideName(host) && !insideNames ? 'inside' : url
}

/** The host without the brackets of IPv6. */
export const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

/** Names that never lead outside, whatever answers for them (RFC 6761, RFC 6762, RFC 8375). */
const isInsideName = (host: string): boolean =>
  !host.replace(/\.$/, '').includes('.') || /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa|test|invalid|onion)\.?$/i.test(host)
