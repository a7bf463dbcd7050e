import { inventoryOf, inventoryOutside, personal, system } from '../inventory/index.ts'
import type { KeyVersionRow } from './key-versions.ts'
import type { PreparationRow } from './preparation.ts'

/** The stored answer of a write that carried an `Idempotency-Key`. */
export type IdempotencyKeyRow = {
  workspace_id: string
  id: string
  principal: string
  key: string
  request_hash: string
  status: number
  answer: unknown
  created_at: Temporal.Instant
}

declare module './tables.ts' {
  interface Tables {
    idempotency_key: IdempotencyKeyRow
  }
}

export const databaseInventory = [
  inventoryOf<IdempotencyKeyRow>('idempotency_key', {
    // The answer that its caller was given anyway, for 24 hours.
    subjects: [{ root: 'contact', mentionedIn: 'answer' }],
    columns: {
      workspace_id: system,
      id: system,
      principal: system,
      key: system,
      request_hash: system,
      status: system,
      answer: personal({
        category: 'free_text',
        purpose: 'operation',
        basis: 'workspace_instruction',
        retention: 'operation',
        erase: 'delete_row',
        export: false,
        stored: 'encrypted',
      }),
      created_at: system,
    },
  }),
  inventoryOutside<KeyVersionRow>('platform', 'key_version', {
    subjects: [{ root: 'none', why: 'Which keys there are.' }],
    columns: { purpose: system, key_id: system, fingerprint: system, made_at: system },
  }),
  inventoryOutside<PreparationRow>('platform', 'preparation', {
    subjects: [{ root: 'none', why: 'What the database was made ready for.' }],
    columns: { one: system, mark: system, prepared_at: system },
  }),
]
