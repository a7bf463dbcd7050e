import type { OptOutScope } from '@frontdesk/contact-rules'
import { inventoryOf, personal, reference, system } from '../../../platform/inventory/index.ts'

/** One copy of a do-not-call register, or of an own list, as a file brought it. */
export type RegistrySnapshotRow = {
  workspace_id: string
  id: string
  /** `us.national`, `us.FL`, `ca.national`; `own` is a list of the business. */
  registry: string
  /** What an own list stops. */
  scope: OptOutScope | null
  as_of: Temporal.Instant
  /** That the copy covers, with spaces between. */
  area_codes: string
  status: 'loading' | 'ready' | 'failed' | 'replaced'
  /** Lines of the file so far, empty ones and headings too. */
  lines_seen: number
  lines_kept: number
  lines_known: number
  lines_bad: number
  loaded_by: string
  created_at: Temporal.Instant
  finished_at: Temporal.Instant | null
}

/** A number in a copy: a keyed hash of both, and nothing else. */
export type RegistryNumberRow = { workspace_id: string; id: string; snapshot_id: string }

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    registry_snapshot: RegistrySnapshotRow
    registry_number: RegistryNumberRow
  }
}

const proof = { keep: 'Who loaded the register is part of the proof that calls were made by it.' } as const

export const registryInventory = [
  inventoryOf<RegistrySnapshotRow>('registry_snapshot', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      registry: system,
      scope: system,
      as_of: system,
      area_codes: system,
      status: system,
      lines_seen: system,
      lines_kept: system,
      lines_known: system,
      lines_bad: system,
      loaded_by: reference('member', proof),
      created_at: system,
      finished_at: system,
    },
  }),
  inventoryOf<RegistryNumberRow>('registry_number', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: personal({
        category: 'proof',
        purpose: 'compliance',
        basis: 'legal_obligation',
        retention: 'proof',
        erase: { keep: 'The register is public law; a keyed hash names nobody without the number.' },
        export: false,
        stored: 'hashed',
      }),
      snapshot_id: system,
    },
  }),
]
