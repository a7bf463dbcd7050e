import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parameter } from './grammar.ts'
import { isRequest, type SipRequest, type SipResponse } from './message.ts'
import { tagOf } from './name-addr.ts'
import { parseMessage } from './parse-message.ts'
import { isSipUri, unescaped } from './uri.ts'
import { branchOf, hasUniqueBranch } from './via.ts'
import { writeMessage } from './write-message.ts'

const folder = path.join(import.meta.dirname, 'fixtures/rfc4475')
const bytesOf = (name: string) => readFileSync(path.join(folder, `${name}.sip`))

function accepted(name: string) {
  const parsed = parseMessage(bytesOf(name))
  if (!parsed.ok) throw new Error(`${name}: ${parsed.fault.field} ${parsed.fault.why}`)
  return parsed
}
function request(name: string): SipRequest {
  const { message } = accepted(name)
  if (!isRequest(message)) throw new Error(`${name} is no request`)
  return message
}
function response(name: string): SipResponse {
  const { message } = accepted(name)
  if (isRequest(message)) throw new Error(`${name} is no response`)
  return message
}
function refused(name: string) {
  const parsed = parseMessage(bytesOf(name))
  if (parsed.ok) throw new Error(`${name} was accepted`)
  return parsed.fault
}
const user = (message: SipRequest) => (isSipUri(message.uri) ? message.uri.user : undefined)

describe('RFC 4475 §3.1.1, valid messages', () => {
  it('§3.1.1.1 wsinv: folding, white space, compact forms and unknown fields everywhere', () => {
    const { method, headers, body } = request('wsinv')
    expect(method).toBe('INVITE')
    expect(tagOf(headers.to)).toBe('1918181833n')
    expect(headers.from.displayName).toBe('J Rosenberg \\"')
    expect(headers.maxForwards).toBe(68)
    expect(headers.cseq).toEqual({ sequence: 9, method: 'INVITE' })
    expect(headers.subject).toBe('')
    expect(headers.via.map((via) => [via.transport, via.host, branchOf(via)])).toEqual([
      ['UDP', '192.0.2.2', '390skdjuw'],
      ['TCP', 'spindle.example.com', 'z9hG4bK9ikj8'],
      ['UDP', '192.168.255.111', 'z9hG4bK30239'],
    ])
    expect(headers.others).toContainEqual(['UnknownHeaderWithUnusualValue', ';;,,;;,;'])
    expect(headers.others).toContainEqual(['NewFangledHeader', 'newfangled value continued newfangled value'])
    expect(headers.contact).toMatchObject([{ displayName: 'Quoted string ""' }])
    expect(body).toHaveLength(150)
  })

  it('§3.1.1.2 intmeth: every character that a token, a quoted string and a user may have', () => {
    const message = request('intmeth')
    expect(message.method).toBe("!interesting-Method0123456789_*+`.%indeed'~")
    expect(message.headers.cseq.method).toBe(message.method)
    expect(message.headers.to.displayName).toBe('BEL:\u0007 NUL:\u0000 DEL:\u007f')
    expect(message.headers.from.displayName).toBe("token1~` token2'+_ token3*%!.-")
    expect(parameter(message.headers.from.parameters, "fromparam''~+*_!.-%")).toBe('работающий')
    expect(message.headers.maxForwards).toBe(255)
    expect(message.headers.others).toEqual([["extensionHeader-!.%*+_`'~", '\ufeff大停電']])
  })

  it('§3.1.1.3 esc01: escapes in URIs mean what they stand for and are kept', () => {
    const message = request('esc01')
    expect(user(message)).toBe('sips%3Auser%40example.com')
    expect(unescaped(user(message) ?? '')).toBe('sips:user@example.com')
    expect(message.headers.contact).toMatchObject([
      { uri: { user: 'cal%6Cer', parameters: [{ name: '%6C%72' }, { name: 'n%61me', value: 'v%61lue%25%34%31' }] } },
    ])
  })

  it('§3.1.1.4 escnull: an escaped null is no end of anything', () => {
    const { contact } = request('escnull').headers
    expect(contact).toMatchObject([{ uri: { user: '%00' } }, { uri: { user: '%00%00' } }])
  })

  it('§3.1.1.5 esc02: % is an ordinary character in methods, names and display names', () => {
    const { method, headers } = request('esc02')
    expect(method).toBe('RE%47IST%45R')
    expect(headers.to.displayName).toBe('%Z%45')
    expect(headers.contact).toHaveLength(2)
    expect(headers.others).toEqual([['C%6Fntact', '<sip:alias2@host2.example.com>']])
  })

  it('§3.1.1.6 lwsdisp: no white space is needed between name and bracket', () => {
    expect(request('lwsdisp').headers.from.displayName).toBe('caller')
  })

  it('§3.1.1.7 longreq: long values in every field', () => {
    const { headers } = request('longreq')
    expect(headers.via).toHaveLength(34)
    expect(tagOf(headers.from)).toMatch(/^1(29|82)+/)
    expect(headers.callId).toMatch(/^longreq\.one(really)+longcallid$/)
    expect(headers.via.at(-1)?.host).toBe('host.example.com')
  })

  it('§3.1.1.8 dblreq: what follows the body in a datagram is left', () => {
    expect(request('dblreq')).toMatchObject({ method: 'REGISTER', headers: { cseq: { sequence: 8 } } })
    expect(request('dblreq').body).toHaveLength(0)
  })

  it('§3.1.1.9 semiuri: a semicolon may be part of the user', () => {
    expect(user(request('semiuri'))).toBe('user;par=u%40example.net')
    expect(request('semiuri').headers.accept).toHaveLength(6)
  })

  it('§3.1.1.10 transports: a Via may name any transport', () => {
    expect(request('transports').headers.via.map(({ transport }) => transport)).toEqual(['UDP', 'SCTP', 'TLS', 'UNKNOWN', 'TCP'])
  })

  it('§3.1.1.11 mpart01: a body may hold any bytes', () => {
    const message = request('mpart01')
    expect(message.body).toHaveLength(553)
    expect(message.headers.contentType).toMatchObject({ value: 'multipart/mixed' })
  })

  it('§3.1.1.12 unreason and §3.1.1.13 noreason: a reason may be any text, or none', () => {
    expect(response('unreason').reason).toBe('= 2**3 * 5**2 но сто девяносто девять - простое')
    expect(response('noreason')).toMatchObject({ status: 100, reason: '' })
  })
})

describe('RFC 4475 §3.1.2, invalid messages', () => {
  it.each([
    ['§3.1.2.1', 'badinv01', 'Via', 400],
    ['§3.1.2.2', 'clerr', 'Content-Length', 400],
    ['§3.1.2.3', 'ncl', 'Content-Length', 400],
    ['§3.1.2.4', 'scalar02', 'CSeq', 400],
    ['§3.1.2.6', 'quotbal', 'To', 400],
    ['§3.1.2.7', 'ltgtruri', 'request line', 400],
    ['§3.1.2.8', 'lwsruri', 'request line', 400],
    ['§3.1.2.9', 'lwsstart', 'request line', 400],
    ['§3.1.2.10', 'trws', 'request line', 400],
    ['§3.1.2.11', 'escruri', 'request line', 400],
    ['§3.1.2.13', 'regbadct', 'Contact', 400],
    ['§3.1.2.15', 'baddn', 'From', 400],
    ['§3.1.2.16', 'badvers', 'request line', 505],
    ['§3.1.2.17', 'mismatch01', 'CSeq', 400],
    ['§3.1.2.18', 'mismatch02', 'CSeq', 400],
    ['§3.3.1', 'insuf', 'From', 400],
    ['§3.3.8', 'multi01', 'CSeq', 400],
    ['§3.3.9', 'mcl01', 'Content-Length', 400],
  ])('%s %s is refused for its %s with %i', (_section, name, field, status) => {
    expect(refused(name)).toMatchObject({ field, status })
  })

  it.each(['clerr', 'ncl', 'lwsruri', 'lwsstart', 'trws', 'escruri', 'regbadct', 'badvers', 'mismatch01', 'mismatch02', 'mcl01'])(
    'answers %s, because what an answer needs can be read',
    (name) => {
      expect(refused(name).request?.headers.callId).toMatch(new RegExp(`^${name}`))
    },
  )

  it('§3.1.2.5 scalarlg and §3.1.2.19 bigcode: such a response is dropped', () => {
    expect(refused('scalarlg').field).toBe('CSeq')
    expect(refused('bigcode')).toMatchObject({ field: 'status line' })
    expect(refused('bigcode').request).toBeUndefined()
  })

  it('§3.1.2.12 baddate: a malformed Date is left out, because nothing needs it', () => {
    expect(accepted('baddate').ignored).toEqual(['Date'])
    expect(request('baddate').headers.date).toBeUndefined()
  })

  it('§3.1.2.14 badaspec: white space inside the brackets is harmless', () => {
    expect(request('badaspec').headers.to).toMatchObject({ displayName: 'Watson, Thomas', uri: { user: 't.watson' } })
  })
})

describe('RFC 4475 §3.2 to §3.4, well-formed messages that higher layers judge', () => {
  it('§3.2.1 badbranch: a cookie with nothing behind it is no unique branch', () => {
    const [via] = request('badbranch').headers.via
    expect(via && hasUniqueBranch(via)).toBe(false)
  })

  it('§3.3.2 unkscm, §3.3.3 novelsc and §3.3.4 unksm2: any scheme is a URI', () => {
    expect(request('unkscm').uri).toEqual({ scheme: 'nobodyknowsthisscheme', opaque: 'totallyopaquecontent' })
    expect(request('novelsc').uri).toEqual({ scheme: 'soap.beep', opaque: '//192.0.2.103:3002' })
    expect(request('unksm2').headers.to.uri).toEqual({ scheme: 'isbn', opaque: '2983792873' })
    expect(request('unksm2').headers.from.uri).toEqual({ scheme: 'http', opaque: '//www.example.com' })
  })

  it('§3.3.5 bext01: what is required is known', () => {
    expect(request('bext01').headers.require).toEqual(['nothingSupportsThis', 'nothingSupportsThisEither'])
  })

  it('§3.3.6 invut and §3.3.15 sdp01: the media types are known', () => {
    expect(request('invut').headers.contentType?.value).toBe('application/unknownformat')
    expect(request('sdp01').headers.accept).toEqual([{ value: 'text/nobodyknowsthis', parameters: [] }])
  })

  it('§3.3.7 regaut01: a scheme that nobody knows is kept as a text', () => {
    expect(request('regaut01').headers.authorization).toEqual([
      { scheme: 'NoOneKnowsThisScheme', values: new Map(), rest: 'opaque-data=here' },
    ])
  })

  it('§3.3.10 bcast: a response with two Vias, which the transport drops', () => {
    expect(response('bcast').headers.via).toHaveLength(2)
  })

  it('§3.3.11 zeromf: Max-Forwards 0 is a number like any other to its receiver', () => {
    expect(request('zeromf').headers.maxForwards).toBe(0)
  })

  it('§3.3.12 cparam01 and §3.3.13 cparam02: the same text is a parameter of the header, or of the URI', () => {
    expect(request('cparam01').headers.contact).toMatchObject([{ uri: { parameters: [] }, parameters: [{ name: 'unknownparam' }] }])
    expect(request('cparam02').headers.contact).toMatchObject([{ uri: { parameters: [{ name: 'unknownparam' }] }, parameters: [] }])
  })

  it('§3.3.14 regescrt: a registered URI may carry an escaped Route', () => {
    expect(request('regescrt').headers.contact).toMatchObject([
      { uri: { headers: [{ name: 'Route', value: '%3Csip:sip.example.com%3E' }] } },
    ])
  })

  it('§3.4.1 inv2543: an INVITE of RFC 2543 has no branch, no tag and no length', () => {
    const { headers, body } = request('inv2543')
    expect([tagOf(headers.from), headers.via.map(branchOf)]).toEqual([undefined, ['']])
    expect(body.length).toBeGreaterThan(100)
  })
})

it('every message of RFC 4475 is among the fixtures', () => {
  expect(readdirSync(folder)).toHaveLength(49)
})

it('what was accepted means the same after it was written and read again', () => {
  for (const file of readdirSync(folder)) {
    const parsed = parseMessage(readFileSync(path.join(folder, file)))
    if (!parsed.ok) continue
    const again = parseMessage(writeMessage(parsed.message))
    expect(again).toEqual({ ok: true, message: parsed.message, ignored: [] })
  }
})
