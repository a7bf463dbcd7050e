import { inventoryOf, reference, system } from '../inventory/index.ts'

/** One thing that was done, as it was written in its transaction. */
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

/** The place of an entry in its workspace's chain. */
export type AuditSealRow = { workspace_id: string; id: string; sequence: number; hash: string; sealed_at: Temporal.Instant }

/** An entry that waits for the sealer. */
export type AuditPendingRow = { workspace_id: string; id: string }

declare module '../database/tables.ts' {
  interface Tables {
    audit_entry: AuditEntryRow
    audit_seal: AuditSealRow
    audit_pending: AuditPendingRow
  }
}

const noPerson = [{ root: 'none', why: 'Hashes and numbers.' }] as const

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
  inventoryOf<AuditSealRow>('audit_seal', {
    subjects: noPerson,
    columns: { workspace_id: system, id: system, sequence: system, hash: system, sealed_at: system },
  }),
  inventoryOf<AuditPendingRow>('audit_pending', { subjects: noPerson, columns: { workspace_id: system, id: system } }),
]
