import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { ApiProblem } from '@frontdesk/contract/client'
import { afterAll, expect, it } from 'vitest'
import { answers, newDataFolder, type RunningDesk, removeDataFolder, startDesk, untilTrue } from '../setup/desk.ts'
import { startMailServer } from '../setup/mail-server.ts'
import { addService, type Browser, becomeOwner, browserOf, endReminders } from '../setup/owner.ts'

/** Processes that are killed in the middle of bookings: a few in every test run, fifty as a proof. */
const kills = process.env.FRONTDESK_PROVE ? 50 : 3
const customers = 2

type Acknowledged = { readonly start: string; readonly email: string }

const dataFolder = newDataFolder()
afterAll(() => removeDataFolder(dataFolder))

// Longer than the waits inside, so that what is missing is named.
it(`keeps every acknowledged booking and loses no mail through ${kills} kills`, { timeout: 300_000 + kills * 60_000 }, async () => {
  const post = await startMailServer()
  const desk = await startDesk({ dataFolder, env: { SMTP_URL: post.url, MAIL_FROM: 'desk@harbor.example', TRUSTED_PROXY: '127.0.0.1' } })
  const owner = await becomeOwner(desk)
  // Each of them gets one mail; a reminder would be another.
  await endReminders(owner)
  const service = await addService(owner, { name: 'Check-up', durationMinutes: 10 })
  const page = { workspaceSlug: owner.workspace.slug, serviceSlug: service.slug }
  const starts = await freeStarts(owner, page, kills * 40)

  const acknowledged: Acknowledged[] = []
  let over = false
  const booking = Promise.all(Array.from({ length: customers }, (_, n) => keepBooking(desk, page, starts, n, () => over, acknowledged)))
  for (let kill = 0; kill < kills; kill++) {
    await pause(300 + (kill % 5) * 150)
    await killOne(desk, (['web', 'worker', 'postgres'] as const)[kill % 3] ?? 'web')
  }
  over = true
  await booking

  const kept = await bookingsOf(owner)
  expect(acknowledged.length).toBeGreaterThan(kills)
  expect(acknowledged.filter(({ start, email }) => kept.get(start) !== email)).toEqual([])

  const missing = () => {
    const written = new Set(post.arrived.flatMap(({ to }) => to))
    return [...kept.values()].filter((email) => !written.has(email))
  }
  await whileMailArrives(post, () => missing().length === 0).catch((error: unknown) => {
    throw new Error(`${missing().length} mails did not arrive, among them those to ${missing().slice(0, 3)}`, { cause: error })
  })
  const mailsTo = (email: string) => post.arrived.filter(({ to }) => to.includes(email))
  const repeated = [...kept.values()].flatMap((email) => mailsTo(email).slice(1))
  expect(repeated.length).toBeLessThanOrEqual(kills)
  for (const email of kept.values()) expect(new Set(mailsTo(email).map(({ messageId }) => messageId)).size).toBe(1)

  console.log(
    `${kills} kills: ${acknowledged.length} bookings acknowledged, ${kept.size} kept, ${post.arrived.length} mails, ${repeated.length} repeated`,
  )
  expect(await desk.stop()).toBe(0)
  await post.close()
})

/** Waits for something as long as mails come in: bookings are made quicker than written about while processes are killed, and the backlog takes its time. */
async function whileMailArrives(post: { readonly arrived: readonly unknown[] }, isSo: () => boolean): Promise<void> {
  for (let seen = -1; !isSo(); ) {
    seen = post.arrived.length
    await untilTrue(() => isSo() || post.arrived.length > seen, 'another mail', 60_000)
  }
}

type Page = { readonly workspaceSlug: string; readonly serviceSlug: string }

async function freeStarts(browser: Browser, page: Page, enough: number): Promise<string[]> {
  const starts: string[] = []
  let from: string | undefined
  while (starts.length < enough) {
    const answer = await browser.call('GET /pages/{workspaceSlug}/{serviceSlug}/days', {
      params: page,
      query: { days: 31, ...(from ? { from } : {}) },
    })
    starts.push(...answer.days.flatMap(({ slots }) => slots.map(({ start }) => start)))
    const last = answer.days.at(-1)?.date
    if (!last) break
    from = Temporal.PlainDate.from(last).add({ days: 1 }).toString()
  }
  return starts
}

/** One customer after another, each with a start of her own; what got no answer is asked again with the same key. */
async function keepBooking(
  desk: RunningDesk,
  page: Page,
  starts: string[],
  lane: number,
  over: () => boolean,
  acknowledged: Acknowledged[],
): Promise<void> {
  const { call } = browserOf(desk.url)
  for (let n = lane; !over() && n < starts.length; n += customers) {
    const start = starts[n]
    if (start === undefined) return
    const email = `customer-${n}@example.com`
    const idempotencyKey = randomUUID()
    for (;;) {
      const answer = await call('POST /pages/{workspaceSlug}/{serviceSlug}/bookings', {
        params: page,
        body: { start, name: `Customer ${n}`, email },
        idempotencyKey,
      }).catch((error: unknown) => error)
      // Whoever books meanwhile is told to try again, never that something unexpected happened.
      if (answer instanceof ApiProblem && ![429, 503].includes(answer.details.status)) throw answer
      if (!(answer instanceof Error)) {
        acknowledged.push({ start, email })
        break
      }
      await pause(100)
    }
  }
}

async function killOne(desk: RunningDesk, who: 'web' | 'worker' | 'postgres'): Promise<void> {
  await untilTrue(() => desk.pids()[who] !== undefined, `${who} to come back`)
  const pid = desk.pids()[who]
  if (pid === undefined) return
  process.kill(pid, 'SIGKILL')
  await untilTrue(() => desk.pids()[who] !== undefined && desk.pids()[who] !== pid, `${who} to come back`)
  await untilTrue(() => answers(`${desk.url}/healthz`), 'the desk to answer')
}

/** Every booking there is, by start. */
async function bookingsOf(owner: Browser): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const contacts = new Map<string, string>()
  let after: string | undefined
  do {
    const page = await owner.call('GET /contacts', { query: { limit: 200, ...(after ? { cursor: after } : {}) } })
    for (const contact of page.items) contacts.set(contact.id, JSON.stringify(contact))
    after = page.next ?? undefined
  } while (after)
  const now = Temporal.Now.instant()
  for (let day = 0; day < 400; day += 90) {
    const window = { from: now.add({ hours: 24 * day }).toString(), to: now.add({ hours: 24 * (day + 90) }).toString() }
    let cursor: string | undefined
    do {
      const page = await owner.call('GET /bookings', { query: { ...window, limit: 1000, ...(cursor ? { cursor } : {}) } })
      for (const booking of page.items) {
        const email = /customer-\d+@example\.com/.exec(contacts.get(booking.contact.id) ?? '')?.[0]
        if (email) found.set(booking.start, email)
      }
      cursor = page.next ?? undefined
    } while (cursor)
  }
  return found
}
