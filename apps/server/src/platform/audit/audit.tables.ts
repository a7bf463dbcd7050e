import type { WorkspaceId } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, inventoryOutside, reference, system } from '../inventory/index.ts'

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

/** What was deleted of a workspace that left, and the certificate of it. */
export type WorkspaceDeletionRow = {
  workspace_id: WorkspaceId
  test_workspace_id: WorkspaceId | null
  closed_at: Temporal.Instant
  began_at: Temporal.Instant
  counts: ColumnType<Readonly<Record<string, number>>, string, string>
  audit_entries: number
  audit_hash: string | null
  tell: string[]
  finished_at: Temporal.Instant | null
  sequence: number | null
  certificate: string | null
  sha256: string | null
  handed_out_at: Temporal.Instant | null
}

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
  inventoryOutside<WorkspaceDeletionRow>('platform', 'workspace_deletion', {
    subjects: [{ root: 'user', via: ['tell'] }],
    columns: {
      workspace_id: system,
      test_workspace_id: system,
      closed_at: system,
      began_at: system,
      counts: system,
      audit_entries: system,
      audit_hash: system,
      tell: reference('user', { keep: 'Whom the certificate goes to; emptied within minutes, once it is queued.' }),
      finished_at: system,
      sequence: system,
      certificate: system,
      sha256: system,
      handed_out_at: system,
    },
  }),
]
