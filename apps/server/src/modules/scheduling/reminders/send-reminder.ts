import type { Principal, ReminderSkip } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { reference } from '../../../platform/inventory/index.ts'
import { defineJob, enqueue, type Job } from '../../../platform/jobs/index.ts'
import { bookingFacts } from '../booking-facts.ts'
import { lockBooking } from '../find-booking.ts'
import { wholeRules } from './read-rules.ts'
import { verdictOf } from './reminder.rules.ts'
import type { ReminderRow } from './reminder.tables.ts'
import { channelFor } from './reminder-channels.ts'

/**
 * Sends one reminder at its moment. Its tries are for crashes: the state of the reminder, the permit and the mail are one transaction, so a try that was cut off left nothing, and one that
 * comes again finds it done.
 */
export const sendReminderJob: Job<{ reminderId: string }> = defineJob({
  name: 'scheduling.send-reminder',
  payload: z.strictObject({ reminderId: z.uuid() }),
  fields: { reminderId: reference('booking', 'detach') },
  retries: { limit: 50, delaySeconds: 2, backoff: 'exponential' },
  run: async (context, { reminderId }) => {
    await context.inWorkspace((tx) => sendReminder(tx, context.by, reminderId))
  },
})

/** Looks at rule and booking once more and sends what is to be sent; the gate is asked in the same transaction. */
export async function sendReminder(tx: WorkspaceTx, by: Principal, reminderId: string): Promise<void> {
  const planned = await tx.db
    .selectFrom('reminder')
    .select('booking_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', reminderId)
    .where('state', '=', 'planned')
    .executeTakeFirst()
  if (!planned) return
  // The booking first, then its reminder: whoever plans goes the same way.
  const booking = await lockBooking(tx, planned.booking_id)
  const reminder = await tx.db
    .selectFrom('reminder')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', reminderId)
    .where('state', '=', 'planned')
    .forUpdate()
    .executeTakeFirst()
  if (!reminder) return
  const [rule] = reminder.rule_id === null ? [] : await wholeRules(tx, reminder.rule_id)
  const verdict = verdictOf(rule, booking, tx.now)
  if (verdict.act === 'wait' && rule) {
    const { moment, amount, unit, channel } = rule
    await set(tx, reminderId, { moment, amount, unit, channel, due_at: verdict.until })
    await enqueue(tx, sendReminderJob, { reminderId }, { startAfter: verdict.until })
    return
  }
  const told = { reminderId, bookingId: booking.id, contactId: booking.contact_id }
  const skip = async (reason: ReminderSkip) => {
    await set(tx, reminderId, { state: 'skipped', reason, done_at: tx.now })
    await emit(tx, 'reminder.skipped', told)
  }
  if (verdict.act !== 'send' || !rule) return skip(verdict.act === 'skip' ? verdict.reason : 'rule_off')
  const channel = await channelFor(tx, rule.channel)
  if (!channel) return skip('channel_not_set_up')
  const outcome = await channel.send(tx, by, { reminder, facts: await bookingFacts(tx, booking), texts: rule.texts })
  if (outcome.kind === 'no_address') return skip('no_address')
  await set(tx, reminderId, { channel: rule.channel, state: outcome.kind, done_at: tx.now, message_id: outcome.messageId })
  await emit(tx, outcome.kind === 'sent' ? 'reminder.sent' : 'reminder.skipped', told)
}

const set = (tx: WorkspaceTx, id: string, columns: Partial<Omit<ReminderRow, 'workspace_id' | 'id'>>) =>
  tx.db.updateTable('reminder').set(columns).where('workspace_id', '=', tx.workspaceId).where('id', '=', id).execute()
