import type { MemberId, StaffId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit, type Subscriber, subscribe } from '../../../platform/events/index.ts'

/** Whoever works here no longer reads no bookings by her address, and her own calendars are nobody's business any more: their secrets go. */
async function letGoOfAll(tx: WorkspaceTx, memberId: MemberId): Promise<void> {
  const staffIds = await staffOfMember(tx, memberId)
  if (staffIds.length === 0) return
  await closeFeeds(tx, staffIds)
  const gone = await tx.db
    .deleteFrom('calendar_link')
    .where('workspace_id', '=', tx.workspaceId)
    .where('staff_id', 'in', staffIds)
    .returning('id')
    .execute()
  for (const { id } of gone) await emit(tx, 'calendar_link.changed', { calendarId: id })
}

const staffOfMember = async (tx: WorkspaceTx, memberId: MemberId): Promise<readonly StaffId[]> =>
  (await tx.db.selectFrom('staff').select('id').where('workspace_id', '=', tx.workspaceId).where('member_id', '=', memberId).execute()).map(
    ({ id }) => id,
  )

const closeFeeds = (tx: WorkspaceTx, staffIds: readonly StaffId[]) =>
  tx.db.deleteFrom('calendar_feed').where('workspace_id', '=', tx.workspaceId).where('staff_id', 'in', staffIds).execute()

/** What ends with somebody's work here; while her access only rests, her address alone does, and can be made anew. */
export const endWithMember: readonly Subscriber[] = [
  subscribe('member.left', {
    name: 'scheduling.let-go-of-calendars',
    run: async (context, event) => void (await context.inWorkspace((tx) => letGoOfAll(tx, event.payload.memberId as MemberId))),
  }),
  subscribe('member.deactivated', {
    name: 'scheduling.close-calendar-feed',
    run: async (context, event) =>
      void (await context.inWorkspace(async (tx) => {
        const staffIds = await staffOfMember(tx, event.payload.memberId as MemberId)
        if (staffIds.length > 0) await closeFeeds(tx, staffIds)
      })),
  }),
]
