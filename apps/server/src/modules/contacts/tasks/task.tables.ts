import type { ContactId, MemberId, TaskId } from '@frontdesk/contract'
import { inventoryOf, personal, reference, system } from '../../../platform/inventory/index.ts'

/** Something to be done for a contact. */
export type TaskRow = {
  workspace_id: string
  id: TaskId
  version: number
  contact_id: ContactId
  text: string
  member_id: MemberId | null
  due_on: Temporal.PlainDate | null
  due_at: Temporal.Instant | null
  /** What lists are ordered by: `due_at`, or the end of the day at the business; a far day where there is none. */
  due_by: Temporal.Instant
  remind_minutes: number | null
  remind_at: Temporal.Instant | null
  reminded_at: Temporal.Instant | null
  created_by_member_id: MemberId | null
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  done_at: Temporal.Instant | null
  done_by_member_id: MemberId | null
  removed_at: Temporal.Instant | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    task: TaskRow
  }
}

export const taskInventory = [
  inventoryOf<TaskRow>('task', {
    ends: { rule: 'removed', after: 'removed_at', how: 'delete_row' },
    // What this business wants to do; another provider goes on without it.
    ownWork: true,
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      contact_id: reference('contact'),
      text: personal({
        category: 'free_text',
        purpose: 'service',
        basis: 'workspace_instruction',
        retention: 'contact',
        erase: 'delete_row',
        export: true,
      }),
      member_id: reference('member', 'null'),
      due_on: system,
      due_at: system,
      due_by: system,
      remind_minutes: system,
      remind_at: system,
      reminded_at: system,
      created_by_member_id: reference('member', 'null'),
      created_at: system,
      updated_at: system,
      done_at: system,
      done_by_member_id: reference('member', 'null'),
      removed_at: system,
    },
  }),
]
