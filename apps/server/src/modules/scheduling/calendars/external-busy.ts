import type { Busy } from '@frontdesk/availability'
import type { StaffId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { isReliable } from './calendar-trust.rules.ts'

/** A busy time names the calendar it stands in, so that a closed slot can say why. */
export const calendarRef = (linkId: string): string => `calendar:${linkId}`
/** The same for time of which a calendar says nothing, because it cannot be read. */
export const unreadRef = (linkId: string): string => `calendar_unread:${linkId}`
/** Whether a busy time is only what nobody knows. */
export const isUnreadRef = (ref: string | undefined): boolean => ref?.startsWith('calendar_unread:') ?? false

/**
 * What people are busy with in calendars elsewhere, by person. Where one of them cannot be relied on, and its setting is to block, all time of which it says nothing counts as busy: a
 * calendar that fails never counts as free in silence.
 */
export async function externalBusyTimes(
  tx: WorkspaceTx,
  staffIds: readonly StaffId[],
  since: Temporal.Instant,
  until: Temporal.Instant,
): Promise<readonly (readonly [StaffId, Busy])[]> {
  const links = await tx.db
    .selectFrom('calendar_link')
    .select(['id', 'staff_id', 'if_failing', 'read_at', 'unknown_from'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('staff_id', 'in', staffIds)
    .execute()
  if (links.length === 0) return []
  const rows = await tx.db
    .selectFrom('external_busy')
    .select(['staff_id', 'link_id', 'starts_at', 'ends_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('staff_id', 'in', staffIds)
    .where('ends_at', '>', since)
    .where('starts_at', '<', until)
    .execute()
  const busy = rows.map((row): readonly [StaffId, Busy] => [
    row.staff_id,
    { startMs: row.starts_at.epochMilliseconds, endMs: row.ends_at.epochMilliseconds, ref: calendarRef(row.link_id) },
  ])
  for (const link of links) {
    if (link.if_failing !== 'block') continue
    const from = isReliable(link, tx.now) ? link.unknown_from : since
    if (from === null || Temporal.Instant.compare(from, until) >= 0) continue
    const startMs = Math.max(from.epochMilliseconds, since.epochMilliseconds)
    busy.push([link.staff_id, { startMs, endMs: until.epochMilliseconds, ref: unreadRef(link.id) }])
  }
  return busy
}

/** The names of the calendars of some people, by id. */
export async function calendarNames(tx: WorkspaceTx, staffIds: readonly StaffId[]): Promise<ReadonlyMap<string, string>> {
  if (staffIds.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('calendar_link')
    .select(['id', 'name'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('staff_id', 'in', staffIds)
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Calendars that say nothing about a moment and, by their setting, close nothing: whoever books is told of them. */
export async function unreadCalendars(
  tx: WorkspaceTx,
  staffIds: readonly StaffId[],
  at: Temporal.Instant,
): Promise<ReadonlyMap<StaffId, readonly string[]>> {
  if (staffIds.length === 0) return new Map()
  const links = await tx.db
    .selectFrom('calendar_link')
    .select(['staff_id', 'name', 'read_at', 'unknown_from'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('staff_id', 'in', staffIds)
    .where('if_failing', '=', 'warn')
    .orderBy('name')
    .execute()
  const silent = links.filter(
    (link) => !isReliable(link, tx.now) || (link.unknown_from !== null && Temporal.Instant.compare(link.unknown_from, at) <= 0),
  )
  return new Map(staffIds.map((id) => [id, silent.filter(({ staff_id }) => staff_id === id).map(({ name }) => name)]))
}
