import { SyntaxFault } from './grammar.ts'

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/
const dottedDigits = /^[\d.]+$/
const hostname = /^(?=.{1,255}$)(?:[A-Za-z\d_](?:[\w-]{0,61}[A-Za-z\d_])?\.)*[A-Za-z\d_](?:[\w-]{0,61}[A-Za-z\d_])?\.?$/

/** Whether `text` is an IPv4 address in four decimal parts. */
export const isIpv4 = (text: string): boolean => ipv4.test(text)

/** Whether `text` is an IPv6 address, RFC 4291 §2.2, without brackets and zone. */
export function isIpv6(text: string): boolean {
  if (!/^[\dA-Fa-f:.]{2,45}$/.test(text)) return false
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1) ?? ''
  const tail = last.includes('.')
  if (tail && (!isIpv4(last) || text.endsWith('::'))) return false
  const hex = tail ? groups.slice(0, -1) : groups
  if (!hex.every((group) => /^[\dA-Fa-f]{1,4}$/.test(group))) return false
  const count = hex.length + (tail ? 2 : 0)
  return halves.length === 2 ? count <= 7 : count === 8
}

/** Whether `text` is an address rather than a name; IPv6 with or without brackets. */
export const isAddress = (text: string): boolean => isIpv4(text) || isIpv6(withoutBrackets(text))

/** `[2001:db8::1]` → `2001:db8::1`. */
export const withoutBrackets = (host: string): string => (host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host)

/** The host as a URI or Via needs it: IPv6 in brackets. */
export const inBrackets = (host: string): string => (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host)

/** §25.1 `host`: a name, an IPv4 address, or an IPv6 address in brackets. Underscores are taken too, because names in private networks have them. */
export function isHost(text: string): boolean {
  if (text.startsWith('[')) return text.endsWith(']') && isIpv6(text.slice(1, -1))
  return dottedDigits.test(text) ? isIpv4(text) : hostname.test(text)
}

/** §25.1 `hostport`. */
export function parseHostPort(text: string, field: string): { readonly host: string; readonly port?: number } {
  const [, host = '', port] = /^(\[[^\]]*\]|[^:[\]]*)(?::(.*))?$/s.exec(text) ?? []
  if (!isHost(host)) throw new SyntaxFault(field, 'the host is malformed')
  if (port === undefined) return { host }
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535 || Number(port) === 0) throw new SyntaxFault(field, 'the port is malformed')
  return { host, port: Number(port) }
}

/** §25.1 `hostport` as it is sent. */
export function writeHostPort(host: string, port: number | undefined, field: string): string {
  const written = inBrackets(host)
  if (!isHost(written)) throw new SyntaxFault(field, `${JSON.stringify(host)} is no host`)
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) throw new SyntaxFault(field, `${port} is no port`)
  return port === undefined ? written : `${written}:${port}`
}
