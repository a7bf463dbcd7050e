import type { BookingId, CalendarLink, Principal, StaffId } from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { schedulingPolicy } from '../scheduling.policy.ts'
import { staffById } from '../write-staff.ts'
import type { CalendarLinkRow } from './calendar.tables.ts'
import { choiceId, knownCalendars, openSecret } from './calendar-secrets.ts'
import { isReliable, stateOf } from './calendar-trust.rules.ts'

type Presented = z.input<typeof CalendarLink>

const mostBookings = 20

/** The calendars elsewhere that count for a person, by name. */
export async function listCalendars(tx: WorkspaceTx, by: Principal, staffId: StaffId): Promise<{ items: Presented[] }> {
  schedulingPolicy.require(by, 'calendars.read')
  await staffById(tx, staffId)
  const rows = await tx.db
    .selectFrom('calendar_link')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('staff_id', '=', staffId)
    .orderBy('name')
    .orderBy('id')
    .execute()
  const items: Presented[] = []
  for (const row of rows) items.push(await presentCalendar(tx, row))
  return { items }
}

/** A calendar as members see it. Its address stays here. */
export async function presentCalendar(tx: WorkspaceTx, row: CalendarLinkRow): Promise<Presented> {
  const ahead = await tx.db
    .selectFrom('external_busy')
    .select((select) => select.fn.countAll<number>().as('busy'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('link_id', '=', row.id)
    .where('ends_at', '>', tx.now)
    .executeTakeFirstOrThrow()
  const collection = openSecret(tx, row, 'collection')
  const choices = knownCalendars(tx, row)
  return {
    id: row.id,
    staffId: row.staff_id,
    kind: row.kind,
    name: row.name,
    host: row.host,
    ifFailing: row.if_failing,
    state: stateOf(row),
    triedAt: row.tried_at?.toString() ?? null,
    readAt: row.read_at?.toString() ?? null,
    failingSince: row.failing_since?.toString() ?? null,
    failure: row.failure,
    unreliable: !isReliable(row, tx.now),
    unknownFrom: row.unknown_from?.toString() ?? null,
    brokenEvents: row.broken_events,
    endlessEvents: row.endless_events,
    busyAhead: Number(ahead.busy),
    bookingIds: await bookingsInside(tx, row),
    writes: row.writes,
    collection: choices.find(({ url }) => url === collection)?.name ?? null,
    choices: choices.map(({ url, name }) => ({ id: choiceId(url), name, chosen: url === collection })),
    changedThere: await changedThere(tx, row),
    createdAt: row.created_at.toString(),
    version: row.version,
  }
}

/** Bookings that were there before the other calendar filled up: nobody moves them but a person. */
async function bookingsInside(tx: WorkspaceTx, { id, staff_id }: CalendarLinkRow): Promise<BookingId[]> {
  const rows = await tx.db
    .selectFrom('booking')
    .innerJoin('external_busy', (join) =>
      join
        .onRef('external_busy.workspace_id', '=', 'booking.workspace_id')
        .onRef('external_busy.starts_at', '<', 'booking.ends_at')
        .onRef('external_busy.ends_at', '>', 'booking.starts_at'),
    )
    .select(['booking.id', 'booking.starts_at'])
    .distinct()
    .where('booking.workspace_id', '=', tx.workspaceId)
    .where('booking.staff_id', '=', staff_id)
    .where('booking.starts_at', '>', tx.now)
    .where('booking.status', 'in', ['held', 'pending', 'confirmed'])
    .where('external_busy.link_id', '=', id)
    .orderBy('booking.starts_at')
    .limit(mostBookings)
    .execute()
  return rows.map((booking) => booking.id)
}

/** Bookings ahead that somebody moved or deleted in the other calendar, soonest first. */
async function changedThere(tx: WorkspaceTx, { id, writes }: CalendarLinkRow): Promise<Presented['changedThere']> {
  if (!writes) return []
  const rows = await tx.db
    .selectFrom('calendar_copy')
    .innerJoin('booking', (join) =>
      join.onRef('booking.workspace_id', '=', 'calendar_copy.workspace_id').onRef('booking.id', '=', 'calendar_copy.booking_id'),
    )
    .select(['booking.id as bookingId', 'calendar_copy.state', 'calendar_copy.their_start', 'calendar_copy.their_end'])
    .where('calendar_copy.workspace_id', '=', tx.workspaceId)
    .where('calendar_copy.link_id', '=', id)
    .where('calendar_copy.state', '!=', 'written')
    .where('calendar_copy.starts_at', '>', tx.now)
    .where('booking.status', 'in', ['pending', 'confirmed'])
    .orderBy('calendar_copy.starts_at')
    .limit(mostBookings)
    .execute()
  return rows.map(({ bookingId, state, their_start, their_end }) => ({
    bookingId,
    change: state === 'moved' ? ('moved' as const) : ('deleted' as const),
    start: their_start?.toString() ?? null,
    end: their_end?.toString() ?? null,
  }))
}
