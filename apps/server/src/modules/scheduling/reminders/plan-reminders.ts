import type { BookingId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import type { BookingRow } from '../booking.tables.ts'
import { type WholeRule, wholeRules } from './read-rules.ts'
import { dueAt, isFor, whyNoReminder } from './reminder.rules.ts'
import type { ReminderRow } from './reminder.tables.ts'
import { sendReminderJob } from './send-reminder.ts'

/**
 * Plans what the rules say about a booking as it stands now, or ends what was planned where it does not take place. Running twice changes nothing, and neither does the order in which
 * news of a booking come. `asOf`: what was due by then was over when the booking or the rule was made, and is not sent late.
 */
export async function planBooking(tx: WorkspaceTx, bookingId: BookingId, asOf: Temporal.Instant): Promise<void> {
  const booking = await heldBooking(tx, bookingId)
  if (!booking) return
  let changed = false
  for (const rule of await wholeRules(tx)) if (await planRule(tx, rule, booking, asOf)) changed = true
  if (changed) await emit(tx, 'reminders.planned', { bookingId, contactId: booking.contact_id })
}

/** The same for one rule and one booking that the caller holds. True where something changed. */
export async function planRule(tx: WorkspaceTx, rule: WholeRule, booking: BookingRow, asOf: Temporal.Instant): Promise<boolean> {
  const known = await tx.db
    .selectFrom('reminder')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('rule_id', '=', rule.id)
    .where('booking_id', '=', booking.id)
    .executeTakeFirst()
  if (known?.state === 'sent' || known?.state === 'refused') return false
  const reason = isFor(rule, booking.service_id) ? whyNoReminder(booking.status, rule.moment) : 'rule_off'
  if (reason) {
    if (known?.state !== 'planned') return false
    await change(tx, known.id, { state: 'skipped', reason, done_at: tx.now })
    return true
  }
  const due = dueAt(rule, booking)
  if (known?.state === 'planned' && known.due_at.equals(due)) return false
  const facts = { moment: rule.moment, amount: rule.amount, unit: rule.unit, channel: rule.channel, due_at: due }
  const over = Temporal.Instant.compare(due, asOf) <= 0
  // A rule that comes too late for a booking says nothing of it; of a booking that comes too late for a rule it is said why no reminder came.
  if (over && (known?.state === 'skipped' || (!known && Temporal.Instant.compare(booking.created_at, rule.updated_at) < 0))) return false
  const state = over
    ? ({ state: 'skipped', reason: 'moment_over', done_at: tx.now } as const)
    : ({ state: 'planned', reason: null, done_at: null } as const)
  const id = known?.id ?? tx.newId()
  if (known) await change(tx, id, { ...facts, ...state })
  else
    await tx.db
      .insertInto('reminder')
      .values({
        workspace_id: tx.workspaceId,
        id,
        rule_id: rule.id,
        booking_id: booking.id,
        ...facts,
        ...state,
        message_id: null,
        answer: null,
        answered_at: null,
        created_at: tx.now,
      })
      .execute()
  if (!over) await enqueue(tx, sendReminderJob, { reminderId: id }, { startAfter: due })
  return true
}

/** A booking, held until the transaction ends, so that planning, sending and moving take turns. Undefined where it was erased. */
export const heldBooking = (tx: WorkspaceTx, bookingId: BookingId): Promise<BookingRow | undefined> =>
  tx.db
    .selectFrom('booking')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', bookingId)
    .forUpdate()
    .executeTakeFirst()

const change = (tx: WorkspaceTx, id: string, columns: Partial<Omit<ReminderRow, 'workspace_id' | 'id'>>) =>
  tx.db.updateTable('reminder').set(columns).where('workspace_id', '=', tx.workspaceId).where('id', '=', id).execute()
