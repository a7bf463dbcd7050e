import { describe, expect, it } from 'vitest'
import type { Headers } from '../messages/headers.ts'
import { isRequest, noBody, type SipRequest, type SipResponse } from '../messages/message.ts'
import { parseMessage } from '../messages/parse-message.ts'
import { parseUri, writeUri } from '../messages/uri.ts'
import { writeMessage } from '../messages/write-message.ts'
import {
  ackIn,
  afterResponse,
  contactAt,
  type Dialog,
  type Draft,
  dialogOfClient,
  dialogOfServer,
  keyOfRequest,
  keyOfResponse,
  nextHop,
  receive,
  requestIn,
  routed,
} from './dialog.ts'
import { inspect, responseTo } from './responses.ts'

function request(method: string, ...lines: readonly string[]): SipRequest {
  const head = [
    `${method} sip:bob@biloxi.example.com SIP/2.0`,
    'Via: SIP/2.0/UDP client.atlanta.example.com:5060;branch=z9hG4bK74b43',
    'Max-Forwards: 70',
    'From: Alice <sip:alice@atlanta.example.com>;tag=9fxced76sl',
    'Call-ID: 3848276298220188511@atlanta.example.com',
    `CSeq: 1 ${method}`,
    ...(lines.some((line) => line.startsWith('To:')) ? [] : ['To: Bob <sip:bob@biloxi.example.com>']),
    ...lines,
  ]
  const parsed = parseMessage(Buffer.from(`${head.join('\r\n')}\r\n\r\n`))
  if (!parsed.ok || !isRequest(parsed.message)) throw new Error(parsed.ok ? 'no request' : parsed.fault.why)
  return parsed.message
}
const invite = request(
  'INVITE',
  'Contact: <sip:alice@client.atlanta.example.com>',
  'Record-Route: <sip:ss2.biloxi.example.com;lr>, <sip:ss1.atlanta.example.com;lr>',
)
const bobsContact = contactAt('bob', '192.0.2.4', 5060, 'UDP')
const answer = (status: number, toTag: string, headers: Headers = { contact: [bobsContact] }): SipResponse =>
  responseTo(invite, status, { toTag, headers })
const text = (draft: Draft) => writeMessage({ ...draft, headers: { via: invite.headers.via, ...draft.headers } }).toString()
const routesOf = ({ routeSet }: Dialog) => routeSet.map(({ uri }) => writeUri(uri))

describe('a response, §8.2.6', () => {
  it('copies what finds its way back, and adds a tag to all but 100', () => {
    expect(responseTo(invite, 100, { toTag: 'x' }).headers.to).toEqual(invite.headers.to)
    const { headers } = responseTo(invite, 180, { toTag: 'x' })
    expect([headers.via, headers.from, headers.callId, headers.cseq]).toEqual([
      invite.headers.via,
      invite.headers.from,
      invite.headers.callId,
      invite.headers.cseq,
    ])
    expect(headers.to.parameters).toEqual([{ name: 'tag', value: 'x' }])
    const inside = request('BYE', 'To: <sip:bob@biloxi.example.com>;tag=old')
    expect(responseTo(inside, 200, { toTag: 'x' }).headers.to).toEqual(inside.headers.to)
  })

  it('copies Record-Route where it makes a dialog, §12.1.1', () => {
    expect([180, 200, 486].map((status) => responseTo(invite, status).headers.recordRoute?.length)).toEqual([2, 2, undefined])
  })
})

describe('a request that nobody can process, §8.2', () => {
  const abilities = { methods: ['INVITE', 'OPTIONS'], extensions: ['timer'], types: ['application/sdp'] }
  it('is refused for its method, scheme, extension or body', () => {
    expect(inspect(request('PUBLISH'), abilities)).toEqual({ status: 405, headers: { allow: ['INVITE', 'OPTIONS'] } })
    expect(inspect({ ...invite, uri: parseUri('soap.beep://192.0.2.103:3002', 'URI') }, abilities)).toMatchObject({ status: 416 })
    expect(inspect(request('INVITE', 'Require: timer, 100rel'), abilities)).toEqual({ status: 420, headers: { unsupported: ['100rel'] } })
    const withBody = (...lines: readonly string[]) => inspect({ ...request('INVITE', ...lines), body: Buffer.from('x') }, abilities)
    expect([
      withBody()?.status,
      withBody('Content-Type: text/plain')?.status,
      withBody('Content-Type: application/sdp', 'Content-Encoding: gzip')?.status,
    ]).toEqual([415, 415, 415])
  })
  it('is processed where the body is known, empty, or optional', () => {
    const body = Buffer.from('x')
    expect(inspect(invite, abilities)).toBeUndefined()
    expect(inspect({ ...request('INVITE', 'Content-Type: application/sdp'), body }, abilities)).toBeUndefined()
    expect(
      inspect({ ...request('INVITE', 'Content-Type: a/b', 'Content-Disposition: render;handling=optional'), body }, abilities),
    ).toBeUndefined()
  })
})

describe('a dialog, §12.1', () => {
  it('is none with 100, without tag, without Contact, and with a refusal', () => {
    expect(dialogOfClient(invite, answer(100, 'x'))).toBeUndefined()
    expect(dialogOfClient(invite, responseTo(invite, 180, { headers: { contact: [bobsContact] } }))).toBeUndefined()
    expect(dialogOfClient(invite, answer(180, 'x', {}))).toBeUndefined()
    expect(dialogOfClient(invite, answer(486, 'x'))).toBeUndefined()
    expect(dialogOfServer(request('INVITE'), 'x', bobsContact)).toBeUndefined()
  })

  it('has the route of Record-Route, reversed for who called', () => {
    const client = dialogOfClient(invite, answer(180, '314159'))
    const server = dialogOfServer(invite, '314159', bobsContact)
    if (!client || !server) throw new Error('no dialog')
    expect([client.state, routesOf(client)]).toEqual(['early', ['sip:ss1.atlanta.example.com;lr', 'sip:ss2.biloxi.example.com;lr']])
    expect(routesOf(server)).toEqual(['sip:ss2.biloxi.example.com;lr', 'sip:ss1.atlanta.example.com;lr'])
    expect(keyOfResponse(answer(180, '314159'))).toBe(`${client.callId} ${client.localTag} ${client.remoteTag}`)
  })

  it('of each branch of a fork is its own; the 2xx confirms its own and takes route and target anew', () => {
    const [one, two] = [dialogOfClient(invite, answer(180, 'a')), dialogOfClient(invite, answer(183, 'b'))]
    expect([one?.remoteTag, two?.remoteTag]).toEqual(['a', 'b'])
    const final = responseTo({ ...invite, headers: { ...invite.headers, recordRoute: [] } }, 200, {
      toTag: 'a',
      headers: { contact: [contactAt('bob', '192.0.2.5', 5060, 'UDP')] },
    })
    const confirmed = one && afterResponse(one, final)
    expect(confirmed).toMatchObject({ state: 'confirmed', routeSet: [], remoteTarget: { host: '192.0.2.5' } })
    expect(confirmed && afterResponse(confirmed, final)).toEqual(confirmed)
  })
})

describe('a request in a dialog, §12.2', () => {
  const confirmed = () => {
    const dialog = dialogOfClient(invite, answer(200, '314159'))
    if (!dialog) throw new Error('no dialog')
    return dialog
  }

  it('has the next number, the tags, the target and the route', () => {
    const { request: bye, dialog } = requestIn(confirmed(), 'BYE')
    expect(text(bye).split('\r\n').slice(0, 8)).toEqual([
      'BYE sip:bob@192.0.2.4:5060 SIP/2.0',
      'Via: SIP/2.0/UDP client.atlanta.example.com:5060;branch=z9hG4bK74b43',
      'Max-Forwards: 70',
      'Route: <sip:ss1.atlanta.example.com;lr>, <sip:ss2.biloxi.example.com;lr>',
      'From: "Alice" <sip:alice@atlanta.example.com>;tag=9fxced76sl',
      'To: "Bob" <sip:bob@biloxi.example.com>;tag=314159',
      'Call-ID: 3848276298220188511@atlanta.example.com',
      'CSeq: 2 BYE',
    ])
    expect(writeUri(nextHop(bye))).toBe('sip:ss1.atlanta.example.com;lr')
    expect(requestIn(dialog, 'INFO').request.headers.cseq.sequence).toBe(3)
    expect(requestIn(dialog, 'INVITE').request.headers.contact).toEqual(invite.headers.contact)
  })

  it('puts the target last where the first router is strict, §12.2.1.1', () => {
    const route = ['sip:strict.example.com', 'sip:loose.example.com;lr'].map((uri) => ({ uri: parseUri(uri, 'Route'), parameters: [] }))
    const sent = routed(parseUri('sip:bob@192.0.2.4', 'URI'), route)
    expect([writeUri(sent.uri), sent.route.map(({ uri }) => writeUri(uri))]).toEqual([
      'sip:strict.example.com',
      ['sip:loose.example.com;lr', 'sip:bob@192.0.2.4'],
    ])
  })

  it('that acknowledges a 2xx has the number and the credentials of its INVITE, §13.2.2.4', () => {
    const authorization = [{ scheme: 'Digest', values: new Map([['realm', 'r']]) }]
    const ack = ackIn(confirmed(), { headers: { ...invite.headers, authorization } })
    expect(ack).toMatchObject({ method: 'ACK', headers: { cseq: { sequence: 1, method: 'ACK' }, authorization } })
  })

  it('is refused when it comes out of order, §12.2.2, and may move the target', () => {
    const dialog = dialogOfServer(invite, '314159', bobsContact)
    if (!dialog) throw new Error('no dialog')
    const inside = (method: string, sequence: number, ...lines: readonly string[]) => {
      const { headers, ...rest } = request(method, 'To: <sip:bob@biloxi.example.com>;tag=314159', ...lines)
      return { ...rest, headers: { ...headers, cseq: { sequence, method } } }
    }
    expect(keyOfRequest(inside('BYE', 2))).toBe(`${dialog.callId} 314159 9fxced76sl`)
    expect(keyOfRequest(invite)).toBeUndefined()
    expect(receive({ ...dialog, remoteSequence: 5 }, inside('BYE', 4))).toEqual({ ok: false, status: 500 })
    expect(receive(dialog, inside('INVITE', 7, 'Contact: <sip:alice@192.0.2.77>'))).toMatchObject({
      ok: true,
      dialog: { remoteSequence: 7, remoteTarget: { host: '192.0.2.77' } },
    })
    expect(receive(dialog, inside('INFO', 8, 'Contact: <sip:alice@192.0.2.77>'))).toMatchObject({
      ok: true,
      dialog: { remoteTarget: dialog.remoteTarget },
    })
    expect(receive({ ...dialog, remoteSequence: 5 }, { ...inside('ACK', 1), body: noBody })).toMatchObject({
      ok: true,
      dialog: { remoteSequence: 5 },
    })
  })
})
