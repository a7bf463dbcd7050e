import type { Principal } from '@frontdesk/contract'
import { audit } from '../../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { emit } from '../../../../platform/events/index.ts'
import { enqueue } from '../../../../platform/jobs/index.ts'
import type { CalendarLinkRow } from '../calendar.tables.ts'
import { sealSecret } from '../calendar-secrets.ts'
import { insertCalendar, prepareCalendar } from '../connect-calendar.ts'
import { calendarById, requireOwnCalendars } from '../own-calendars.ts'
import { readCalendarJob } from '../read-calendar.ts'
import { type Kept, readDeparture, requireProvider } from './depart.ts'
import { type Code, endpointsOf } from './permission.ts'

/**
 * Connects the calendar whose owner came back with a code. The tokens are fetched by the first reading, which says beside the calendar what did not work.
 * Throws `scheduling/calendar-departure-over`, `scheduling/calendar-provider-missing`, `scheduling/too-many-calendars`, `privacy/recipient-stopped`.
 */
export async function arriveWithCalendar(
  tx: WorkspaceTx,
  by: Principal,
  { state, code }: { readonly state: string; readonly code: string },
): Promise<CalendarLinkRow> {
  const kept = readDeparture(tx, by, state)
  await requireOwnCalendars(tx, by, 'calendars.manage', kept.staffId)
  const settings = await requireProvider(tx, kept.provider)
  const permission: Code = { code, verifier: kept.verifier, redirectUri: kept.redirectUri }
  if (kept.calendarId !== undefined) return renewPermission(tx, by, kept.calendarId, kept, permission)
  const id = await prepareCalendar(tx, kept.staffId)
  const address = endpointsOf(kept.provider, settings).api
  return insertCalendar(tx, by, {
    id,
    staffId: kept.staffId,
    kind: kept.provider,
    name: kept.name,
    address,
    ifFailing: kept.ifFailing,
    writes: kept.writes,
    secrets: { permission: JSON.stringify(permission) },
  })
}

/** The account may be another one now: what was known of the one before is read anew. */
async function renewPermission(tx: WorkspaceTx, by: Principal, calendarId: string, kept: Kept, permission: Code): Promise<CalendarLinkRow> {
  const link = await calendarById(tx, calendarId, 'change')
  await tx.db
    .updateTable('calendar_link')
    .set({
      permission: sealSecret(tx, link.id, 'permission', JSON.stringify(permission)),
      writes: kept.writes,
      etag: null,
      expanded_at: null,
      updated_at: tx.now,
      version: link.version + 1,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', link.id)
    .execute()
  await audit(tx, by, { action: 'calendar.connected', object: { type: 'calendar_link', id: link.id }, result: 'done' })
  await emit(tx, 'calendar_link.changed', { calendarId: link.id })
  await enqueue(tx, readCalendarJob, { calendarId: link.id }, { singletonKey: link.id })
  return calendarById(tx, link.id)
}
