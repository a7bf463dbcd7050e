import type { Principal } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { defineJob, defineSchedule } from '../../../../platform/jobs/index.ts'
import { businessDay } from '../business-day.ts'
import { accountFor } from './disclose.ts'

/** Tells people whose gag has ended that their data was disclosed. */
export const watchLegalRequestsJob = defineJob({
  name: 'privacy.watch-legal-requests',
  payload: z.strictObject({}),
  fields: {},
  run: (context) => context.inWorkspace((tx) => watchLegalRequests(tx, context.by)),
})

export const watchLegalRequestsSchedule = defineSchedule({
  name: 'privacy.watch-legal-requests',
  cron: '41 * * * *',
  zone: 'UTC',
  job: watchLegalRequestsJob,
})

/** Looks at every disclosure whose people do not know of it yet. */
export async function watchLegalRequests(tx: WorkspaceTx, by: Principal): Promise<void> {
  const today = await businessDay(tx)
  const over = await tx.db
    .selectFrom('legal_request')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('disclosed_at', 'is not', null)
    .where('accounted_at', 'is', null)
    .where('gag_until', '<=', today)
    .orderBy('id')
    .forUpdate()
    .execute()
  for (const row of over) await accountFor(tx, by, row)
}
