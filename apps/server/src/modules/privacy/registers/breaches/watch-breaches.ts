import type { Principal } from '@frontdesk/contract'
import { z } from 'zod'
import { audit } from '../../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { defineJob, defineSchedule } from '../../../../platform/jobs/index.ts'
import { clocksOf } from './breach.rules.ts'
import { keepBreachStep } from './breach-steps.ts'
import { tellDeciders } from './report-breach.ts'

/** Tells whoever decides when a clock has less than a day left, and when it ran out. */
export const watchBreachesJob = defineJob({
  name: 'privacy.watch-breaches',
  payload: z.strictObject({}),
  fields: {},
  run: (context) => context.inWorkspace((tx) => watchBreaches(tx, context.by)),
})

export const watchBreachesSchedule = defineSchedule({
  name: 'privacy.watch-breaches',
  cron: '11 * * * *',
  zone: 'UTC',
  job: watchBreachesJob,
})

/** Looks at every open incident. However far the clock jumped, each duty is told of once when it is near and once when it is over. */
export async function watchBreaches(tx: WorkspaceTx, by: Principal): Promise<void> {
  const open = await tx.db.selectFrom('breach').selectAll().where('workspace_id', '=', tx.workspaceId).where('state', '=', 'open').execute()
  for (const row of open)
    for (const clock of clocksOf(row, tx.now)) {
      if (clock.before === null || clock.doneAt !== null) continue
      const near = Temporal.Instant.compare(tx.now.add({ hours: 24 }), clock.before) >= 0
      if (!near) continue
      const step = clock.overdue ? 'overdue' : 'due_soon'
      const isNew = await keepBreachStep(tx, by, { breachId: row.id, step, note: clock.name, once: `${step}:${clock.law}:${clock.whom}` })
      if (!isNew) continue
      await audit(tx, by, { action: `breach.${step}`, object: { type: 'breach', id: row.id }, result: 'done' })
      await tellDeciders(tx, row, clock.overdue ? 'overdue' : 'dueSoon', { duty: clock.name })
    }
}
