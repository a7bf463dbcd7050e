import type { BookingId } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { reference, system } from '../../../platform/inventory/index.ts'
import { defineJob, enqueue } from '../../../platform/jobs/index.ts'
import type { BookingRow } from '../booking.tables.ts'
import { businessFacts } from '../business.ts'
import { latestOfThread } from '../find-booking.ts'
import { serviceById } from '../find-service.ts'
import type { CalendarCopyRow, CalendarLinkRow } from './calendar.tables.ts'
import { CalendarFailed } from './calendar-failed.ts'
import { openSecret } from './calendar-secrets.ts'
import { openWriter } from './calendar-writer.ts'
import { feedEntry } from './feed-entry.ts'
import type { FeedEntry } from './feed-file.ts'
import { noteFailure } from './keep-reading.ts'
import type { Written } from './providers/provider.ts'

/** Of bookings that are missing so many are written after one reading; the rest after the next. */
const mostAtOnce = 200

/** Writes one booking into a calendar elsewhere as it stands now, or takes it out. What fails is noted beside the calendar and made up for after the next reading that works. */
export const writeCalendarJob = defineJob({
  name: 'scheduling.write-calendar',
  payload: z.strictObject({ calendarId: z.uuid(), threadId: z.uuid().transform((id) => id as BookingId) }),
  fields: { calendarId: system, threadId: reference('booking', 'detach') },
  timeoutSeconds: 90,
  concurrency: 2,
  run: async (context, { calendarId, threadId }) => {
    const plan = await context.inWorkspace((tx) => planWriting(tx, calendarId, threadId))
    if (!plan) return
    try {
      const writer = await openWriter(context, plan.link, plan)
      if (plan.entry === null) await writer.remove(threadId, plan.copy)
      const written = plan.entry === null ? null : await writer.write(plan.entry, plan.copy)
      await context.inWorkspace((tx) => noteWritten(tx, plan, written))
    } catch (error) {
      if (!(error instanceof CalendarFailed)) throw error
      await context.inWorkspace((tx) => noteFailure(tx, plan.link, error.failure))
    }
  },
})

type Plan = {
  readonly link: CalendarLinkRow
  readonly address: string
  readonly username: string
  readonly password: string
  readonly collection: string
  readonly booking: BookingRow
  readonly copy: CalendarCopyRow | undefined
  /** Null: it is taken out. */
  readonly entry: FeedEntry | null
}

async function planWriting(tx: WorkspaceTx, calendarId: string, threadId: BookingId): Promise<Plan | undefined> {
  const link = await tx.db
    .selectFrom('calendar_link')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', calendarId)
    .where('writes', '=', true)
    .executeTakeFirst()
  const booking = await latestOfThread(tx, threadId)
  const collection = link ? openSecret(tx, link, 'collection') : null
  if (!link || !booking || collection === null) return undefined // the first reading chooses the calendar, and writes what is missing
  const copy = await tx.db
    .selectFrom('calendar_copy')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('link_id', '=', link.id)
    .where('thread_id', '=', threadId)
    .executeTakeFirst()
  const stands = (booking.status === 'confirmed' || booking.status === 'pending') && booking.staff_id === link.staff_id
  if (!stands && !copy) return undefined
  const service = await serviceById(tx, booking.service_id)
  return {
    link,
    address: openSecret(tx, link, 'address') ?? '',
    username: openSecret(tx, link, 'username') ?? '',
    password: openSecret(tx, link, 'password') ?? '',
    collection,
    booking,
    copy,
    // Nobody's name: it stays with the provider of the calendar, where nothing of ours erases it.
    entry: stands ? feedEntry(booking, service, undefined, await businessFacts(tx)) : null,
  }
}

async function noteWritten(tx: WorkspaceTx, { link, booking, copy }: Plan, written: Written | null): Promise<void> {
  const now = await latestOfThread(tx, booking.thread_id)
  // The mark of before says nothing any more: taken out there again, the calendar may be exactly what it was. Marks of providers are places in a list of changes, and hold.
  if (link.kind === 'caldav')
    await tx.db
      .updateTable('calendar_link')
      .set({ etag: null })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', link.id)
      .execute()
  // It changed while it was written: written once more.
  if (now && now.sequence !== booking.sequence) await enqueue(tx, writeCalendarJob, { calendarId: link.id, threadId: booking.thread_id })
  if (written === null) {
    if (copy) await tx.db.deleteFrom('calendar_copy').where('workspace_id', '=', tx.workspaceId).where('id', '=', copy.id).execute()
    return
  }
  const values = {
    booking_id: booking.id,
    sequence: booking.sequence,
    etag: written.etag,
    their_id: written.theirId,
    starts_at: booking.starts_at,
    ends_at: booking.ends_at,
    written_at: tx.now,
    state: 'written' as const,
    their_start: null,
    their_end: null,
  }
  await tx.db
    .insertInto('calendar_copy')
    .values({ workspace_id: tx.workspaceId, id: tx.newId(), link_id: link.id, thread_id: booking.thread_id, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'link_id', 'thread_id']).doUpdateSet(values))
    .execute()
}

/** Has everything written that is not there as it stands here: what was booked before the calendar was connected, and what failed. */
export async function writeMissing(tx: WorkspaceTx, link: CalendarLinkRow): Promise<void> {
  const missing = await tx.db
    .selectFrom('booking')
    .leftJoin('calendar_copy', (join) =>
      join
        .onRef('calendar_copy.workspace_id', '=', 'booking.workspace_id')
        .onRef('calendar_copy.thread_id', '=', 'booking.thread_id')
        .on('calendar_copy.link_id', '=', link.id),
    )
    .select('booking.thread_id')
    .where('booking.workspace_id', '=', tx.workspaceId)
    .where('booking.staff_id', '=', link.staff_id)
    .where('booking.starts_at', '>', tx.now)
    .where('booking.status', 'in', ['pending', 'confirmed'])
    .where((where) =>
      where.or([where('calendar_copy.id', 'is', null), where('calendar_copy.sequence', '<', where.ref('booking.sequence'))]),
    )
    .orderBy('booking.starts_at')
    .limit(mostAtOnce)
    .execute()
  const over = await tx.db
    .selectFrom('calendar_copy')
    .innerJoin('booking', (join) =>
      join
        .onRef('booking.workspace_id', '=', 'calendar_copy.workspace_id')
        .onRef('booking.thread_id', '=', 'calendar_copy.thread_id')
        .onRef('booking.sequence', '>', 'calendar_copy.sequence'),
    )
    .select('calendar_copy.thread_id')
    .distinct()
    .where('calendar_copy.workspace_id', '=', tx.workspaceId)
    .where('calendar_copy.link_id', '=', link.id)
    .where('calendar_copy.ends_at', '>', tx.now)
    .limit(mostAtOnce)
    .execute()
  for (const threadId of new Set([...missing, ...over].map((row) => row.thread_id)))
    await enqueue(tx, writeCalendarJob, { calendarId: link.id, threadId }, { singletonKey: `${link.id} ${threadId}` })
}
