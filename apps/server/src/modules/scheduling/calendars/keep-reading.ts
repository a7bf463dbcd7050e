import type { CalendarFailure } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { lockHosts } from '../claim-time.ts'
import type { BusyReading } from './busy-times.rules.ts'
import type { CalendarLinkRow } from './calendar.tables.ts'
import { sealSecret } from './calendar-secrets.ts'

const rowsAtOnce = 1000

/** Locks a calendar for a change of what is known of it; false where it was let go. The locks of people come first, as everywhere (claim-time.ts): whoever books this person now is answered by what is known before or after, never by half of it. */
export async function lockLink(tx: WorkspaceTx, link: CalendarLinkRow): Promise<boolean> {
  await lockHosts(tx, [link.staff_id])
  const still = await tx.db
    .selectFrom('calendar_link')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', link.id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return still !== undefined
}

/** Takes over what a calendar says now, in place of what it said before. False where it was let go meanwhile. */
export async function keepReading(
  tx: WorkspaceTx,
  link: CalendarLinkRow,
  { times, unknownFromMs, broken, endless }: BusyReading,
  { etag, hash }: { readonly etag: string | null; readonly hash: string | null },
): Promise<boolean> {
  if (!(await lockLink(tx, link))) return false
  await tx.db.deleteFrom('external_busy').where('workspace_id', '=', tx.workspaceId).where('link_id', '=', link.id).execute()
  const moment = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms)
  const rows = times.map(({ startMs, endMs }) => ({
    workspace_id: tx.workspaceId,
    id: tx.newId(),
    link_id: link.id,
    staff_id: link.staff_id,
    starts_at: moment(startMs),
    ends_at: moment(endMs),
    event_key: null,
  }))
  for (let at = 0; at < rows.length; at += rowsAtOnce)
    await tx.db
      .insertInto('external_busy')
      .values(rows.slice(at, at + rowsAtOnce))
      .execute()
  const change = {
    read_at: tx.now,
    failing_since: null,
    failure: null,
    unknown_from: unknownFromMs === null ? null : moment(unknownFromMs),
    broken_events: broken,
    endless_events: endless,
    etag: etag === null ? null : sealSecret(tx, link.id, 'etag', etag),
    content_hash: hash,
    expanded_at: tx.now,
  }
  await setLink(tx, link, change, true)
  return true
}

/** What is known is still what the calendar says. */
export async function noteSame(tx: WorkspaceTx, link: CalendarLinkRow): Promise<void> {
  if (!(await lockLink(tx, link))) return
  await setLink(tx, link, { read_at: tx.now, failing_since: null, failure: null }, link.failing_since !== null)
}

/** What was known before goes on counting; how old it is decides whether it is relied on. */
export async function noteFailure(tx: WorkspaceTx, link: CalendarLinkRow, failure: CalendarFailure): Promise<void> {
  if (!(await lockLink(tx, link))) return
  await setLink(tx, link, { failure, failing_since: link.failing_since ?? tx.now }, link.failure !== failure)
}

/** Notes what came of a reading. Tells only of what somebody would look at: that it was read once more and says the same is nobody's news. */
export async function setLink(tx: WorkspaceTx, link: CalendarLinkRow, change: Partial<CalendarLinkRow>, isNews: boolean): Promise<void> {
  await tx.db
    .updateTable('calendar_link')
    .set({ ...change, tried_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', link.id)
    .execute()
  if (isNews) await emit(tx, 'calendar_link.changed', { calendarId: link.id })
}
