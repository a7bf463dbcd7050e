import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import type { CalendarCopyRow, CalendarLinkRow } from './calendar.tables.ts'
import type { CopyChange } from './calendar-copies.rules.ts'
import { type KnownCalendar, sealSecret } from './calendar-secrets.ts'

/** Keeps which of an account's calendars it is, and all of them to choose from. */
export async function keepChoice(
  tx: WorkspaceTx,
  { id }: CalendarLinkRow,
  calendars: readonly KnownCalendar[],
  url: string,
): Promise<void> {
  await tx.db
    .updateTable('calendar_link')
    .set({
      collection: sealSecret(tx, id, 'collection', url),
      choices: sealSecret(tx, id, 'choices', JSON.stringify(calendars)),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()
}

/** The bookings that stand in a calendar elsewhere. Of what lies behind us nobody needs to know that it was moved. */
export const copiesAhead = (tx: WorkspaceTx, { id }: CalendarLinkRow): Promise<CalendarCopyRow[]> =>
  tx.db
    .selectFrom('calendar_copy')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('link_id', '=', id)
    .where('ends_at', '>', tx.now)
    .execute()

/** Notes what somebody did there with a booking. */
export async function noteChange(tx: WorkspaceTx, copy: CalendarCopyRow, change: CopyChange | undefined): Promise<void> {
  if (!change) return
  const moment = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms)
  const theirs =
    change.state === 'moved'
      ? { their_start: moment(change.startMs), their_end: moment(change.endMs) }
      : { their_start: null, their_end: null }
  await tx.db
    .updateTable('calendar_copy')
    .set({ state: change.state, ...theirs })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', copy.id)
    // It was written anew meanwhile: what was read is older.
    .where('sequence', '=', copy.sequence)
    .execute()
  await emit(tx, 'calendar_link.changed', { calendarId: copy.link_id })
}
