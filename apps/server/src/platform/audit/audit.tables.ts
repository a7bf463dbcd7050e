import { inventoryOf, reference, system } from '../inventory/index.ts'

/** One audit entry, unsealed until the sealer gives it a sequence and a hash. */
export type AuditEntryRow = {
  workspace_id: string
  id: string
  at: Temporal.Instant
  actor_type: string
  actor_id: string
  action: string
  object_type: string
  object_id: string
  result: string
}

declare module '../database/tables.ts' {
  interface Tables {
    audit_entry: AuditEntryRow
  }
}

export const auditInventory = [
  inventoryOf<AuditEntryRow>('audit_entry', {
    subjects: [{ root: 'member', via: ['actor_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      at: system,
      actor_type: system,
      actor_id: reference('member', { keep: 'The proof of who acted; the id names nobody once the member is erased.' }),
      action: system,
      object_type: system,
      object_id: reference('contact', { keep: 'The proof of what was done; the id names nobody once the contact is erased.' }),
      result: system,
    },
  }),
]
