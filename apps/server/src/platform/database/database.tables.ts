import { inventoryOf, personal, system } from '../inventory/index.ts'

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
]
