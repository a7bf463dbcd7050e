import type { Principal } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { defineJob, defineSchedule } from '../../../platform/jobs/index.ts'
import { eraseContact } from '../erasure/erase-contact.ts'

/** How many in one run; the next hour takes the others. */
const AT_ONCE = 500

/** Erases whoever was flagged and is due: children, and people of places that the business does not serve. */
export const eraseFlaggedJob = defineJob({
  name: 'privacy.erase-flagged',
  payload: z.strictObject({}),
  fields: {},
  run: async (context) => {
    const ids = await context.inWorkspace(dueFlags)
    for (const id of ids) await context.inWorkspace((tx) => eraseFlagged(tx, context.by, id))
  },
})

export const eraseFlaggedSchedule = defineSchedule({ name: 'privacy.erase-flagged', cron: '7 * * * *', zone: 'UTC', job: eraseFlaggedJob })

/** The flags whose time is over, the oldest first. */
export const dueFlags = async (tx: WorkspaceTx): Promise<readonly string[]> =>
  (
    await tx.db
      .selectFrom('flagged_contact')
      .select('id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('state', '=', 'open')
      .where('due_at', '<=', tx.now)
      .orderBy('due_at')
      .limit(AT_ONCE)
      .execute()
  ).map(({ id }) => id)

/** Starts one erasure; a legal hold makes it wait, as any other. What is booked ahead is cancelled. */
export async function eraseFlagged(tx: WorkspaceTx, by: Principal, flagId: string): Promise<void> {
  const flag = await tx.db
    .updateTable('flagged_contact')
    .set({ state: 'erasing' })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', flagId)
    .where('state', '=', 'open')
    .returning(['contact_id', 'reason'])
    .executeTakeFirst()
  if (!flag) return
  await eraseContact(tx, by, {
    contactId: flag.contact_id,
    mode: 'erase',
    ground: flag.reason === 'child' ? 'child' : 'unlawful',
    bookingsAhead: 'cancel',
    neverContactAgain: false,
  })
}
