import { randomBytes } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { afterEach, describe, expect, it } from 'vitest'
import { type VirtualClock, virtualClock } from '../clock.testing.ts'
import { DigestServer } from '../digest/digest-server.ts'
import { parseUri } from '../messages/uri.ts'
import { closeDesks, desk, forgetDesk, uriOf } from './desk.testing.ts'
import type { CallEvents } from './session.ts'

const offer = Buffer.from('v=0 offer')
const answer = Buffer.from('v=0 answer')
afterEach(closeDesks)

const alice = { uri: parseUri('sip:alice@atlanta.example.com', 'From'), parameters: [] }
const until = <Value>(look: () => Value | undefined): Promise<Value> =>
  expect
    .poll(look, { interval: 2 })
    .toBeTruthy()
    .then(() => look() as Value)

/** Lets time pass until something is done. */
async function passing<Value>(clock: VirtualClock, work: Promise<Value>): Promise<Value> {
  let done = false
  work.finally(() => {
    done = true
  })
  await expect
    .poll(
      () => {
        clock.moveTo(clock.now() + 50)
        return done
      },
      { interval: 5 },
    )
    .toBe(true)
  return work
}

/** What one side saw, in order. */
function listener(more: CallEvents = {}) {
  const log: string[] = []
  const events: CallEvents = {
    onProgress: (status) => log.push(String(status)),
    onAnswered: (body) => log.push(`answered ${Buffer.from(body).toString()}`),
    onEnded: ({ by, status, reason }) => log.push(`ended by ${by} ${status ?? ''} ${reason}`),
    ...more,
  }
  return { log, events }
}
const has = (log: readonly string[], text: string) => until(() => log.some((line) => line.includes(text)))

async function standing(transport: 'UDP' | 'TCP' = 'UDP', mine: CallEvents = {}, theirs: CallEvents = {}) {
  const clock = virtualClock()
  const caller = await desk(clock, transport)
  const callee = await desk(clock, transport)
  const here = listener(mine)
  const there = listener(theirs)
  const call = caller.agent.call({ to: uriOf(callee.at), from: alice, offer }, here.events)
  const arrived = await until(() => callee.calls[0])
  arrived.listen(there.events)
  arrived.ring()
  arrived.answer(answer)
  await has(here.log, 'answered')
  await has(there.log, 'answered')
  const session = await until(() => call.session)
  return { clock, caller, callee, here, there, call, session, other: await until(() => arrived.session) }
}

describe.each(['UDP', 'TCP'] as const)('a call over %s', (transport) => {
  it('rings, is answered, and ends for both when one hangs up', async () => {
    const { caller, callee, here, there, call } = await standing(transport)
    expect(here.log).toEqual(['180', 'answered v=0 answer'])
    call.hangUp()
    await has(there.log, 'ended by them')
    expect(here.log.at(-1)).toBe('ended by us  we hung up')
    await expect.poll(() => [caller.agent.size, callee.agent.size]).toEqual([0, 0])
  })

  it('that is refused ends with the reason, and its refusal is acknowledged', async () => {
    const clock = virtualClock()
    const caller = await desk(clock, transport)
    const callee = await desk(clock, transport)
    const { log, events } = listener()
    caller.agent.call({ to: uriOf(callee.at), from: alice, offer }, events)
    const arrived = await until(() => callee.calls[0])
    arrived.reject(486)
    await has(log, 'ended by them 486 Busy Here')
    await expect.poll(() => [caller.agent.size, callee.agent.size]).toEqual([0, 0])
  })

  it('that nobody answers is given up with 487, §9', async () => {
    const clock = virtualClock()
    const caller = await desk(clock, transport)
    const callee = await desk(clock, transport)
    const { log, events } = listener()
    const call = caller.agent.call({ to: uriOf(callee.at), from: alice, offer }, events)
    const arrived = await until(() => callee.calls[0])
    const there = listener()
    arrived.listen(there.events)
    call.hangUp() // waits for a provisional response, §9.1
    arrived.ring()
    await has(there.log, 'ended by them 487 the caller gave up')
    await has(log, 'ended by us 487 Request Terminated')
  })
})

describe('a call', () => {
  it('to nobody ends by itself', async () => {
    const { agent } = await desk(virtualClock())
    const { log, events } = listener()
    agent.call({ to: parseUri('sip:bob@nowhere.example', 'To'), from: alice, offer }, events)
    await has(log, 'ended by failure  no server')
  })

  it.each(['UDP', 'TCP'] as const)(
    'that is too large for a datagram goes over TCP, §18.1.1; where only %s is heard, over that',
    async (heard) => {
      const clock = virtualClock()
      const caller = await desk(clock)
      const callee = await desk(clock, heard)
      await caller.agent.transports.listen({ transport: 'TCP', address: '127.0.0.1', port: 0 })
      const to = parseUri(`sip:bob@127.0.0.1:${callee.at.port}`, 'To')
      const { log, events } = listener()
      caller.agent.call({ to, from: alice, offer: Buffer.alloc(1400, 'x') }, events)
      const arrived = await until(() => callee.calls[0])
      expect(arrived.request.headers.via[0]?.transport).toBe(heard)
      arrived.answer(answer)
      await has(log, 'answered')
    },
  )

  it('answers the challenge of the other side, and stops where its password is wrong', async () => {
    const clock = virtualClock()
    const caller = await desk(clock)
    const server = new DigestServer({ realm: 'trunk', algorithms: ['SHA-256', 'MD5'], key: randomBytes(32), nonceMs: 60_000 })
    const callee = await desk(clock, 'UDP', {
      onCall(call) {
        const verdict = server.verify(call.request, call.request.headers.authorization, () => ({ password: 's3cret' }), clock.now())
        if (verdict.ok) call.answer(answer)
        else call.reject(401, { wwwAuthenticate: server.challenges(clock.now()) })
      },
    })
    const dial = (password: string) => {
      const { log, events } = listener()
      caller.agent.call({ to: uriOf(callee.at), from: alice, offer, credentials: { username: 'trunkuser', password } }, events)
      return log
    }
    await has(dial('s3cret'), 'answered v=0 answer')
    await has(dial('wrong'), 'ended by them 401 Unauthorized')
  })

  it('has early media that are acknowledged before it is answered, RFC 3262', async () => {
    const clock = virtualClock()
    const caller = await desk(clock)
    const callee = await desk(clock)
    const { log, events } = listener({ onProgress: (status, body) => log.push(`${status} ${Buffer.from(body).toString()}`) })
    caller.agent.call({ to: uriOf(callee.at), from: alice, offer }, events)
    const arrived = await until(() => callee.calls[0])
    arrived.ring(183, answer)
    arrived.answer(answer) // waits for the PRACK
    await has(log, 'answered')
    expect(log).toEqual(['183 v=0 answer', 'answered v=0 answer'])
  })

  it('is put on hold by a new offer, and the refusal of one leaves it as it was', async () => {
    const offers: string[] = []
    const { clock, session, other } = await standing(
      'UDP',
      { onOffer: () => undefined },
      {
        onOffer(body) {
          offers.push(Buffer.from(body).toString())
          return Buffer.from('v=0 held')
        },
      },
    )
    expect(await session.offer(Buffer.from('v=0 hold'))).toEqual({ ok: true, body: Buffer.from('v=0 held') })
    expect(offers).toEqual(['v=0 hold'])
    expect(await passing(clock, other.offer(Buffer.from('v=0 back')))).toMatchObject({ ok: false, status: 488 })
    expect([session.ended, other.ended]).toEqual([false, false])
  })

  it('lets two offers that cross happen one after the other, §14.1', async () => {
    const accept = { onOffer: (body: Uint8Array) => Buffer.from(`${Buffer.from(body).toString()} yes`) }
    const { clock, session, other } = await standing('UDP', accept, accept)
    const both = passing(clock, Promise.all([session.offer(Buffer.from('mine')), other.offer(Buffer.from('theirs'))]))
    expect((await both).map((outcome) => outcome.ok && Buffer.from(outcome.body).toString())).toEqual(['mine yes', 'theirs yes'])
  })

  it('carries digits by INFO and a transfer by REFER with NOTIFY, RFC 3515', async () => {
    const heard: string[] = []
    const steps: number[] = []
    const { session, other } = await standing(
      'UDP',
      { onTransfer: (status) => steps.push(status) },
      {
        onInfo: (type, body) => heard.push(`${type} ${Buffer.from(body).toString()}`),
        onRefer(to, notify) {
          heard.push(`refer ${'host' in to.uri ? to.uri.user : ''}`)
          notify(200, 'OK')
        },
      },
    )
    expect(await session.info('application/dtmf-relay', Buffer.from('Signal=5'))).toMatchObject({ ok: true })
    expect(await session.refer({ uri: parseUri('sip:carol@chicago.com', 'Refer-To'), parameters: [] })).toMatchObject({ ok: true })
    await expect.poll(() => steps.toSorted()).toEqual([100, 200])
    expect(heard).toEqual(['application/dtmf-relay Signal=5', 'refer carol'])
    // Who does not transfer says so.
    expect(await other.refer({ uri: parseUri('sip:carol@chicago.com', 'Refer-To'), parameters: [] })).toMatchObject({
      ok: false,
      status: 603,
    })
  })

  it('is refreshed by UPDATE at half of its time, and ends when the other side is gone, RFC 4028', async () => {
    const { clock, callee, here, session } = await standing()
    clock.moveTo(900_000)
    await expect.poll(() => session.dialog.localSequence).toBe(2)
    await expect.poll(() => callee.agent.endpoint.counts.received).toBe(3) // INVITE, ACK, UPDATE
    await callee.agent.transports.close()
    forgetDesk(callee)
    await expect
      .poll(
        () => {
          clock.moveTo(clock.now() + 10_000)
          return here.log.at(-1)
        },
        { interval: 2 },
      )
      .toBe('ended by failure  the session was not refreshed')
  })

  it('is ended for the other side too when we close', async () => {
    const { caller, there } = await standing()
    await caller.agent.close()
    forgetDesk(caller)
    await has(there.log, 'ended by them')
    expect(caller.agent.endpoint.transactions).toEqual({ clients: 0, servers: 0 })
  })

  it('that takes the place of another ends it, RFC 3891', async () => {
    const { caller, callee, here, session } = await standing()
    const replaces = { callId: session.dialog.callId, toTag: session.dialog.remoteTag, fromTag: session.dialog.localTag, earlyOnly: false }
    const second = listener()
    caller.agent.call({ to: uriOf(callee.at), from: alice, offer, headers: { replaces } }, second.events)
    const arrived = await until(() => callee.calls[1])
    arrived.answer(answer)
    await has(second.log, 'answered')
    await has(here.log, 'ended by them')
    const third = listener()
    caller.agent.call({ to: uriOf(callee.at), from: alice, offer, headers: { replaces } }, third.events)
    await has(third.log, 'ended by them 481')
  })
})

describe('a stranger', () => {
  let socket: Socket
  afterEach(() => void socket.close())

  async function stranger(lines: readonly string[][]) {
    const clock = virtualClock()
    const { agent, at, calls } = await desk(clock)
    socket = createSocket('udp4')
    const came: string[] = []
    socket.on('message', (bytes) => came.push(bytes.toString()))
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
    for (const one of lines) socket.send(`${one.join('\r\n')}\r\n\r\n`, at.port, '127.0.0.1')
    return { agent, came, calls, clock, at }
  }
  const request = (method: string, ...more: readonly string[]) => [
    `${method} sip:bob@example.com SIP/2.0`,
    `Via: SIP/2.0/UDP 203.0.113.9:5999;rport;branch=z9hG4bK${method}${more.length}`,
    'From: <sip:eve@example.com>;tag=1',
    ...(more.some((line) => line.startsWith('To:')) ? [] : ['To: <sip:bob@example.com>']),
    'Call-ID: stranger',
    `CSeq: 1 ${method}`,
    ...more,
  ]

  it.each([
    ['OPTIONS', [], 200],
    ['BYE', ['To: <sip:bob@example.com>;tag=none'], 481],
    ['CANCEL', [], 481],
    ['PUBLISH', [], 405],
    ['INVITE', ['Require: nothingSupportsThis', 'Contact: <sip:eve@203.0.113.9>'], 420],
    ['INVITE', [], 400],
    ['REFER', ['Refer-To: <sip:premium@example.com>'], 403],
    ['INVITE', ['Max-Forwards: 300'], 400],
    ['INVITE', ['Replaces: a;to-tag=b;from-tag=c', 'Contact: <sip:eve@203.0.113.9>'], 481],
  ])('with %s %j gets %i, at the port it came from (RFC 3581)', async (method, more, status) => {
    const { came } = await stranger([request(method, ...more)])
    const text = await until(() => came[0])
    expect(text).toMatch(new RegExp(`^SIP/2.0 ${status} `))
    expect(text).toContain(`;received=127.0.0.1;rport=${socket.address().port}`)
  })

  it('gets no answer to garbage and to an ACK, which are counted', async () => {
    const { agent, came } = await stranger([['garbage'], request('ACK'), ['SIP/2.0 999 Nonsense'], request('OPTIONS')])
    await until(() => came[0])
    expect(came).toHaveLength(1)
    expect([agent.endpoint.counts.received, Object.fromEntries(agent.endpoint.counts.malformed)]).toEqual([
      4,
      { 'request line': 1, 'status line': 1 },
    ])
  })

  it('gets 482 for a call that comes over two ways, §8.2.2.2', async () => {
    const contact = 'Contact: <sip:eve@203.0.113.9>'
    const { came, calls } = await stranger([request('INVITE', contact), request('INVITE', contact, 'Subject: again')])
    const text = await until(() => came.find((one) => one.startsWith('SIP/2.0 482')))
    expect(text).toMatch(/^SIP\/2\.0 482 /)
    expect(calls).toHaveLength(1)
  })

  it('that never acknowledges gets the 2xx eleven times in 32 s, and then a BYE, §13.3.1.4', async () => {
    const { came, calls, clock } = await stranger([request('INVITE', 'Contact: <sip:eve@127.0.0.1:9>')])
    const { log, events } = listener()
    const call = await until(() => calls[0])
    call.listen(events)
    call.answer(answer)
    clock.moveTo(32_000)
    await expect.poll(() => came.filter((one) => one.startsWith('SIP/2.0 200')).length).toBe(11)
    expect(log).toEqual(['ended by failure  no ACK came'])
  })
})
