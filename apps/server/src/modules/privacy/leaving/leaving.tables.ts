import type { FileId } from '@frontdesk/contract'
import { inventoryOf, reference, system } from '../../../platform/inventory/index.ts'

/** A copy of everything a workspace holds. */
export type WorkspaceExportRow = {
  workspace_id: string
  id: string
  state: 'waiting' | 'running' | 'ready' | 'failed'
  progress: number
  asked_by: string
  requested_at: Temporal.Instant
  finished_at: Temporal.Instant | null
}

/** One ZIP file of it. Its bytes go with whoever in it is erased, and so does `file_id`. */
export type WorkspaceExportPartRow = {
  workspace_id: string
  id: string
  export_id: string
  number: number
  file_id: FileId | null
  size: number
  downloaded_at: Temporal.Instant | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    workspace_export: WorkspaceExportRow
    workspace_export_part: WorkspaceExportPartRow
  }
}

const ofWorkspace = [{ root: 'workspace' }] as const

export const leavingInventory = [
  inventoryOf<WorkspaceExportRow>('workspace_export', {
    subjects: ofWorkspace,
    columns: {
      workspace_id: system,
      id: system,
      state: system,
      progress: system,
      asked_by: reference('member', {
        keep: 'Who took a copy of everything is part of the proof; the id names nobody once the member is erased.',
      }),
      requested_at: system,
      finished_at: system,
    },
  }),
  inventoryOf<WorkspaceExportPartRow>('workspace_export_part', {
    subjects: ofWorkspace,
    columns: { workspace_id: system, id: system, export_id: system, number: system, file_id: system, size: system, downloaded_at: system },
  }),
]
