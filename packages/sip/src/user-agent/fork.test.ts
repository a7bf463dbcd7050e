import { createSocket, type Socket } from 'node:dgram'
import { afterEach, expect, it } from 'vitest'
import { virtualClock } from '../clock.testing.ts'
import { responseTo } from '../dialogs/responses.ts'
import { isRequest, type SipRequest } from '../messages/message.ts'
import { tagOf } from '../messages/name-addr.ts'
import { parseMessage } from '../messages/parse-message.ts'
import { parseUri } from '../messages/uri.ts'
import { writeMessage } from '../messages/write-message.ts'
import { closeDesks, desk } from './desk.testing.ts'

let proxy: Socket
afterEach(async () => {
  proxy.close()
  await closeDesks()
})

/** A proxy's side of a call: what came, and a way to answer the INVITE as one branch of a fork. */
async function fork() {
  proxy = createSocket('udp4')
  const came: SipRequest[] = []
  let from = 0
  proxy.on('message', (bytes, { port }) => {
    const parsed = parseMessage(bytes)
    if (parsed.ok && isRequest(parsed.message)) came.push(parsed.message)
    from = port
  })
  await new Promise<void>((resolve) => proxy.bind(0, '127.0.0.1', resolve))
  const { port } = proxy.address()
  const clock = virtualClock()
  const { agent } = await desk(clock)
  const log: string[] = []
  const uri = parseUri(`sip:bob@127.0.0.1:${port}`, 'To')
  const call = agent.call(
    { to: uri, from: { uri, parameters: [] }, offer: Buffer.from('v=0') },
    {
      onProgress: (status, _body, branch) => log.push(`${status} ${branch}`),
      onAnswered: () => log.push('answered'),
      onEnded: ({ by }) => log.push(`ended by ${by}`),
    },
  )
  await expect.poll(() => came.length).toBe(1)
  const answer = (status: number, toTag: string) =>
    proxy.send(writeMessage(responseTo(came[0]!, status, { toTag, headers: { contact: [{ uri, parameters: [] }] } })), from, '127.0.0.1')
  const seen = () => came.slice(1).map(({ method, headers }) => `${method} ${tagOf(headers.to)}`)
  return { call, clock, log, answer, seen }
}

it('two branches of a fork ring, both answer: the first is the call, the second gets ACK and BYE, §13.2.2.4', async () => {
  const { call, log, answer, seen } = await fork()
  answer(180, 'a')
  answer(180, 'b')
  await expect.poll(() => log).toEqual(['180 a', '180 b'])
  answer(200, 'b')
  await expect.poll(seen).toEqual(['ACK b'])
  answer(200, 'a')
  await expect.poll(() => seen().toSorted()).toEqual(['ACK a', 'ACK b', 'BYE a'])
  expect([log.at(-1), call.session?.dialog.remoteTag, call.session?.ended]).toEqual(['answered', 'b', false])
})

it('a 2xx that comes again is acknowledged again, and one of another branch after 32 s is ended as well', async () => {
  const { clock, log, answer, seen } = await fork()
  answer(200, 'a')
  await expect.poll(seen).toEqual(['ACK a'])
  answer(200, 'a')
  await expect.poll(seen).toEqual(['ACK a', 'ACK a'])
  clock.moveTo(32_001)
  answer(200, 'late')
  await expect.poll(() => seen().toSorted()).toEqual(['ACK a', 'ACK a', 'ACK late', 'BYE late'])
  expect(log).toEqual(['answered'])
})

it('a 2xx that crosses our CANCEL gets ACK and BYE, §9.1', async () => {
  const { call, log, answer, seen } = await fork()
  answer(180, 'a')
  await expect.poll(() => log).toEqual(['180 a'])
  call.hangUp()
  await expect.poll(seen).toEqual(['CANCEL undefined'])
  answer(200, 'a')
  await expect.poll(() => seen().toSorted()).toEqual(['ACK a', 'BYE a', 'CANCEL undefined'])
  expect(log.at(-1)).toBe('ended by us')
})
