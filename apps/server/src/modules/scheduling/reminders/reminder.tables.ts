import type { BookingId, MessageId, ReminderAnswer, ReminderChannel, ReminderLocale, ReminderSkip, ServiceId } from '@frontdesk/contract'
import { inventoryOf, reference, system } from '../../../platform/inventory/index.ts'

/** When and by which way the business writes about an appointment. */
export type ReminderRuleRow = {
  workspace_id: string
  id: string
  moment: 'before' | 'after'
  amount: number
  unit: 'minutes' | 'hours' | 'days'
  channel: ReminderChannel
  every_service: boolean
  active: boolean
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  version: number
}

/** A service that a rule is for, where it is not for all. */
export type ReminderRuleServiceRow = { workspace_id: string; id: string; rule_id: string; service_id: ServiceId }

/** The business's own words of a rule in one language. */
export type ReminderTextRow = {
  workspace_id: string
  id: string
  rule_id: string
  locale: ReminderLocale
  subject: string | null
  body: string | null
}

/** What a rule did for one booking. */
export type ReminderRow = {
  workspace_id: string
  id: string
  rule_id: string | null
  booking_id: BookingId
  moment: 'before' | 'after'
  amount: number
  unit: 'minutes' | 'hours' | 'days'
  channel: ReminderChannel
  due_at: Temporal.Instant
  state: 'planned' | 'sent' | 'refused' | 'skipped'
  reason: ReminderSkip | null
  done_at: Temporal.Instant | null
  message_id: MessageId | null
  answer: ReminderAnswer | null
  answered_at: Temporal.Instant | null
  created_at: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    reminder_rule: ReminderRuleRow
    reminder_rule_service: ReminderRuleServiceRow
    reminder_text: ReminderTextRow
    reminder: ReminderRow
  }
}

const offer = [{ root: 'workspace' }] as const

export const reminderInventory = [
  inventoryOf<ReminderRuleRow>('reminder_rule', {
    subjects: offer,
    columns: {
      workspace_id: system,
      id: system,
      moment: system,
      amount: system,
      unit: system,
      channel: system,
      every_service: system,
      active: system,
      created_at: system,
      updated_at: system,
      version: system,
    },
  }),
  inventoryOf<ReminderRuleServiceRow>('reminder_rule_service', {
    subjects: offer,
    columns: { workspace_id: system, id: system, rule_id: system, service_id: system },
  }),
  inventoryOf<ReminderTextRow>('reminder_text', {
    subjects: offer,
    columns: { workspace_id: system, id: system, rule_id: system, locale: system, subject: system, body: system },
  }),
  inventoryOf<ReminderRow>('reminder', {
    ownWork: true,
    subjects: [
      { root: 'contact', via: ['booking_id', 'contact_id'] },
      { root: 'contact', via: ['booking_id', 'attendee_id'] },
    ],
    columns: {
      workspace_id: system,
      id: system,
      rule_id: system,
      booking_id: reference('booking'),
      moment: system,
      amount: system,
      unit: system,
      channel: system,
      due_at: system,
      state: system,
      reason: system,
      done_at: system,
      message_id: reference('contact'),
      answer: system,
      answered_at: system,
      created_at: system,
    },
  }),
]
