import { describe, expect, it } from 'vitest'
import { parseUri } from '../messages/uri.ts'
import { locate, type Naptr, type Srv, type TransportName } from './locate.ts'

type Zone = { readonly naptr?: Record<string, Naptr[]>; readonly srv?: Record<string, Srv[]>; readonly a?: Record<string, string[]> }

async function located(uri: string, zone: Zone, random = 0, transports: readonly TransportName[] = ['TLS', 'TCP', 'UDP']) {
  const asked: string[] = []
  const answer =
    <Value>(records: Record<string, Value[]> | undefined, kind: string) =>
    async (name: string) => {
      asked.push(`${kind} ${name}`)
      return records?.[name] ?? []
    }
  const resolver = { naptr: answer(zone.naptr, 'NAPTR'), srv: answer(zone.srv, 'SRV'), addresses: answer(zone.a, 'A') }
  const targets = await locate(parseUri(uri, 'URI'), { resolver, transports, random: () => random })
  return {
    asked,
    targets: targets.map(({ transport, address, port }) => `${transport} ${address}:${port}`),
    domains: targets.map(({ domain }) => domain),
  }
}
const srv = (name: string, port: number, priority = 0, weight = 0): Srv => ({ name, port, priority, weight })
const example: Zone = {
  naptr: {
    'example.com': [
      { order: 100, preference: 50, service: 'SIP+D2U', replacement: '_sip._udp.example.com' },
      { order: 50, preference: 50, service: 'SIPS+D2T', replacement: '_sips._tcp.example.com' },
      { order: 90, preference: 50, service: 'SIP+D2T', replacement: '_sip._tcp.example.com' },
    ],
  },
  srv: {
    '_sip._tcp.example.com': [srv('server2.example.com', 5060, 1, 2), srv('server1.example.com', 5060, 0, 1)],
    '_sip._udp.example.com': [srv('server1.example.com', 5070)],
    '_sips._tcp.example.com': [srv('server1.example.com', 5061)],
  },
  a: { 'server1.example.com': ['192.0.2.1'], 'server2.example.com': ['192.0.2.2', '2001:db8::2'], 'example.com': ['192.0.2.9'] },
}

describe('the servers of a URI, RFC 3263 §4', () => {
  it('are none for another scheme, for a transport that we have not, and where nothing is known', async () => {
    expect((await located('tel:+12125551212', example)).targets).toEqual([])
    expect((await located('sip:example.com;transport=sctp', example, 0, [])).targets).toEqual([])
    expect((await located('sips:example.com', example, 0, ['UDP', 'TCP'])).targets).toEqual([])
    expect((await located('sip:nowhere.example', {})).targets).toEqual([])
  })

  it('are an address as it is, without asking anybody', async () => {
    expect(await located('sip:bob@192.0.2.4', example)).toMatchObject({ asked: [], targets: ['UDP 192.0.2.4:5060'] })
    expect((await located('sips:[2001:db8::9]', example)).targets).toEqual(['TLS 2001:db8::9:5061'])
    expect((await located('sip:192.0.2.4:5080;transport=TCP', example)).targets).toEqual(['TCP 192.0.2.4:5080'])
    expect((await located('sip:bob@example.com;maddr=192.0.2.77', example)).targets).toEqual(['UDP 192.0.2.77:5060'])
  })

  it('are asked for by address alone where there is a port', async () => {
    expect(await located('sip:example.com:5090', example)).toMatchObject({ asked: ['A example.com'], targets: ['UDP 192.0.2.9:5090'] })
  })

  it('are those of NAPTR in its order, then of SRV in theirs', async () => {
    expect((await located('sip:example.com', example)).targets).toEqual([
      'TLS 192.0.2.1:5061',
      'TCP 192.0.2.1:5060',
      'TCP 192.0.2.2:5060',
      'TCP 2001:db8::2:5060',
      'UDP 192.0.2.1:5070',
    ])
    expect((await located('sips:example.com', example)).targets).toEqual(['TLS 192.0.2.1:5061'])
  })

  it('must have a certificate for the domain that was asked for, not for the server', async () => {
    expect(new Set((await located('sip:example.com', example)).domains)).toEqual(new Set(['example.com']))
  })

  it('are those of SRV where there is no NAPTR, or a transport is named', async () => {
    const { srv: records, a = {} } = example
    expect((await located('sip:example.com', { srv: records ?? {}, a })).targets[0]).toBe('TLS 192.0.2.1:5061')
    expect(await located('sip:example.com;transport=udp', example)).toMatchObject({
      asked: ['SRV _sip._udp.example.com', 'A server1.example.com'],
      targets: ['UDP 192.0.2.1:5070'],
    })
  })

  it('are the addresses of the name where there is neither', async () => {
    expect((await located('sip:example.com', { a: example.a ?? {} })).targets).toEqual(['UDP 192.0.2.9:5060'])
  })

  it('share their work by weight, RFC 2782', async () => {
    const zone = {
      srv: { '_sip._udp.example.com': [srv('192.0.2.1', 1, 0, 10), srv('192.0.2.2', 2, 0, 90), srv('192.0.2.3', 3, 5, 0)] },
    }
    const order = async (random: number) =>
      (await located('sip:example.com;transport=udp', zone, random)).targets.map((one) => one.slice(-1)).join('')
    expect([await order(0.05), await order(0.5), await order(1)]).toEqual(['123', '213', '213'])
  })
})
