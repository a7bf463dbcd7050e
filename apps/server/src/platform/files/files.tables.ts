import type { FileId } from '@frontdesk/contract'
import { inventoryOf, personal, reference, system } from '../inventory/index.ts'

/** What a file is for. Imports and exports are about many people and live 30 days at most. */
export type FilePurpose = 'attachment' | 'picture' | 'raw_mail' | 'recording' | 'import' | 'export'

/** One stored file. Its bytes lie encrypted at `address`; its key lies outside the database. */
export type FileRow = {
  workspace_id: string
  id: FileId
  address: string
  purpose: FilePurpose
  name: string | null
  media_type: string
  size: number
  created_at: Temporal.Instant
  expires_at: Temporal.Instant | null
}

/** Whom a file is about: one contact or one member a row. A file about several follows the strictest of them. */
export type FileSubjectRow = {
  workspace_id: string
  id: string
  file_id: string
  contact_id: string | null
  member_id: string | null
}

declare module '../database/tables.ts' {
  interface Tables {
    file: FileRow
    file_subject: FileSubjectRow
  }
}

export const filesInventory = [
  inventoryOf<FileRow>('file', {
    subjects: [
      { root: 'contact', via: ['file_subject.file_id', 'contact_id'] },
      { root: 'member', via: ['file_subject.file_id', 'member_id'] },
    ],
    columns: {
      workspace_id: system,
      id: system,
      address: personal({
        category: 'free_text',
        purpose: 'service',
        basis: 'workspace_instruction',
        retention: 'contact',
        erase: 'destroy_key',
        export: true,
        stored: 'encrypted',
      }),
      purpose: system,
      name: personal({
        category: 'free_text',
        purpose: 'service',
        basis: 'workspace_instruction',
        retention: 'contact',
        erase: 'delete_row',
        export: true,
      }),
      media_type: system,
      size: system,
      created_at: system,
      expires_at: system,
    },
  }),
  inventoryOf<FileSubjectRow>('file_subject', {
    subjects: [
      { root: 'contact', via: ['contact_id'] },
      { root: 'member', via: ['member_id'] },
    ],
    columns: { workspace_id: system, id: system, file_id: system, contact_id: reference('contact'), member_id: reference('member') },
  }),
]
