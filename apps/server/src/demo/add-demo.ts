import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { BookingId, Principal, ServiceId, StaffId } from '@frontdesk/contract'
import { type AccountServices, setOpeningHours, setUpServer, setupLink, showMe } from '../modules/accounts/index.ts'
import { addNote } from '../modules/contacts/index.ts'
import { addService, addStaff, bookAppointment, cancelBooking, closeTime, listSlots, recordOutcome } from '../modules/scheduling/index.ts'
import type { Clock } from '../platform/clock/index.ts'
import type { WorkspaceTx } from '../platform/database/index.ts'
import { bookingNotes, cancelReasons, clinic, deskNotes, patients, people, services, week } from './harbor-dental.ts'

/** How the demo's owner signs in. */
export type DemoSignIn = { readonly email: string; readonly password: string }

/** A clock that the demo moves through the weeks before today. */
export type DemoClock = Clock & { set(instant: Temporal.Instant): void }

const PAST_DAYS = 16
const VISITS_A_DAY = 7
const LONGEST_AHEAD_DAYS = 11

/** The sign-in of an earlier start, kept in the data folder for the operator alone. */
export function demoSignIn(dataFolder: string): DemoSignIn | undefined {
  const file = path.join(dataFolder, 'demo-sign-in.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

/**
 * Lets a small clinic live through its last weeks, day by day, by the same use cases people use: so that calendar, contacts and timelines look as they would. Nobody is
 * written to. Answers undefined on a server that has an owner already: real data stays alone.
 */
export async function addDemo(accounts: AccountServices, clock: DemoClock, dataFolder: string, today: Temporal.Instant): Promise<DemoSignIn | undefined> {
  const first = today.toZonedDateTimeISO(clinic.zone).subtract({ days: PAST_DAYS })
  clock.set(first.toInstant())
  const link = await setupLink(accounts, 'http://localhost')
  if (link === undefined) return demoSignIn(dataFolder)
  const signIn = { email: clinic.email, password: randomBytes(9).toString('base64url') + randomBytes(6).toString('base64url') }
  writeFileSync(path.join(dataFolder, 'demo-sign-in.json'), JSON.stringify(signIn), { mode: 0o600 })
  const session = await setUpServer(
    accounts,
    link.split('/').at(-1) ?? '',
    { name: clinic.owner, email: signIn.email, password: signIn.password, businessName: clinic.name, zone: clinic.zone, locale: clinic.locale, currency: clinic.currency, country: clinic.country },
    { ip: '127.0.0.1', userAgent: 'Frontdesk demo' },
  )
  const me = await showMe(accounts, session.userId)
  const workspace = me.workspaces[0]
  if (!workspace) throw new Error('The demo has no workspace.')
  const by: Principal = { kind: 'member', workspaceId: workspace.id, memberId: workspace.memberId, userId: session.userId, role: 'owner' }
  const within = <T>(work: (tx: WorkspaceTx) => Promise<T>) => accounts.database.inWorkspace(workspace.id, work)

  const house = await within((tx) => furnish(tx, by))
  const chance = seeded(7)
  for (let day = 0; day <= PAST_DAYS; day++) {
    const morning = first.add({ days: day }).with({ hour: 9, minute: 5 })
    clock.set(Temporal.Instant.compare(morning.toInstant(), today) < 0 ? morning.toInstant() : today)
    await within((tx) => noteOutcomes(tx, by, chance))
    for (let visit = 0; visit < VISITS_A_DAY; visit++) await within((tx) => bookOne(tx, by, house, chance)).catch(onlyTaken)
  }
  clock.set(today)
  await within((tx) => leaveTraces(tx, by, house, chance))
  return signIn
}

type Furnished = { readonly staff: readonly StaffId[]; readonly services: readonly { readonly id: ServiceId; readonly minutes: number }[] }

async function furnish(tx: WorkspaceTx, by: Principal): Promise<Furnished> {
  await setOpeningHours(tx, by, { weekly: [...week], exceptions: [], holidays: null, version: 1 })
  const staff: StaffId[] = []
  for (const person of people) staff.push((await addStaff(tx, by, { ...person, active: true })).id)
  const made: { id: ServiceId; minutes: number }[] = []
  for (const { by: givers, price, bufferAfterMinutes, durationMinutes, ...service } of services) {
    const row = await addService(tx, by, {
      ...service,
      durationMinutes,
      bufferAfterMinutes,
      bufferBeforeMinutes: 0,
      price: price === null ? null : { minor: price, currency: clinic.currency },
      noticeMinutes: 120,
      horizonDays: 60,
      stepMinutes: 15,
      changeNoticeMinutes: 1440,
      place: service.slug === 'braces' ? { kind: 'video', detail: 'https://meet.harbordental.example/aligners' } : { kind: 'address', detail: '18 Wharf Street, Portland, Maine' },
      phone: 'optional',
      choosePerson: true,
      active: true,
      staffIds: givers.flatMap((index) => staff[index] ?? []),
    })
    made.push({ id: row.id, minutes: durationMinutes })
  }
  return { staff, services: made }
}

/** One patient books one of the next days, more often soon than late. */
async function bookOne(tx: WorkspaceTx, by: Principal, house: Furnished, chance: () => number): Promise<void> {
  const service = house.services[Math.floor(chance() ** 1.7 * house.services.length)]
  if (!service) return
  const from = tx.now.add({ hours: 3 + Math.floor(chance() ** 1.5 * LONGEST_AHEAD_DAYS * 24) })
  const { slots } = await listSlots(tx, by, { serviceId: service.id, from, to: from.add({ hours: 60 }) })
  const slot = slots[Math.floor(chance() * Math.min(slots.length, 14))]
  if (!slot) return
  const number = Math.floor(chance() * patients.length)
  const booking = await bookAppointment(tx, by, {
    serviceId: service.id,
    start: Temporal.Instant.from(slot.start),
    who: { name: patients[number] ?? 'Tom Li', email: `patient${number + 1}@example.com`, phone: `+1207555${String(100 + number).padStart(4, '0')}`, locale: 'en-US', zone: clinic.zone },
    note: bookingNotes[Math.floor(chance() * bookingNotes.length)] ?? null,
    placeDetail: null,
    source: 'page',
    outsideHours: false,
    quiet: true,
    holdMinutes: null,
  })
  if (chance() < 0.08) await cancelBooking(tx, by, { bookingId: booking.id, reason: cancelReasons[Math.floor(chance() * cancelReasons.length)] ?? null, quiet: true })
}

/** What happened to the appointments that are over. */
async function noteOutcomes(tx: WorkspaceTx, by: Principal, chance: () => number): Promise<void> {
  const over = await tx.db
    .selectFrom('booking')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('status', '=', 'confirmed')
    .where('ends_at', '<', tx.now)
    .execute()
  for (const { id } of over) await recordOutcome(tx, by, { bookingId: id as BookingId, outcome: chance() < 0.93 ? 'attended' : 'no_show' })
}

/** What a desk leaves behind: notes, a closed hour, a time that is held. */
async function leaveTraces(tx: WorkspaceTx, by: Principal, house: Furnished, chance: () => number): Promise<void> {
  const known = await tx.db.selectFrom('contact').select('id').where('workspace_id', '=', tx.workspaceId).orderBy('last_activity_at', 'desc').limit(deskNotes.length).execute()
  for (const [index, { id }] of known.entries()) await addNote(tx, by, { contactId: id, body: deskNotes[index] ?? '' })
  const tomorrow = tx.now.toZonedDateTimeISO(clinic.zone).add({ days: 1 })
  const start = tomorrow.with({ hour: 15, minute: 0, second: 0, millisecond: 0 })
  await closeTime(tx, by, { staffId: house.staff[1] ?? null, start: start.toInstant(), end: start.add({ hours: 1, minutes: 30 }).toInstant(), label: 'School visit' })
  const service = house.services[0]
  if (!service) return
  const { slots } = await listSlots(tx, by, { serviceId: service.id, from: tx.now.add({ hours: 20 }), to: tx.now.add({ hours: 96 }) })
  const slot = slots[Math.floor(chance() * slots.length)]
  const patient = known[0]
  if (!slot || !patient) return
  await bookAppointment(tx, by, {
    serviceId: service.id,
    start: Temporal.Instant.from(slot.start),
    who: { contactId: patient.id },
    note: null,
    placeDetail: null,
    source: 'member',
    outsideHours: false,
    quiet: true,
    holdMinutes: 1440,
  })
}

/** Somebody was faster: the demo goes on without that visit. */
function onlyTaken(error: unknown): void {
  if (!(error instanceof Error) || !/scheduling\//.test(error.message)) throw error
}

/** The same "chance" at every start, so that pictures stay comparable (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
