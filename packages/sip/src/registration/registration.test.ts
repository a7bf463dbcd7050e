import { describe, expect, it } from 'vitest'
import type { Headers } from '../messages/headers.ts'
import { isRequest, noBody, type SipRequest, type SipResponse } from '../messages/message.ts'
import { parseMessage } from '../messages/parse-message.ts'
import { parseUri, type SipUri } from '../messages/uri.ts'
import { writeMessage } from '../messages/write-message.ts'
import { type Binding, register } from './registrar.ts'
import { newRegistration, type Registration, type RegistrationEvent, stepRegistration } from './registration.ts'

function request(sequence: number, lines: readonly string[], callId = 'one'): SipRequest {
  const parsed = parseMessage(
    Buffer.from(
      [
        'REGISTER sip:biloxi.com SIP/2.0',
        'Via: SIP/2.0/UDP h;branch=z9hG4bK1',
        'To: <sip:bob@biloxi.com>',
        'From: <sip:bob@biloxi.com>;tag=1',
        `Call-ID: ${callId}`,
        `CSeq: ${sequence} REGISTER`,
        ...lines,
      ].join('\r\n'),
    ),
  )
  if (!parsed.ok || !isRequest(parsed.message)) throw new Error('refused')
  return parsed.message
}
const contactsOf = (headers: Headers) =>
  writeMessage({ status: 200, reason: '', headers: { ...request(1, []).headers, ...headers }, body: noBody })
    .toString()
    .match(/Contact: (.*)\r/)?.[1]

describe('a registrar, §10.3', () => {
  const one = register([], request(1, ['Contact: <sip:bob@192.0.2.4>', 'Expires: 600']), 0).bindings

  it('refuses * with another Expires than 0, and another scheme', () => {
    expect(register(one, request(2, ['Contact: *']), 0)).toMatchObject({ status: 400, bindings: one })
    expect(register(one, request(2, ['Contact: *', 'Expires: 5']), 0)).toMatchObject({ status: 400, bindings: one })
    expect(register(one, request(2, ['Contact: <tel:+1>']), 0)).toMatchObject({ status: 400, bindings: one })
  })

  it('refuses times below its least with 423, and more contacts than it holds', () => {
    expect(register(one, request(2, ['Contact: <sip:bob@192.0.2.5>;expires=59']), 0)).toMatchObject({
      status: 423,
      headers: { minExpires: 60 },
    })
    const many = Array.from({ length: 10 }, (_, i) => `Contact: <sip:bob@192.0.2.${i + 10}>`)
    expect(register(one, request(2, many), 0)).toMatchObject({ status: 403, bindings: one })
  })

  it('does nothing of a REGISTER that is out of order', () => {
    const both = ['Contact: <sip:bob@192.0.2.9>', 'Contact: <sip:bob@192.0.2.4>']
    expect(register(one, request(1, both), 0)).toMatchObject({ status: 500, bindings: one })
    expect(register(one, request(1, ['Contact: *', 'Expires: 0']), 0)).toMatchObject({ status: 500, bindings: one })
    expect(register(one, request(1, both, 'after-a-restart'), 0).bindings).toHaveLength(2)
  })

  it('answers with every binding and what is left of it, and forgets what ended', () => {
    expect(contactsOf(register(one, request(2, []), 1500).headers)).toBe('<sip:bob@192.0.2.4>;expires=599')
    expect(register(one, request(2, []), 600_000)).toEqual({ status: 200, bindings: [], headers: {} })
  })

  it('takes one away with 0, and all with *', () => {
    const two: readonly Binding[] = register(one, request(2, ['Contact: <sip:bob@192.0.2.5>']), 0).bindings
    expect(register(two, request(3, ['Contact: <sip:bob@192.0.2.4>;expires=0']), 0).bindings).toHaveLength(1)
    expect(register(two, request(3, ['Contact: *', 'Expires: 0']), 0)).toEqual({ status: 200, bindings: [], headers: {} })
  })

  it('takes an hour where the time is malformed or missing, and its most where too much is asked', () => {
    const expires = (line: string) => register([], request(1, [line]), 0).bindings[0]?.expiresAt
    expect(expires('Contact: <sip:bob@192.0.2.4>')).toBe(3_600_000)
    expect(expires('Contact: <sip:bob@192.0.2.4>;expires=soon')).toBe(3_600_000)
    expect(expires('Contact: <sip:bob@192.0.2.4>;expires=99999999999')).toBe(7_200_000)
  })
})

describe('a registration of ours, §10.2', () => {
  const contact = parseUri('sip:bob@192.0.2.4:5070', 'Contact') as SipUri
  const answer = (status: number, lines: readonly string[] = []): RegistrationEvent => {
    const response: SipResponse = { status, reason: 'because', headers: request(1, lines).headers, body: noBody }
    return { kind: 'response', response }
  }
  /** The state and the effects after some events, each at its time. */
  function run(...events: readonly (readonly [number, RegistrationEvent])[]) {
    let state: Registration = newRegistration(contact)
    const asked: string[] = []
    for (const [now, event] of events) {
      const step = stepRegistration(state, event, now, 1)
      state = step.state
      for (const { seconds } of step.effects) asked.push(`${now} ${seconds}`)
    }
    return { state, asked }
  }
  const start = [0, { kind: 'start' }] as const

  it('stops at a refusal that a repeat would not change', () => {
    const { state, asked } = run(start, [100, answer(403)], [10_000_000, { kind: 'timer' }])
    expect(state).toMatchObject({ state: 'refused', problem: { status: 403, reason: 'because' } })
    expect(asked).toEqual(['0 600'])
  })

  it('waits longer after each failure, up to half an hour, RFC 5626 §4.5', () => {
    const failed = { kind: 'failed', failure: 'timeout' } as const
    const dueAt = (count: number) => run(start, ...Array.from({ length: count }, () => [0, failed] as const)).state.dueAt
    expect([1, 2, 3, 7, 50].map(dueAt)).toEqual([30_000, 60_000, 120_000, 1_800_000, 1_800_000])
    expect(stepRegistration(newRegistration(contact), failed, 0, 0).state.dueAt).toBe(15_000)
  })

  it('waits as long as the registrar says', () => {
    expect(run(start, [0, answer(503, ['Retry-After: 300'])]).state).toMatchObject({ state: 'waiting', dueAt: 300_000 })
  })

  it('asks again with the time that is the least, and never twice with the same', () => {
    expect(run(start, [10, answer(423, ['Min-Expires: 1800'])]).asked).toEqual(['0 600', '10 1800'])
    expect(run(start, [10, answer(423, ['Min-Expires: 60'])]).state.state).toBe('waiting')
  })

  it('is renewed before the time that was granted to its own contact ends', () => {
    const granted = answer(200, ['Contact: <sip:bob@192.0.2.9>;expires=9, <sip:bob@192.0.2.4:5070>;expires=300', 'Expires: 7'])
    const { state } = run(start, [1000, granted])
    expect(state).toMatchObject({ state: 'registered', expiresAt: 301_000, dueAt: 269_000 })
    expect(run(start, [1000, granted], [268_999, { kind: 'timer' }]).asked).toEqual(['0 600'])
    expect(run(start, [1000, granted], [269_000, { kind: 'timer' }]).asked).toEqual(['0 600', '269000 600'])
    expect(run(start, [0, answer(200, ['Expires: 40'])]).state.dueAt).toBe(20_000)
  })

  it('is taken away when it stops, and only where there is one', () => {
    expect(run(start, [0, answer(200)], [5, { kind: 'stop' }], [6, answer(200)])).toMatchObject({
      asked: ['0 600', '5 0'],
      state: { state: 'left' },
    })
    expect(run(start, [5, { kind: 'stop' }])).toMatchObject({ asked: ['0 600'], state: { state: 'left' } })
  })
})
