import type { KeyPurpose } from '@frontdesk/contract'
import type { ColumnType, Generated } from 'kysely'
import { inventoryOf, personal, reference, system } from '../inventory/index.ts'

/** An address of somebody's program that is told of events. */
export type WebhookEndpointRow = {
  workspace_id: string
  id: string
  url: string
  description: string
  /** Null: every kind. */
  kinds: string[] | null
  state: 'on' | 'off'
  off_reason: 'by_hand' | 'gone' | 'failing' | null
  off_at: Temporal.Instant | null
  /** Encrypted. */
  secret: string
  secret_made_at: Temporal.Instant
  /** Encrypted; signs beside the new one for a while. */
  previous_secret: string | null
  previous_until: Temporal.Instant | null
  failing_since: Temporal.Instant | null
  last_success_at: Temporal.Instant | null
  quiet_until: Temporal.Instant | null
  slow: Generated<boolean>
  recipient_id: string | null
  recipient_name: string | null
  recipient_purpose: KeyPurpose | null
  created_by: string | null
  created_at: Temporal.Instant
  version: ColumnType<number, number, number>
}

/** One event for one endpoint. */
export type WebhookDeliveryRow = {
  workspace_id: string
  id: string
  endpoint_id: string
  event_id: string
  event_type: string
  state: 'waiting' | 'sending' | 'delivered' | 'failed'
  fail_reason: 'tries_used_up' | 'endpoint_off' | null
  attempts: Generated<number>
  /** Tries that the receiver did not take, by which the waits are counted. */
  failures: Generated<number>
  next_at: Temporal.Instant | null
  claimed_until: Temporal.Instant | null
  last_status: number | null
  created_at: Temporal.Instant
  finished_at: Temporal.Instant | null
}

/** One try of a delivery. */
export type WebhookAttemptRow = {
  workspace_id: string
  id: string
  delivery_id: string
  number: number
  at: Temporal.Instant
  ms: number | null
  status: number | null
  error: string | null
  answer: string | null
}

declare module '../database/tables.ts' {
  interface Tables {
    webhook_endpoint: WebhookEndpointRow
    webhook_delivery: WebhookDeliveryRow
    webhook_attempt: WebhookAttemptRow
  }
}

const ofBusiness = (category: 'free_text' | 'name' | 'credential', stored?: 'encrypted') =>
  personal({
    category,
    purpose: 'operation',
    basis: 'contract',
    retention: 'workspace',
    erase: 'delete_row',
    export: false,
    ...(stored ? { stored } : {}),
  })

export const webhooksInventory = [
  inventoryOf<WebhookEndpointRow>('webhook_endpoint', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      url: ofBusiness('free_text'),
      description: ofBusiness('free_text'),
      kinds: system,
      state: system,
      off_reason: system,
      off_at: system,
      secret: ofBusiness('credential', 'encrypted'),
      secret_made_at: system,
      previous_secret: ofBusiness('credential', 'encrypted'),
      previous_until: system,
      failing_since: system,
      last_success_at: system,
      quiet_until: system,
      slow: system,
      recipient_id: system,
      recipient_name: ofBusiness('name'),
      recipient_purpose: system,
      created_by: reference('member', 'detach'),
      created_at: system,
      version: system,
    },
  }),
  inventoryOf<WebhookDeliveryRow>('webhook_delivery', {
    subjects: [{ root: 'none', why: 'That an event was sent; what it names stands in the event alone, with which the row goes.' }],
    columns: {
      workspace_id: system,
      id: system,
      endpoint_id: system,
      event_id: system,
      event_type: system,
      state: system,
      fail_reason: system,
      attempts: system,
      failures: system,
      next_at: system,
      claimed_until: system,
      last_status: system,
      created_at: system,
      finished_at: system,
    },
  }),
  inventoryOf<WebhookAttemptRow>('webhook_attempt', {
    // What the business's own program answered. It is sent ids alone, and its answer goes with the event: after 30 days, and when somebody whom the event names is erased.
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      delivery_id: system,
      number: system,
      at: system,
      ms: system,
      status: system,
      error: system,
      answer: ofBusiness('free_text'),
    },
  }),
]
