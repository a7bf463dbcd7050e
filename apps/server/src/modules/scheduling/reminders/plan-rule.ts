import type { BookingId } from '@frontdesk/contract'
import { sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { reference, system } from '../../../platform/inventory/index.ts'
import { defineJob, enqueue, type Job } from '../../../platform/jobs/index.ts'
import { heldBooking, planRule } from './plan-reminders.ts'
import { wholeRules } from './read-rules.ts'

const AT_ONCE = 100
/** The farthest a follow-up can be from its visit, and a day. */
const LOOKS_BACK = { hours: 24 * 61 }

/** Plans a rule that was added or changed for the bookings it is about, some at a time. Nothing rests on it being done at once: whatever is due looks at its rule again. */
export const planRuleJob: Job<{ ruleId: string; after: string | null }> = defineJob({
  name: 'scheduling.plan-rule',
  payload: z.strictObject({ ruleId: z.uuid(), after: z.uuid().nullable() }),
  fields: { ruleId: system, after: reference('booking', 'detach') },
  timeoutSeconds: 120,
  run: async (context, { ruleId, after }) => {
    let from = after
    while (!context.signal.aborted) {
      const last = await context.inWorkspace((tx) => planSome(tx, ruleId, from))
      if (last === null) return
      from = last
      if (context.halfTimeOver()) {
        const left = from
        await context.inWorkspace((tx) => enqueue(tx, planRuleJob, { ruleId, after: left }))
        return
      }
    }
  },
})

/** Plans the next bookings after one; answers the last of them, null at the end. */
async function planSome(tx: WorkspaceTx, ruleId: string, after: string | null): Promise<string | null> {
  const [rule] = await wholeRules(tx, ruleId)
  if (!rule) return null
  const bookings = await tx.db
    .selectFrom('booking')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('ends_at', '>', tx.now.subtract(LOOKS_BACK))
    .where('status', 'in', ['confirmed', 'attended'])
    .$if(after !== null, (query) => query.where(sql<boolean>`id > ${after}`))
    .orderBy('id')
    .limit(AT_ONCE)
    .execute()
  for (const { id } of bookings) {
    const booking = await heldBooking(tx, id as BookingId)
    if (booking) await planRule(tx, rule, booking, tx.now)
  }
  return bookings.at(-1)?.id ?? null
}
