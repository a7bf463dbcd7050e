import {
  type Parameter,
  parameter,
  type Scanner,
  SyntaxFault,
  scanParameters,
  token,
  wholeNumber,
  withParameter,
  writeParameters,
} from './grammar.ts'
import { isAddress, isHost, parseHostPort, withoutBrackets, writeHostPort } from './host.ts'

/** One Via value, §20.42: over what, to where, and for which transaction responses come back. */
export type Via = {
  /** Upper case: UDP, TCP, TLS, or another token. */
  readonly transport: string
  readonly host: string
  readonly port?: number
  readonly parameters: readonly Parameter[]
}

/** The branch of a request that RFC 3261 elements sent begins with this, §8.1.1.7. */
export const magicCookie = 'z9hG4bK'

const sentBy = /(?:\[[\dA-Fa-f:.]+\]|[\w\-.]+)(?:[ \t]*:[ \t]*\d+)?/y

/** Reads one Via value. */
export function scanVia(scanner: Scanner): Via {
  scanner.space()
  const name = scanner.need(token, 'the protocol')
  if (!scanner.eat('/')) scanner.fail('the protocol is malformed')
  scanner.need(token, 'the version')
  if (name.toUpperCase() !== 'SIP' || !scanner.eat('/')) scanner.fail('the protocol is not SIP')
  const transport = scanner.need(token, 'the transport').toUpperCase()
  scanner.need(/[ \t]+/y, 'the space before the host')
  const hostPort = parseHostPort(scanner.need(sentBy, 'the host').replace(/[ \t]/g, ''), scanner.field)
  const parameters = scanParameters(scanner)
  const check = (parameterName: string, isFine: (value: string) => boolean) => {
    const value = parameter(parameters, parameterName)
    if (value !== undefined && !isFine(value)) scanner.fail(`${parameterName} is malformed`)
  }
  check('branch', (value) => value !== '')
  check('ttl', (value) => /^\d{1,3}$/.test(value) && Number(value) < 256)
  check('maddr', isHost)
  check('received', isAddress)
  check('rport', (value) => value === '' || (/^\d{1,5}$/.test(value) && Number(value) > 0 && Number(value) < 65_536)) // RFC 3581 §7
  return { transport, ...hostPort, parameters }
}

/** A Via value as it is sent. */
export function writeVia({ transport, host, port, parameters }: Via): string {
  return `SIP/2.0/${transport} ${writeHostPort(host, port, 'Via')}${writeParameters(parameters)}`
}

/** The branch, or `''`. */
export const branchOf = (via: Via): string => parameter(via.parameters, 'branch') ?? ''

/** Whether the branch identifies a transaction by itself. A cookie with nothing behind it does not, RFC 4475 §3.2.1. */
export const hasUniqueBranch = (via: Via): boolean => branchOf(via).startsWith(magicCookie) && branchOf(via).length > magicCookie.length

/** The Via with where the request really came from, §18.2.1 and RFC 3581 §4. */
export function withSource(via: Via, address: string, port: number): Via {
  const source = withoutBrackets(address)
  const asksForPort = via.parameters.some((one) => one.name.toLowerCase() === 'rport' && one.value === undefined)
  const differs = withoutBrackets(via.host).toLowerCase() !== source.toLowerCase()
  let { parameters } = via
  if (asksForPort || differs) parameters = withParameter(parameters, 'received', source)
  if (asksForPort) parameters = withParameter(parameters, 'rport', String(port))
  return { ...via, parameters }
}

/** Where a response goes over an unreliable transport, §18.2.2 and RFC 3581 §4. The port is undefined where the default or DNS decides. */
export function responseAddress(via: Via): { readonly host: string; readonly port?: number } {
  const value = (name: string) => parameter(via.parameters, name)
  const received = value('received')
  const rport = value('rport')
  const host = value('maddr') ?? received ?? withoutBrackets(via.host)
  const port = rport ? wholeNumber(rport, 'Via', 65_535) : via.port
  return { host, ...(port !== undefined && { port }) }
}

/** The Via on top. Messages always have one. */
export function topVia(vias: readonly Via[]): Via {
  const [first] = vias
  if (!first) throw new SyntaxFault('Via', 'is missing')
  return first
}
