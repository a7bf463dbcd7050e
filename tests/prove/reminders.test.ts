import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { newDataFolder, type RunningDesk, removeDataFolder, startDesk, untilTrue } from '../setup/desk.ts'
import { startMailServer } from '../setup/mail-server.ts'
import { addService, type Browser, becomeOwner, endReminders } from '../setup/owner.ts'
import { sized } from '../setup/sizes.ts'

/** Appointments at one time, each with somebody of her own, and how often the worker is killed while their reminders go out. */
const appointments = sized(30, 500)
const kills = sized(1, 5)
/** A service is given by 200 people at most. */
const MOST_STAFF = 200
/** Time to plan them all before they are due. */
const PLANNING_SECONDS = 5 + appointments / 20
const PATIENCE_MS = 180_000

const dataFolder = newDataFolder()
afterAll(() => removeDataFolder(dataFolder))

it(`sends ${appointments} reminders that are due in one minute, none lost and none twice but for a kill, while the worker is killed ${kills} times`, {
  timeout: 300_000 + appointments * 500,
}, async () => {
  const post = await startMailServer()
  const desk = await startDesk({ dataFolder, env: { SMTP_URL: post.url, MAIL_FROM: 'desk@harbor.example', TRUSTED_PROXY: '127.0.0.1' } })
  const owner = await becomeOwner(desk)
  await endReminders(owner)
  const start = Temporal.Now.instant().add({ hours: 6 }).round({ smallestUnit: 'hour' })
  const bookings = await bookAtOnce(owner, start)

  // They were booked without a word; the one mail that each of them gets is the reminder.
  const due = Temporal.Now.instant()
    .add({ seconds: Math.ceil(PLANNING_SECONDS) })
    .round({ smallestUnit: 'minute', roundingMode: 'ceil' })
  const amount = start.since(due).total('minutes')
  await owner.call('POST /reminder-rules', {
    body: { moment: 'before', amount, unit: 'minutes', channel: 'email' },
    idempotencyKey: randomUUID(),
  })
  const reminders = async () => {
    const all = []
    for (const bookingId of bookings.values()) {
      await pause(70) // within what a person may ask in a minute
      all.push(...(await owner.call('GET /bookings/{bookingId}/reminders', { params: { bookingId } })).items)
    }
    return all
  }
  await untilTrue(
    async () => (await reminders()).filter(({ state }) => state === 'planned').length === appointments,
    'all of them to be planned',
  )
  expect(post.arrived.filter(({ to }) => bookings.has(to[0] ?? ''))).toEqual([])

  const came = () => post.arrived.filter(({ to }) => bookings.has(to[0] ?? ''))
  for (let kill = 1; kill <= kills; kill++) {
    await untilTrue(() => came().length >= (kill * appointments) / (kills + 1), 'reminders to go out', PATIENCE_MS)
    await killWorker(desk)
  }
  const reached = () => new Set(came().map(({ to }) => to[0]))
  await untilTrue(() => reached().size === appointments, 'every reminder', PATIENCE_MS)
  await untilTrue(async () => (await reminders()).every(({ state }) => state === 'sent'), 'every reminder to be noted as sent', PATIENCE_MS)

  for (const email of bookings.keys())
    expect(new Set(came().flatMap(({ to, messageId }) => (to[0] === email ? [messageId] : []))).size).toBe(1)
  const repeated = came().length - appointments
  expect(repeated).toBeLessThanOrEqual(kills)
  console.log(`${appointments} reminders due at ${due}, ${kills} kills: none lost, ${repeated} repeated with the same Message-ID`)
  expect(await desk.stop()).toBe(0)
  await post.close()
})

/** Appointments of different people with different staff at one time; by the address of who comes. */
async function bookAtOnce(owner: Browser, start: Temporal.Instant): Promise<Map<string, string>> {
  const bookings = new Map<string, string>()
  for (let from = 0; from < appointments; from += MOST_STAFF) {
    const staffIds = []
    for (let n = from; n < Math.min(from + MOST_STAFF, appointments); n++)
      staffIds.push((await owner.call('POST /staff', { body: { name: `Person ${n}` }, idempotencyKey: randomUUID() })).id)
    const { id: serviceId, version } = await addService(owner, { name: `Visit ${from}`, durationMinutes: 30 })
    await owner.call('PATCH /services/{serviceId}', { params: { serviceId }, version, body: { staffIds } })
    for (const [index, staffId] of staffIds.entries()) {
      const email = `customer-${from + index}@example.com`
      const { id } = await owner.call('POST /bookings', {
        body: {
          serviceId,
          staffId,
          start: start.toString(),
          contact: { name: `Customer ${from + index}`, email },
          notify: false,
          outsideHours: true,
        },
        idempotencyKey: randomUUID(),
      })
      bookings.set(email, id)
    }
  }
  return bookings
}

async function killWorker(desk: RunningDesk): Promise<void> {
  const pid = desk.pids().worker
  if (pid === undefined) throw new Error('There is no worker to kill.')
  process.kill(pid, 'SIGKILL')
  await untilTrue(() => desk.pids().worker !== undefined && desk.pids().worker !== pid, 'the worker to come back')
}
