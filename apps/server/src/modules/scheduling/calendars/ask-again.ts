import type { BookingId, ServiceId, StaffId, WorkspaceId } from '@frontdesk/contract'
import type { Database, WorkspaceTx } from '../../../platform/database/index.ts'
import { staffOf } from '../hosts.ts'
import { openCalendar, readAccount } from './read-calendar.ts'

/** Somebody waits for her booking so long at most. A calendar that has not answered by then decides nothing: what was known before, and its setting, do. */
const patienceMs = 2500
/** What was read so short a time ago is not asked again. */
const newFor = Temporal.Duration.from({ seconds: 60 })

/** Whose calendars a booking concerns. */
export type Concerned =
  | { readonly serviceId: ServiceId; readonly staffId?: StaffId | undefined }
  | { readonly bookingId: BookingId; readonly staffId?: StaffId | undefined }

/**
 * Asks the calendars of whoever could take a booking once more, right before it is decided: they cannot join the constraint that rules over claims. Only accounts are asked; files behind an
 * address are hours old at their providers. Never throws for what the other side does.
 */
export async function askCalendarsAgain(database: Database, workspaceId: WorkspaceId, concerned: Concerned): Promise<void> {
  const due = await database.inWorkspace(workspaceId, (tx) => dueOf(tx, concerned), { readOnly: true })
  if (due.length === 0) return
  const signal = AbortSignal.timeout(patienceMs)
  const context = { signal, inWorkspace: <T>(work: (tx: WorkspaceTx) => Promise<T>) => database.inWorkspace(workspaceId, work) }
  const asked = due.map(async (id) => {
    const found = await context.inWorkspace((tx) => openCalendar(tx, id))
    if (found) await readAccount(context, found)
  })
  const { promise: impatient, resolve } = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => resolve(), { once: true })
  await Promise.race([Promise.allSettled(asked), impatient])
}

async function dueOf(tx: WorkspaceTx, concerned: Concerned): Promise<readonly string[]> {
  const staffIds = await staffIdsOf(tx, concerned)
  if (staffIds.length === 0) return []
  const links = await tx.db
    .selectFrom('calendar_link')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '!=', 'ics')
    .where('staff_id', 'in', staffIds)
    .where((where) => where.or([where('tried_at', 'is', null), where('tried_at', '<=', tx.now.subtract(newFor))]))
    .execute()
  return links.map(({ id }) => id)
}

async function staffIdsOf(tx: WorkspaceTx, concerned: Concerned): Promise<readonly StaffId[]> {
  if (concerned.staffId !== undefined) return [concerned.staffId]
  if ('serviceId' in concerned) return (await staffOf(tx, concerned.serviceId)).map((person) => person.id)
  const booking = await tx.db
    .selectFrom('booking')
    .select('staff_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', concerned.bookingId)
    .executeTakeFirst()
  return booking ? [booking.staff_id] : []
}
