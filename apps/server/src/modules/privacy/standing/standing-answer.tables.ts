import type { ContactId } from '@frontdesk/contract'
import { inventoryOf, personal, reference, system } from '../../../platform/inventory/index.ts'

/** Whether a contact may be reached with an offer, by channel, as it stood when she was looked at. `id` is the contact's. */
export type StandingAnswerRow = {
  workspace_id: string
  id: ContactId
  email: boolean
  sms: boolean
  call: boolean
  looked_at: Temporal.Instant
  holds_until: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    standing_answer: StandingAnswerRow
  }
}

// It follows from the ledger, the stops and the rules, which are exported themselves.
const answer = personal({
  category: 'preference',
  purpose: 'service',
  basis: 'workspace_instruction',
  retention: 'contact',
  erase: 'delete_row',
  export: false,
})

export const standingAnswerInventory = [
  inventoryOf<StandingAnswerRow>('standing_answer', {
    subjects: [{ root: 'contact', via: ['id'] }],
    columns: {
      workspace_id: system,
      id: reference('contact'),
      email: answer,
      sms: answer,
      call: answer,
      looked_at: system,
      holds_until: system,
    },
  }),
]
