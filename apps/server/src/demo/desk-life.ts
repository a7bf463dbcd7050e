import type { BookingId, Principal, ServiceId, StaffId } from '@frontdesk/contract'
import { addNote, editContact, loadContact } from '../modules/contacts/index.ts'
import { bookAppointment, cancelBooking, closeTime, listSlots, recordOutcome, rescheduleBooking } from '../modules/scheduling/index.ts'
import type { WorkspaceTx } from '../platform/database/index.ts'
import { type Chance, pick } from './chance.ts'
import { bookingNotes, cancelReasons, clinic, deskNotes, type Patient, patients, tags } from './harbor-dental.ts'

/** Who can be booked in the demo and for what. The first person is the owner. */
export type Clinic = {
  readonly staff: readonly StaffId[]
  readonly services: readonly { readonly id: ServiceId; readonly minutes: number }[]
  /** When each patient, by her number, was booked last. */
  readonly lastVisits: Map<number, Temporal.Instant>
}

const LONGEST_AHEAD_DAYS = 12
const FIRST_CHOICES = 16
const SEARCH_HOURS = 60
const DAYS_BETWEEN = 9
const MOST_TRIES = 12
/** 555-0100 to 555-0199, one of which is the clinic's. */
const FICTIONAL_NUMBERS = 99

/** A patient books one of the next days on the booking page, more often soon than late. */
export const bookOnline = (tx: WorkspaceTx, open: Clinic, chance: Chance): Promise<BookingId | undefined> =>
  book(tx, { kind: 'visitor', workspaceId: tx.workspaceId }, open, chance)

/** A patient calls, and the desk writes it down. */
export const takeByPhone = (tx: WorkspaceTx, by: Principal, open: Clinic, chance: Chance): Promise<BookingId | undefined> =>
  book(tx, by, open, chance)

async function book(tx: WorkspaceTx, by: Principal, open: Clinic, chance: Chance): Promise<BookingId | undefined> {
  const service = open.services[Math.floor(chance() ** 1.7 * open.services.length)]
  const from = tx.now.add({ hours: 3 + Math.floor(chance() ** 1.4 * LONGEST_AHEAD_DAYS * 24) })
  const number = somebodyFor(open, from, chance)
  const note = pick(chance, bookingNotes)
  const choice = chance()
  const free = service && (await freeNear(tx, service.id, from, choice))
  if (!free) return undefined
  const id = await take(tx, by, { serviceId: service.id, free, number, note: by.kind === 'visitor' ? note : null })
  if (id) open.lastVisits.set(number, free.start)
  return id
}

/** How far the desk looks for a free time, in steps of `SEARCH_HOURS`: over a long weekend and further. */
const LONGEST_SEARCH = 4

/** A patient books on the booking page what is free first from a moment on. */
export async function bookFirstFree(
  tx: WorkspaceTx,
  { services: [service] }: Clinic,
  { mailbox, from }: { readonly mailbox: string; readonly from: Temporal.Instant },
): Promise<BookingId | undefined> {
  const number = patients.findIndex((patient) => patient.mailbox === mailbox)
  for (let step = 0; service && step < LONGEST_SEARCH; step++) {
    const free = await freeNear(tx, service.id, from.add({ hours: step * SEARCH_HOURS }), 0)
    if (free) return take(tx, { kind: 'visitor', workspaceId: tx.workspaceId }, { serviceId: service.id, free, number, note: null })
  }
  return undefined
}

type Wish = { readonly serviceId: ServiceId; readonly free: Free; readonly number: number; readonly note: string | null }

async function take(tx: WorkspaceTx, by: Principal, { serviceId, free, number, note }: Wish): Promise<BookingId | undefined> {
  const patient = patients[number]
  if (!patient) return undefined
  const { id } = await bookAppointment(tx, by, {
    serviceId,
    start: free.start,
    who: identityOf(patient, number),
    note,
    placeDetail: null,
    source: by.kind === 'visitor' ? 'page' : 'member',
    outsideHours: false,
    quiet: true,
    holdMinutes: null,
  })
  await markAsRead(tx, id)
  return id
}

/** Regulars come more often than others, but nobody every other day. */
function somebodyFor({ lastVisits }: Clinic, at: Temporal.Instant, chance: Chance): number {
  for (let tries = 0; ; tries++) {
    const number = Math.floor(chance() ** 1.5 * patients.length)
    const last = lastVisits.get(number)
    if (!last || tries === MOST_TRIES || Math.abs(at.since(last).total('hours')) > 24 * DAYS_BETWEEN) return number
  }
}

const identityOf = (patient: Patient, number: number) => ({
  name: patient.name,
  email: `${patient.mailbox}@example.com`,
  phone: number < FICTIONAL_NUMBERS ? `+1207555${String(100 + number).padStart(4, '0')}` : undefined,
  locale: patient.locale ?? clinic.locale,
  zone: patient.zone ?? clinic.zone,
})

type Free = { readonly start: Temporal.Instant; readonly staffId: StaffId | undefined }

/** One of the first free starts from a moment on, with somebody who is free then; `choice` from 0 to below 1 says which. */
async function freeNear(tx: WorkspaceTx, serviceId: ServiceId, from: Temporal.Instant, choice: number): Promise<Free | undefined> {
  const asDesk: Principal = { kind: 'system', workspaceId: tx.workspaceId, job: 'demo' }
  const { slots } = await listSlots(tx, asDesk, { serviceId, from, to: from.add({ hours: SEARCH_HOURS }) })
  const slot = slots[Math.floor(choice * Math.min(slots.length, FIRST_CHOICES))]
  return slot && { start: Temporal.Instant.from(slot.start), staffId: slot.staffIds[0] }
}

/** Those who give the services knew of it in time: no mail tells them days later, when the demo has caught up with today. */
const markAsRead = (tx: WorkspaceTx, bookingId: BookingId) =>
  tx.db
    .updateTable('booking')
    .set((booking) => ({ told_business: booking.ref('sequence') }))
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', bookingId)
    .execute()

/** What happened to the appointments that are over. */
export async function noteOutcomes(tx: WorkspaceTx, by: Principal, chance: Chance): Promise<void> {
  const over = await tx.db
    .selectFrom('booking')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('status', '=', 'confirmed')
    .where('ends_at', '<', tx.now)
    .orderBy('starts_at')
    .orderBy('id')
    .execute()
  for (const { id } of over) await recordOutcome(tx, by, { bookingId: id, outcome: chance() < 0.92 ? 'attended' : 'no_show' })
}

/** One patient cancels with the link in her mail, another moves hers; on some days nobody does. */
export async function changeMinds(tx: WorkspaceTx, by: Principal, chance: Chance): Promise<void> {
  const ahead = await tx.db
    .selectFrom('booking')
    .select(['id', 'contact_id', 'service_id', 'starts_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('status', '=', 'confirmed')
    .where('starts_at', '>', tx.now.add({ hours: 30 }))
    .orderBy('starts_at')
    .orderBy('id')
    .execute()
  if (ahead.length < 4) return
  const leaving = chance() < 0.6 ? pick(chance, ahead) : undefined
  if (leaving) {
    const patient: Principal = { kind: 'contact_link', workspaceId: tx.workspaceId, contactId: leaving.contact_id, bookingId: leaving.id }
    await cancelBooking(tx, patient, { bookingId: leaving.id, reason: pick(chance, cancelReasons), quiet: true })
    await markAsRead(tx, leaving.id)
  }
  const moving = chance() < 0.4 ? pick(chance, ahead) : undefined
  if (!moving || moving === leaving) return
  const free = await freeNear(tx, moving.service_id, moving.starts_at.add({ hours: 20 }), chance())
  if (!free) return
  const moved = await rescheduleBooking(tx, by, { bookingId: moving.id, ...free, outsideHours: false, quiet: true })
  await markAsRead(tx, moved.id)
}

/** What the desk writes down about those who turned up last. */
export async function takeNotes(tx: WorkspaceTx, by: Principal, chance: Chance): Promise<void> {
  const lately = await tx.db
    .selectFrom('contact')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('last_activity_at', 'desc')
    .orderBy('id')
    .limit(8)
    .execute()
  if (chance() < 0.4) await addNote(tx, by, { contactId: pick(chance, lately).id, body: pick(chance, deskNotes) })
  for (const { id } of lately.slice(0, 3)) {
    const { version } = await loadContact(tx, by, id)
    await editContact(tx, by, { contactId: id, version, tags: [pick(chance, tags)] })
  }
}

/** An afternoon on which somebody is away, and a time that is held for a patient who wants to think about it. */
export async function leaveTraces(tx: WorkspaceTx, by: Principal, open: Clinic, chance: Chance): Promise<void> {
  await closeSchoolVisit(tx, by, open)
  const [service] = open.services
  const patient = await tx.db
    .selectFrom('contact')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('last_activity_at', 'desc')
    .orderBy('id')
    .executeTakeFirst()
  const free = service && (await freeNear(tx, service.id, tx.now.add({ hours: 20 }), chance()))
  if (!free || !patient) return
  await bookAppointment(tx, by, {
    serviceId: service.id,
    start: free.start,
    who: { contactId: patient.id },
    note: null,
    placeDetail: null,
    source: 'member',
    outsideHours: false,
    quiet: true,
    holdMinutes: 90,
  })
}

/** The next afternoon on which a colleague has nothing to do anyway. */
async function closeSchoolVisit(tx: WorkspaceTx, by: Principal, open: Clinic): Promise<void> {
  const staffId = open.staff[1]
  if (!staffId) return
  const today = tx.now.toZonedDateTimeISO(clinic.zone).with({ hour: 15, minute: 0, second: 0, millisecond: 0 })
  for (const days of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
    const start = today.add({ days })
    const time = { start: start.toInstant(), end: start.add({ hours: 1, minutes: 30 }).toInstant() }
    if (start.dayOfWeek > 5 || (await isBooked(tx, staffId, time))) continue
    await closeTime(tx, by, { staffId, ...time, label: 'School visit' })
    return
  }
}

async function isBooked(
  tx: WorkspaceTx,
  staffId: StaffId,
  { start, end }: { readonly start: Temporal.Instant; readonly end: Temporal.Instant },
): Promise<boolean> {
  const claims = await tx.db
    .selectFrom('claim')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('claimed_id', '=', staffId)
    .where('active', '=', true)
    .where('busy_from', '<', end)
    .where('busy_until', '>', start)
    .execute()
  return claims.length > 0
}
