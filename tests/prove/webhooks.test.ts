import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { isSigned, type Receiver, testReceiver } from '../../apps/server/src/platform/webhooks/testing.ts'
import { newDataFolder, type RunningDesk, removeDataFolder, startDesk, untilTrue } from '../setup/desk.ts'
import { type Browser, becomeOwner } from '../setup/owner.ts'
import { sized } from '../setup/sizes.ts'

/** Events that every receiver is to be told of, and how often the worker is killed meanwhile. */
const events = sized(40, 2000)
const kills = sized(1, 20)
/** Half of the events happen before the first kill: among them, who answers does not wait for who hangs. */
const calm = events / 2
const PATIENCE_MS = 120_000 + kills * 40_000

const dataFolder = newDataFolder()
const receivers: Receiver[] = []
afterAll(async () => {
  for (const receiver of receivers) await receiver.close()
  removeDataFolder(dataFolder)
})

const receiver = async (mood: Receiver['moodOf']): Promise<Receiver> => {
  const made = await testReceiver()
  made.moodOf = mood
  receivers.push(made)
  return made
}

it(`receivers that hang, fail, answer late, are gone or ask to wait keep nothing from the others, and ${kills} kills of the worker lose none of ${events} events`, {
  timeout: 300_000 + kills * 60_000 + events * 100,
}, async () => {
  const desk = await startDesk({ dataFolder, env: { WEBHOOKS_TO_LOOPBACK: 'allowed', TRUSTED_PROXY: '127.0.0.1' } })
  const owner = await becomeOwner(desk)
  const arrivedAt = new Map<string, number>()
  const seen = new Set<string>()
  const good = await receiver(({ id }) => {
    if (!arrivedAt.has(id)) arrivedAt.set(id, Date.now())
    return {}
  })
  const hanging = [await receiver(() => ({ hang: true })), await receiver(() => ({ hang: true }))]
  // Each event is refused once.
  const failing = await receiver(({ id }) => {
    const known = seen.has(id)
    seen.add(id)
    return known ? {} : { status: 500, answer: 'not now' }
  })
  const late = await receiver(() => ({ afterMs: 3500 }))
  const busy = await receiver((_, count) => (count <= 3 ? { status: 429, headers: { 'retry-after': '3' } } : {}))
  const gone = await receiver(() => ({ status: 410 }))

  const endpoints = new Map<Receiver, { readonly id: string; readonly secret: string }>()
  for (const one of receivers) {
    const { endpoint, secret } = await owner.call('POST /webhook-endpoints', { body: { url: one.url, kinds: ['contact.created'] } })
    endpoints.set(one, { id: endpoint.id, secret })
  }
  const idOf = (one: Receiver) => endpoints.get(one)?.id ?? ''

  await addContacts(owner, 0, calm)
  await untilTrue(() => arrivedAt.size >= calm, `${calm} events at the receiver that answers`, PATIENCE_MS)
  const happened = new Map((await happenedEvents(owner)).map(({ id, at }) => [id, Date.parse(at)]))
  const waits = [...arrivedAt].map(([id, at]) => at - (happened.get(id) ?? 0)).sort((a, b) => a - b)
  const slowest = waits.at(-1) ?? 0
  // A hanging receiver holds a request for 15 s, each of eight at once.
  expect(slowest).toBeLessThan(10_000)

  const killing = (async () => {
    for (let kill = 0; kill < kills; kill++) {
      await pause(500)
      await killWorker(desk)
    }
  })()
  await addContacts(owner, calm, events)
  await killing

  await untilTrue(async () => (await happenedEvents(owner)).length >= events, 'every event to be handed on', PATIENCE_MS)
  const all = (await happenedEvents(owner)).map(({ id }) => id)
  expect(all).toHaveLength(events)
  for (const [one, name] of [
    [good, 'that answers'],
    [failing, 'that fails once'],
    [busy, 'that asks to wait'],
    [late, 'that answers late'],
  ] as const) {
    const { id, secret } = endpoints.get(one) ?? { id: '', secret: '' }
    await untilTrue(
      async () => (await waitingOf(owner, id)) === 0,
      `everything at the receiver ${name}`,
      PATIENCE_MS + (one === late ? events * 600 : 0),
    )
    const came = new Set(one.received.map((each) => each.id))
    expect(
      all.filter((each) => !came.has(each)),
      name,
    ).toEqual([])
    expect(one.received.every((each) => isSigned(each, secret))).toBe(true)
    expect(await statesOf(owner, id)).toEqual(new Map([['delivered', events]]))
  }
  const repeated = good.received.length - new Set(good.received.map(({ id }) => id)).size
  expect(repeated).toBeLessThanOrEqual(kills * 8)

  expect(await owner.call('GET /webhook-endpoints/{endpointId}', { params: { endpointId: idOf(gone) } })).toMatchObject({
    enabled: false,
    offReason: 'gone',
  })
  for (const one of hanging) {
    const states = await statesOf(owner, idOf(one))
    expect(states.get('delivered') ?? 0).toBe(0)
    expect([...states.values()].reduce((sum, count) => sum + count, 0)).toBe(events)
    await untilTrue(() => hasTimedOut(owner, idOf(one)), 'a receiver that hangs to be noticed')
  }
  console.log(
    `${events} events to ${receivers.length} receivers, ${kills} kills: none lost, ${repeated} repeated; the slowest of ${calm} took ${slowest} ms while two receivers hung`,
  )
  expect(await desk.stop()).toBe(0)
})

async function addContacts(owner: Browser, from: number, to: number): Promise<void> {
  for (let n = from; n < to; n++) {
    await owner.call('POST /contacts', {
      body: { name: `Person ${n}`, points: [{ kind: 'email', value: `person-${n}@example.com` }] },
      idempotencyKey: randomUUID(),
    })
    await pause(60) // within what a person may ask in a minute
  }
}

async function happenedEvents(owner: Browser) {
  const found: { id: string; at: string }[] = []
  let cursor: string | undefined
  for (;;) {
    await pause(100)
    const page = await owner.call('GET /events', { query: { limit: 200, ...(cursor ? { cursor } : {}) } })
    found.push(...page.items.filter(({ type }) => type === 'contact.created'))
    if (page.items.length < 200) return found
    cursor = page.next ?? undefined
  }
}

async function waitingOf(owner: Browser, endpointId: string): Promise<number> {
  await pause(250)
  return (await owner.call('GET /webhook-endpoints/{endpointId}', { params: { endpointId } })).waiting
}

/** Whether the log says of a try that there was no answer in time. The log begins with what was never tried, because the oldest come first at a receiver that hangs. */
async function hasTimedOut(owner: Browser, endpointId: string): Promise<boolean> {
  let cursor: string | undefined
  do {
    await pause(250)
    const page = await owner.call('GET /webhook-deliveries', { query: { endpointId, limit: 200, ...(cursor ? { cursor } : {}) } })
    const tried = page.items.findLast(({ attempts }) => attempts > 0)
    if (tried) {
      const { tries } = await owner.call('GET /webhook-deliveries/{deliveryId}', { params: { deliveryId: tried.id } })
      return tries.some(({ error }) => error === 'timeout')
    }
    cursor = page.next ?? undefined
  } while (cursor)
  return false
}

async function statesOf(owner: Browser, endpointId: string): Promise<Map<string, number>> {
  const counted = new Map<string, number>()
  let cursor: string | undefined
  do {
    const page = await owner.call('GET /webhook-deliveries', { query: { endpointId, limit: 200, ...(cursor ? { cursor } : {}) } })
    for (const { state } of page.items) counted.set(state, (counted.get(state) ?? 0) + 1)
    cursor = page.next ?? undefined
  } while (cursor)
  return counted
}

async function killWorker(desk: RunningDesk): Promise<void> {
  await untilTrue(() => desk.pids().worker !== undefined, 'the worker to come back')
  const pid = desk.pids().worker
  if (pid === undefined) return
  process.kill(pid, 'SIGKILL')
  await untilTrue(() => desk.pids().worker !== undefined && desk.pids().worker !== pid, 'the worker to come back')
}
