import type { Principal, StaffId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { schedulingPolicy } from '../scheduling.policy.ts'
import { staffById } from '../write-staff.ts'
import type { CalendarLinkRow } from './calendar.tables.ts'

type May = 'calendars.manage' | 'calendar_feeds.manage'

/** Everybody keeps her own calendars; those of others are kept by whoever sets people up. Throws `http/not-found`, `scheduling/not-your-calendars`. */
export async function requireOwnCalendars(tx: WorkspaceTx, by: Principal, may: May, staffId: StaffId): Promise<void> {
  schedulingPolicy.require(by, may)
  const person = await staffById(tx, staffId)
  if (by.kind === 'member' && person.member_id === by.memberId) return
  if (by.kind === 'api_key' || schedulingPolicy.decide(by, 'staff.manage').allowed) return
  throw new Refusal('scheduling/not-your-calendars', {
    detail: 'She can change them herself, and so can an owner, admin or manager. Nothing was changed.',
  })
}

/** One calendar elsewhere. Throws `http/not-found`. */
export async function calendarById(tx: WorkspaceTx, calendarId: string, lock?: 'change'): Promise<CalendarLinkRow> {
  const row = await tx.db
    .selectFrom('calendar_link')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', calendarId)
    .$if(lock === 'change', (query) => query.forNoKeyUpdate())
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'There is no such calendar here.' })
  return row
}
