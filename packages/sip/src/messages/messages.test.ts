import { describe, expect, it } from 'vitest'
import { MessageFramer } from './framing.ts'
import { limits, Scanner } from './grammar.ts'
import { isRequest, noBody, type SipRequest } from './message.ts'
import { parseMessage } from './parse-message.ts'
import { parseUri } from './uri.ts'
import { responseAddress, scanVia, withSource, writeVia } from './via.ts'
import { writeMessage } from './write-message.ts'

const head = [
  'INVITE sip:bob@biloxi.com SIP/2.0',
  'Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bK776asdhds',
  'Max-Forwards: 70',
  'To: Bob <sip:bob@biloxi.com>',
  'From: Alice <sip:alice@atlanta.com>;tag=1928301774',
  'Call-ID: a84b4c76e66710@pc33.atlanta.com',
  'CSeq: 314159 INVITE',
]
const bytes = (lines: readonly string[], body = '') => Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`)
const fault = (lines: readonly string[], body = '') => {
  const parsed = parseMessage(bytes(lines, body))
  return parsed.ok ? undefined : `${parsed.fault.field}: ${parsed.fault.why}`
}
function invite(): SipRequest {
  const parsed = parseMessage(bytes(head))
  if (!parsed.ok || !isRequest(parsed.message)) throw new Error('the example of §4 is refused')
  return parsed.message
}

describe('a message, §7', () => {
  it.each<[string, string]>([
    ['Max-Forwards: 256', 'Max-Forwards'],
    ['Max-Forwards: -1', 'Max-Forwards'],
    ['CSeq: 1 INVITE', 'CSeq'],
    ['Contact: *, <sip:a@b>', 'Contact'],
    ['Require: 100rel, ,timer', 'Require'],
    ['Route: sip:proxy@[::1]:99999', 'Route'],
    ['Via: SIP/2.0/UDP host;rport=0', 'Via'],
    ['Via: SIP/2.0/UDP host;received=nonsense', 'Via'],
    ['Via: HTTP/1.1/TCP host', 'Via'],
    ['RSeq: one', 'RSeq'],
    ['RAck: 1 INVITE', 'RAck'],
    ['Session-Expires: soon;refresher=uac', 'Session-Expires'],
    ['Refer-To: <sip:a@b>, <sip:c@d>', 'Refer-To'],
    ['Replaces: 425928@bobster.example.com;to-tag=7743', 'Replaces'],
    ['Authorization: Digest username="a", username="b"', 'Authorization'],
    ['Content-Type: text', 'Content-Type'],
    ['Contact: <sip:a@b>;q=1;q=1', 'Contact'],
    ['no colon here', 'head'],
    ['Bad Name: 1', 'head'],
  ])('is refused with %s', (line, field) => {
    expect(fault([...head, line])).toMatch(new RegExp(`^${field}:`))
  })

  it('is refused when it is not UTF-8, when a field is too much, and when it is nothing', () => {
    expect(parseMessage(Buffer.concat([bytes(head).subarray(0, -4), Buffer.from('\r\nSubject: \xff\r\n\r\n', 'latin1')]))).toMatchObject({
      ok: false,
    })
    expect(fault([...head, ...Array.from({ length: limits.fields }, (_, i) => `X-${i}: 1`)])).toBe('head: has too many fields')
    expect(fault([...head, `X: ${'y'.repeat(limits.headBytes)}`])).toBe('head: is too long')
    expect(fault([...head, `Route: ${Array.from({ length: 200 }, () => '<sip:p;lr>').join(',')}`])).toBe('Route: too many values')
    expect(parseMessage(noBody)).toMatchObject({ ok: false })
  })

  it('leaves out malformed fields that nobody needs, §8.2.2', () => {
    const parsed = parseMessage(bytes([...head, 'Expires: soon', 'Allow: INVITE, @', 'X-Odd: \u0001']))
    expect(parsed).toMatchObject({ ok: true, ignored: ['Expires', 'Allow', 'X-Odd'] })
  })

  it('reads bare line feeds and empty lines before the start line, §7.5', () => {
    expect(parseMessage(Buffer.from(`\r\n\r\n${head.join('\n')}\n\nbody`))).toMatchObject({
      ok: true,
      message: { method: 'INVITE', body: Buffer.from('body') },
    })
  })

  it('takes 4,294,967,295 seconds for any larger number, §20.19', () => {
    const parsed = parseMessage(bytes([...head, 'Expires: 10000000000000000']))
    expect(parsed.ok && parsed.message.headers.expires).toBe(4_294_967_295)
  })

  it('is written with names in full, Via first and Content-Length last', () => {
    expect(writeMessage(invite()).toString()).toBe(
      [
        'INVITE sip:bob@biloxi.com SIP/2.0',
        'Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bK776asdhds',
        'Max-Forwards: 70',
        'From: "Alice" <sip:alice@atlanta.com>;tag=1928301774',
        'To: "Bob" <sip:bob@biloxi.com>',
        'Call-ID: a84b4c76e66710@pc33.atlanta.com',
        'CSeq: 314159 INVITE',
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n'),
    )
  })

  it('is not written with a line break, a wrong CSeq or a known name among the others', () => {
    const request = invite()
    const withHeaders = (more: Partial<SipRequest['headers']>) => () =>
      writeMessage({ ...request, headers: { ...request.headers, ...more } })
    expect(withHeaders({ others: [['X-A', '1\r\nX-B: 2']] })).toThrow('line break')
    expect(withHeaders({ subject: 'a\r\nb' })).toThrow('control character')
    expect(withHeaders({ from: { ...request.headers.from, displayName: 'a\nb' } })).toThrow('line break')
    expect(withHeaders({ cseq: { sequence: 1, method: 'BYE' } })).toThrow('no method for this CSeq')
    expect(withHeaders({ others: [['l', '7']] })).toThrow('no name of another header')
    expect(() => writeMessage({ status: 99, reason: '', headers: request.headers, body: noBody })).toThrow('no status')
  })

  it('takes no header of a URI into the request line, §19.1.1', () => {
    const uri = parseUri('sip:bob@biloxi.com?subject=x', 'URI')
    expect(writeMessage({ ...invite(), uri }).toString()).toMatch(/^INVITE sip:bob@biloxi.com SIP/)
  })
})

describe('a challenge', () => {
  it('may share its field with others, and each keeps its values', () => {
    const line =
      'WWW-Authenticate: Digest realm="a, b", qop="auth,auth-int", nonce="n", Basic realm="x", Digest realm="a", algorithm=SHA-256, nonce="m"'
    const parsed = parseMessage(bytes([...head, line]))
    if (!parsed.ok) throw new Error(parsed.fault.why)
    expect(
      parsed.message.headers.wwwAuthenticate?.map(({ scheme, values, rest }) => [scheme, values.get('realm') ?? rest, values.get('nonce')]),
    ).toEqual([
      ['Digest', 'a, b', 'n'],
      ['Basic', 'realm="x"', undefined],
      ['Digest', 'a', 'm'],
    ])
  })
})

describe('a Via', () => {
  const via = (text: string) => scanVia(new Scanner(text, 'Via'))

  it('gets received when the request came from elsewhere, §18.2.1', () => {
    expect(writeVia(withSource(via('SIP/2.0/UDP bobspc.biloxi.com:5060;branch=z9hG4bK1'), '192.0.2.4', 5060))).toBe(
      'SIP/2.0/UDP bobspc.biloxi.com:5060;branch=z9hG4bK1;received=192.0.2.4',
    )
    expect(writeVia(withSource(via('SIP/2.0/UDP 192.0.2.4'), '192.0.2.4', 6000))).toBe('SIP/2.0/UDP 192.0.2.4')
  })

  it('gets rport and received when it asks for them, RFC 3581 §4', () => {
    const seen = withSource(via('SIP/2.0/UDP 10.1.1.1:4540;rport;branch=z9hG4bKkjshdyff'), '192.0.2.1', 9988)
    expect(writeVia(seen)).toBe('SIP/2.0/UDP 10.1.1.1:4540;branch=z9hG4bKkjshdyff;received=192.0.2.1;rport=9988')
    expect(responseAddress(seen)).toEqual({ host: '192.0.2.1', port: 9988 })
  })

  it('says where responses go, §18.2.2', () => {
    expect(responseAddress(via('SIP/2.0/UDP host:5070;received=192.0.2.9'))).toEqual({ host: '192.0.2.9', port: 5070 })
    expect(responseAddress(via('SIP/2.0/UDP host;maddr=224.2.0.1;received=192.0.2.9'))).toEqual({ host: '224.2.0.1' })
    expect(responseAddress(via('SIP/2.0/TCP [2001:db8::9]:5061'))).toEqual({ host: '2001:db8::9', port: 5061 })
  })
})

describe('a stream, §18.3', () => {
  const wire = Buffer.concat([
    bytes([...head, 'l: 4'], 'body'),
    Buffer.from('\r\n\r\n'),
    bytes([...head, 'Content-Length : 0']),
    Buffer.from('\r\n'),
  ])

  it.each([1, 7, 64, 10_000])('is cut into its messages, %i bytes at a time', (size) => {
    const framer = new MessageFramer()
    const kinds: string[] = []
    for (let at = 0; at < wire.length; at += size) kinds.push(...framer.take(wire.subarray(at, at + size)).map(({ kind }) => kind))
    // A double CRLF that comes in pieces cannot be told from two answers.
    expect(kinds.filter((kind) => kind === 'message')).toHaveLength(2)
    expect(framer.waiting).toBe(0)
    if (size > 4) expect(kinds).toEqual(['message', 'ping', 'message', 'pong'])
  })

  it('ends with a message without length, with two lengths, or with a head that does not end', () => {
    expect(() => new MessageFramer().take(bytes(head))).toThrow('needed in a stream')
    expect(() => new MessageFramer().take(bytes([...head, 'l: 1', 'l: 2']))).toThrow('needed in a stream')
    expect(() => new MessageFramer().take(bytes([...head, 'l: 999999999']))).toThrow('too much')
    expect(() => new MessageFramer().take(Buffer.alloc(limits.headBytes + 1, 'x'))).toThrow('too long')
  })
})
