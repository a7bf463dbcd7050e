import { beforeEach, describe, expect, it } from 'vitest'
import { type VirtualClock, virtualClock } from '../clock.testing.ts'
import { isRequest, noBody, type SipMessage, type SipRequest, type SipResponse } from '../messages/message.ts'
import { parseMessage } from '../messages/parse-message.ts'
import { TransactionLayer } from './layer.ts'
import { serverKey } from './matching.ts'

function request(method: string, branch = 'z9hG4bK776asdhds', more: readonly string[] = []): SipRequest {
  const lines = [
    `${method} sip:bob@biloxi.com SIP/2.0`,
    `Via: SIP/2.0/UDP pc33.atlanta.com${branch && `;branch=${branch}`}`,
    'To: <sip:bob@biloxi.com>',
    'From: <sip:alice@atlanta.com>;tag=88sja8x',
    'Max-Forwards: 70',
    'Call-ID: 987asjd97y7atg',
    `CSeq: 986759 ${method}`,
    ...more,
  ]
  const parsed = parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`))
  if (!parsed.ok || !isRequest(parsed.message)) throw new Error('refused')
  return parsed.message
}
const answer = ({ headers }: SipRequest, status: number): SipResponse => ({ status, reason: '', headers, body: noBody })
const name = (message: SipMessage) => (isRequest(message) ? message.method : String(message.status))

let clock: VirtualClock
let layer: TransactionLayer
let log: string[]
const note = (text: string) => log.push(`${clock.now()} ${text}`)
beforeEach(() => {
  clock = virtualClock()
  layer = new TransactionLayer(clock)
  log = []
})

const send = (message: SipMessage) => note(`→ ${name(message)}`)
const client = (what: SipRequest, reliable = false, sending: (message: SipRequest, fail: () => void) => void = send) =>
  layer.request(what, reliable, sending, {
    onResponse: (response) => note(`saw ${response.status}`),
    onFailure: (failure) => note(failure),
  })
const server = (what: SipRequest, reliable = false) =>
  layer.serve(what, reliable, send, {
    onTrying: () => note('trying'),
    onAcknowledged: () => note('acknowledged'),
    onAck: () => note('ack of 2xx'),
    onFailure: (failure) => note(failure),
    onTerminated: () => note('terminated'),
  })

describe('the INVITE client transaction, §17.1.1', () => {
  it('is sent at 0, 500, 1500, 3500, 7500, 15500 and 31500 ms over UDP, and given up at 32000 (timers A and B)', () => {
    client(request('INVITE'))
    clock.moveTo(100_000)
    expect(log).toEqual([...[0, 500, 1500, 3500, 7500, 15_500, 31_500].map((at) => `${at} → INVITE`), '32000 timeout'])
    expect(layer.size.clients).toBe(0)
    expect(clock.waiting()).toBe(0)
  })

  it('is sent once over TCP, and given up at 32000', () => {
    client(request('INVITE'), true)
    clock.moveTo(100_000)
    expect(log).toEqual(['0 → INVITE', '32000 timeout'])
  })

  it('may ring for ever after a provisional response', () => {
    const invite = request('INVITE')
    client(invite)
    clock.moveTo(600)
    layer.takeResponse(answer(invite, 180))
    clock.moveTo(3_600_000)
    expect(log).toEqual(['0 → INVITE', '500 → INVITE', '600 saw 180'])
  })

  it('acknowledges a refusal each time it comes, shows it once, and forgets it after 32 s (timer D)', () => {
    const invite = request('INVITE')
    const { state } = client(invite)
    for (const at of [100, 600, 31_000]) {
      clock.moveTo(at)
      layer.takeResponse(answer(invite, 486))
    }
    expect(state()).toBe('completed')
    clock.moveTo(32_100)
    expect(log).toEqual(['0 → INVITE', '100 → ACK', '100 saw 486', '600 → ACK', '31000 → ACK'])
    expect(layer.takeResponse(answer(invite, 486))).toBe(false)
  })

  it('ends at once with a refusal over TCP (timer D is 0)', () => {
    const invite = request('INVITE')
    client(invite, true)
    layer.takeResponse(answer(invite, 486))
    expect([log, layer.size.clients]).toEqual([['0 → INVITE', '0 → ACK', '0 saw 486'], 0])
  })

  it('shows every 2xx of a fork for 32 s, and acknowledges none (RFC 6026 timer M)', () => {
    const invite = request('INVITE')
    client(invite)
    for (const at of [100, 900, 32_000]) {
      clock.moveTo(at)
      layer.takeResponse(answer(invite, 200))
    }
    layer.takeResponse(answer(invite, 486))
    clock.moveTo(32_100)
    expect(log).toEqual(['0 → INVITE', '100 saw 200', '900 saw 200', '32000 saw 200'])
    expect(layer.size.clients).toBe(0)
  })

  it('has the branch, Route, From, Call-ID and number of the INVITE in its ACK, and the To of the response, §17.1.1.3', () => {
    const invite = request('INVITE', undefined, ['Route: <sip:p1.example.com;lr>', 'Require: 100rel'])
    const sent: SipRequest[] = []
    client(invite, false, (message) => sent.push(message))
    const to = { ...invite.headers.to, parameters: [{ name: 'tag', value: '99sa0xk' }] }
    layer.takeResponse({ ...answer(invite, 404), headers: { ...invite.headers, to } })
    const { via, route, from, callId } = invite.headers
    expect(sent[1]).toEqual({
      method: 'ACK',
      uri: invite.uri,
      headers: { via, route, from, to, callId, maxForwards: 70, cseq: { sequence: 986_759, method: 'ACK' } },
      body: noBody,
    })
  })

  it('tells its user when the transport fails, §17.1.4', () => {
    let fail = () => {}
    client(request('INVITE'), true, (_message, onFailure) => {
      fail = onFailure
    })
    fail()
    expect([log, layer.size.clients]).toEqual([['0 transport'], 0])
  })
})

describe('the other client transaction, §17.1.2', () => {
  it('is sent at 0, 500, 1500, 3500, then every 4 s over UDP, and given up at 32000 (timers E and F)', () => {
    client(request('OPTIONS'))
    clock.moveTo(100_000)
    expect(log).toEqual([
      ...[0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500].map((at) => `${at} → OPTIONS`),
      '32000 timeout',
    ])
  })

  it('is sent every 4 s from its next turn after a provisional response, and still given up at 32000', () => {
    const options = request('OPTIONS')
    client(options)
    clock.moveTo(700)
    layer.takeResponse(answer(options, 100))
    clock.moveTo(100_000)
    expect(log).toEqual([
      '0 → OPTIONS',
      '500 → OPTIONS',
      '700 saw 100',
      ...[1500, 5500, 9500, 13_500, 17_500, 21_500, 25_500, 29_500].map((at) => `${at} → OPTIONS`),
      '32000 timeout',
    ])
  })

  it('shows its final response once, and swallows it for 5 s (timer K)', () => {
    const options = request('OPTIONS')
    client(options)
    layer.takeResponse(answer(options, 200))
    clock.moveTo(4999)
    expect(layer.takeResponse(answer(options, 200))).toBe(true)
    clock.moveTo(5000)
    expect(layer.takeResponse(answer(options, 200))).toBe(false)
    expect(log).toEqual(['0 → OPTIONS', '0 saw 200'])
  })

  it('is sent once over TCP, and ends with its answer', () => {
    const options = request('OPTIONS')
    client(options, true)
    clock.moveTo(20_000)
    layer.takeResponse(answer(options, 200))
    expect([log, layer.size.clients]).toEqual([['0 → OPTIONS', '20000 saw 200'], 0])
  })
})

describe('the INVITE server transaction, §17.2.1', () => {
  it('wants a 100 after 200 ms, unless something was answered before', () => {
    server(request('INVITE'))
    server(request('INVITE', 'z9hG4bKother')).respond(answer(request('INVITE', 'z9hG4bKother'), 180))
    clock.moveTo(1000)
    expect(log).toEqual(['0 → 180', '200 trying'])
  })

  it('repeats its last provisional response to a repeated INVITE', () => {
    const invite = request('INVITE')
    const transaction = server(invite)
    layer.takeRequest(invite)
    transaction.respond(answer(invite, 180))
    layer.takeRequest(invite)
    expect(log).toEqual(['0 → 180', '0 → 180'])
  })

  it('repeats a refusal at 500, 1500, 3500, 7500 … ms until 32000, when nobody acknowledges it (timers G and H)', () => {
    const invite = request('INVITE')
    server(invite).respond(answer(invite, 486))
    clock.moveTo(100_000)
    expect(log).toEqual([
      ...[0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500].map((at) => `${at} → 486`),
      '32000 timeout',
      '32000 terminated',
    ])
  })

  it('sends a refusal once over TCP, and waits 32 s for its ACK', () => {
    const invite = request('INVITE')
    server(invite, true).respond(answer(invite, 486))
    clock.moveTo(100_000)
    expect(log).toEqual(['0 → 486', '32000 timeout', '32000 terminated'])
  })

  it('swallows further ACKs for 5 s (timer I)', () => {
    const invite = request('INVITE')
    const transaction = server(invite)
    transaction.respond(answer(invite, 486))
    clock.moveTo(600)
    expect(layer.takeRequest(request('ACK'))).toBe(true)
    expect(transaction.state()).toBe('confirmed')
    layer.takeRequest(request('ACK'))
    clock.moveTo(5600)
    expect(log).toEqual(['0 → 486', '500 → 486', '600 acknowledged', '5600 terminated'])
  })

  it('lives 32 s after a 2xx, swallows the INVITE, and lets its user repeat the 2xx (RFC 6026 timer L)', () => {
    const invite = request('INVITE')
    const transaction = server(invite)
    transaction.respond(answer(invite, 200))
    layer.takeRequest(invite)
    clock.moveTo(500)
    transaction.respond(answer(invite, 200))
    layer.takeRequest(request('ACK'))
    transaction.respond(answer(invite, 486))
    clock.moveTo(32_000)
    expect(log).toEqual(['0 → 200', '500 → 200', '500 ack of 2xx', '32000 terminated'])
  })
})

describe('the other server transaction, §17.2.2', () => {
  it('repeats its answer to a repeated request for 32 s (timer J), and discards a second one', () => {
    const options = request('OPTIONS')
    const transaction = server(options)
    layer.takeRequest(options)
    transaction.respond(answer(options, 200))
    transaction.respond(answer(options, 500))
    clock.moveTo(31_999)
    layer.takeRequest(options)
    clock.moveTo(32_000)
    expect(log).toEqual(['0 → 200', '31999 → 200', '32000 terminated'])
    expect(layer.takeRequest(options)).toBe(false)
  })

  it('ends with its answer over TCP (timer J is 0)', () => {
    const options = request('OPTIONS')
    server(options, true).respond(answer(options, 200))
    expect(log).toEqual(['0 → 200', '0 terminated'])
  })
})

describe('a request finds its transaction, §17.2.3', () => {
  it('by branch and sent-by; an ACK that of its INVITE', () => {
    server(request('INVITE'))
    expect(layer.takeRequest(request('INVITE', 'z9hG4bKother'))).toBe(false)
    expect(layer.takeRequest(request('OPTIONS'))).toBe(false)
    expect(layer.takeRequest(request('ACK'))).toBe(true)
    expect(layer.cancelled(request('CANCEL'))?.request.method).toBe('INVITE')
    expect(layer.cancelled(request('CANCEL', 'z9hG4bKother'))).toBeUndefined()
  })

  it.each(['', 'old', 'z9hG4bK'])('by its other headers where the branch %j says nothing, RFC 2543', (branch) => {
    server(request('INVITE', branch))
    expect(layer.takeRequest(request('ACK', branch))).toBe(true)
    const other = request('INVITE', branch)
    expect(serverKey({ ...other, headers: { ...other.headers, callId: 'another' } })).not.toBe(serverKey(other))
  })

  it('leaves nothing behind when everything is closed', () => {
    client(request('INVITE'))
    server(request('OPTIONS'))
    server(request('INVITE', 'z9hG4bKother'))
    layer.close()
    expect([layer.size, clock.waiting()]).toEqual([{ clients: 0, servers: 0 }, 0])
  })
})
