import type { BookingId, Principal, Reminder, ReminderRule, ReminderWay } from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { readBooking } from '../list-bookings.ts'
import { schedulingPolicy } from '../scheduling.policy.ts'
import { presentRule, wholeRules } from './read-rules.ts'
import { standingOfWays } from './reminder-channels.ts'

export type ReminderRules = { readonly items: ReminderRule[]; readonly ways: z.output<typeof ReminderWay>[] }

/** Every rule of the business, and which ways are set up. */
export async function listReminderRules(tx: WorkspaceTx, by: Principal): Promise<ReminderRules> {
  schedulingPolicy.require(by, 'services.read')
  return { items: (await wholeRules(tx)).map(presentRule), ways: await standingOfWays(tx) }
}

/** What is planned and what was sent about an appointment, wherever it was moved from. That a move ended what was planned before goes without saying. */
export async function remindersOf(tx: WorkspaceTx, by: Principal, bookingId: BookingId): Promise<Reminder[]> {
  const booking = await readBooking(tx, by, bookingId)
  const rows = await tx.db
    .selectFrom('reminder')
    .innerJoin('booking', (join) =>
      join.onRef('booking.workspace_id', '=', 'reminder.workspace_id').onRef('booking.id', '=', 'reminder.booking_id'),
    )
    .leftJoin('message', (join) =>
      join.onRef('message.workspace_id', '=', 'reminder.workspace_id').onRef('message.id', '=', 'reminder.message_id'),
    )
    .selectAll('reminder')
    .select('message.conversation_id')
    .where('reminder.workspace_id', '=', tx.workspaceId)
    .where('booking.thread_id', '=', booking.thread_id)
    .where((row) => row.or([row('reminder.reason', 'is', null), row('reminder.reason', '!=', 'moved')]))
    .orderBy('reminder.due_at')
    .orderBy('reminder.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    moment: row.moment,
    amount: row.amount,
    unit: row.unit,
    channel: row.channel,
    state: row.state,
    reason: row.reason,
    dueAt: row.due_at.toString(),
    doneAt: row.done_at?.toString() ?? null,
    messageId: row.message_id,
    conversationId: row.conversation_id,
    answer: row.answer,
    answeredAt: row.answered_at?.toString() ?? null,
  }))
}
