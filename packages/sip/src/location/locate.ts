import { isAddress, isIpv4, isIpv6, withoutBrackets } from '../messages/host.ts'
import { isSipUri, type Uri, uriParameter } from '../messages/uri.ts'

export type TransportName = 'UDP' | 'TCP' | 'TLS'

/** Where a request can be sent. */
export type Target = {
  readonly transport: TransportName
  readonly address: string
  readonly port: number
  /** The name that was looked for, which a certificate must have, RFC 5922 §7.3. */
  readonly domain: string
}

export type Naptr = { readonly order: number; readonly preference: number; readonly service: string; readonly replacement: string }
export type Srv = { readonly priority: number; readonly weight: number; readonly port: number; readonly name: string }

/** Answers of the DNS. What does not exist is an empty list; that it cannot be asked is an error. */
export type Resolver = {
  readonly naptr: (domain: string) => Promise<readonly Naptr[]>
  readonly srv: (name: string) => Promise<readonly Srv[]>
  readonly addresses: (host: string) => Promise<readonly string[]>
}

export type LocateOptions = {
  readonly resolver: Resolver
  /** What we can send over, in our order of preference. */
  readonly transports: readonly TransportName[]
  /** From 0 to 1, for the weights of RFC 2782. */
  readonly random: () => number
}

const services: Readonly<Record<string, TransportName>> = { 'sip+d2u': 'UDP', 'sip+d2t': 'TCP', 'sips+d2t': 'TLS' }
const prefixes: Readonly<Record<TransportName, string>> = { UDP: '_sip._udp', TCP: '_sip._tcp', TLS: '_sips._tcp' }
const most = 16

/** The targets of a URI in the order in which to try them, RFC 3263 §4. Empty when there is none that we can reach. */
export async function locate(uri: Uri, options: LocateOptions): Promise<readonly Target[]> {
  if (!isSipUri(uri)) return []
  const isSecure = uri.scheme === 'sips'
  const domain = withoutBrackets(uriParameter(uri, 'maddr') || uri.host)
    .toLowerCase()
    .replace(/\.$/, '')
  const named = namedTransport(uri, isSecure)
  const allowed = options.transports.filter((transport) => (named ? transport === named : !isSecure || transport === 'TLS'))
  if (allowed.length === 0) return []
  const usual = allowed.find((transport) => transport === (isSecure ? 'TLS' : 'UDP')) ?? allowed[0] ?? 'UDP'
  const { resolver } = options
  // §4.1: an address or a port says that nothing is to be looked up but addresses.
  if (isAddress(domain)) return [{ transport: usual, address: domain, port: uri.port ?? usualPort(usual), domain }]
  if (uri.port !== undefined) return resolved([{ transport: usual, host: domain, port: uri.port }], domain, resolver)
  const found = named ? await bySrv([named], domain, options) : await byNaptr(allowed, domain, options)
  const servers = found.length > 0 ? found : [{ transport: usual, host: domain, port: usualPort(usual) }]
  return resolved(servers, domain, resolver)
}

/** RFC 3261 §26.2.2: in a sips URI `transport=tcp` means TLS over TCP. */
function namedTransport(uri: Uri, isSecure: boolean): TransportName | undefined {
  const name = uriParameter(uri, 'transport')?.toUpperCase()
  if (name === 'TLS' || (name === 'TCP' && isSecure)) return 'TLS'
  return name === 'TCP' || name === 'UDP' ? name : undefined
}

const usualPort = (transport: TransportName): number => (transport === 'TLS' ? 5061 : 5060)

type Server = { readonly transport: TransportName; readonly host: string; readonly port: number }

async function byNaptr(allowed: readonly TransportName[], domain: string, options: LocateOptions): Promise<readonly Server[]> {
  const records = [...(await options.resolver.naptr(domain))].sort(
    (one, other) => one.order - other.order || one.preference - other.preference,
  )
  const known = records.flatMap(({ service, replacement }) => {
    const transport = services[service.toLowerCase()]
    return transport && allowed.includes(transport) ? [{ transport, name: replacement }] : []
  })
  if (known.length === 0) return bySrv(allowed, domain, options)
  const lists = await Promise.all(
    known.map(async ({ transport, name }) => servers(transport, await options.resolver.srv(name), options.random)),
  )
  return lists.flat()
}

/** §4.1: without NAPTR records, SRV records of each transport that we have, in our order. */
async function bySrv(allowed: readonly TransportName[], domain: string, options: LocateOptions): Promise<readonly Server[]> {
  const lists = await Promise.all(
    allowed.map(async (transport) => servers(transport, await options.resolver.srv(`${prefixes[transport]}.${domain}`), options.random)),
  )
  return lists.flat()
}

const servers = (transport: TransportName, records: readonly Srv[], random: () => number): readonly Server[] =>
  inOrder(records, random).map(({ name, port }) => ({ transport, host: name, port }))

/** RFC 2782: by priority, and within one by weight and chance. A target of `.` says that there is no service. */
function inOrder(records: readonly Srv[], random: () => number): readonly Srv[] {
  const left = records
    .filter(({ name }) => name !== '' && name !== '.')
    .sort((one, other) => one.priority - other.priority || one.weight - other.weight)
  const ordered: Srv[] = []
  while (left.length > 0) {
    const same = left.filter(({ priority }) => priority === left[0]?.priority)
    const mark = random() * same.reduce((sum, { weight }) => sum + weight, 0)
    let passed = 0
    const chosen = same.find(({ weight }) => {
      passed += weight
      return passed >= mark
    })
    if (!chosen) break
    ordered.push(chosen)
    left.splice(left.indexOf(chosen), 1)
  }
  return ordered
}

async function resolved(list: readonly Server[], domain: string, { addresses }: Resolver): Promise<readonly Target[]> {
  const found: Target[] = []
  for (const { transport, host, port } of list) {
    if (found.length >= most) break
    const known = isAddress(host) ? [host] : await addresses(host.replace(/\.$/, ''))
    found.push(...known.filter((address) => isIpv4(address) || isIpv6(address)).map((address) => ({ transport, address, port, domain })))
  }
  return found.slice(0, most)
}

/** RFC 3263 §4.3: the next target is tried after a failure of the transport, silence, or 503. */
export const failsOver = (outcome: { readonly status: number } | { readonly failure: string }): boolean =>
  'failure' in outcome || outcome.status === 503
