import type { BookingId, Principal } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { reference, system } from '../../platform/inventory/index.ts'
import { defineJob, enqueue } from '../../platform/jobs/index.ts'
import type { BookingRow } from './booking.tables.ts'
import { readCalendarJob, readCalendarsJob } from './calendars/read-calendar.ts'
import { writeCalendarJob } from './calendars/write-calendar.ts'
import { expireHold } from './expire-hold.ts'
import { expireRequest } from './requests/expire-request.ts'
import { tellBusiness } from './tell-business.ts'
import { tellContact } from './tell-contact.ts'

/** What a mail about a booking is about. */
export const bookingNews = z.enum(['confirmed', 'rescheduled', 'cancelled', 'restored', 'requested', 'approved', 'refused', 'lapsed'])
export type BookingNews = z.output<typeof bookingNews>

const bookingId = z.uuid().transform((id) => id as BookingId)
const aboutBooking = reference('booking', 'detach')

/** Ends one hold at its time. Nothing polls: the job is added with the hold. */
export const expireHoldJob = defineJob({
  name: 'scheduling.expire-hold',
  payload: z.strictObject({ bookingId }),
  fields: { bookingId: aboutBooking },
  run: async (context, payload) => {
    await context.inWorkspace((tx) => expireHold(tx, payload.bookingId))
  },
})

/** Ends one request that nobody answered. */
export const expireRequestJob = defineJob({
  name: 'scheduling.expire-request',
  payload: z.strictObject({ bookingId }),
  fields: { bookingId: aboutBooking },
  run: async (context, payload) => {
    await context.inWorkspace((tx) => expireRequest(tx, payload.bookingId))
  },
})

/** Writes to the customer. */
export const tellContactJob = defineJob({
  name: 'scheduling.tell-contact',
  payload: z.strictObject({ bookingId, sequence: z.int(), news: bookingNews }),
  fields: { bookingId: aboutBooking, sequence: system, news: system },
  run: async (context, payload) => {
    await context.inWorkspace((tx) => tellContact(tx, context.by, payload))
  },
})

/** Writes to whoever gives the service. */
export const tellBusinessJob = defineJob({
  name: 'scheduling.tell-business',
  endsWithClosing: true,
  payload: z.strictObject({ bookingId, sequence: z.int(), news: bookingNews, exceptMemberId: z.uuid().nullable() }),
  fields: { bookingId: aboutBooking, sequence: system, news: system, exceptMemberId: reference('member', 'detach') },
  run: async (context, payload) => {
    await context.inWorkspace((tx) => tellBusiness(tx, payload))
  },
})

/** A member may take a change back for some seconds; until then the customer is not bothered with it. */
const undoSeconds = 10

/** Has everybody told whom a change concerns, after the commit. The job looks again: what is out of date by then is not said. */
export async function tellAboutBooking(tx: WorkspaceTx, by: Principal, booking: BookingRow, news: BookingNews): Promise<void> {
  const { id, sequence } = booking
  const mayUndo = by.kind === 'member' && news !== 'confirmed' && news !== 'requested'
  const options = mayUndo ? { startAfter: tx.now.add({ seconds: undoSeconds }) } : {}
  if (!booking.quiet) await enqueue(tx, tellContactJob, { bookingId: id, sequence, news }, options)
  await enqueue(tx, tellBusinessJob, { bookingId: id, sequence, news, exceptMemberId: by.kind === 'member' ? by.memberId : null }, options)
}

export const schedulingJobs = [
  expireHoldJob,
  expireRequestJob,
  tellContactJob,
  tellBusinessJob,
  readCalendarJob,
  readCalendarsJob,
  writeCalendarJob,
]
