import type {
  ConnectionName,
  DataCategory,
  ProcessingPurpose,
  ProcessorState,
  RecipientKind,
  Region,
  TransferMechanism,
} from '@frontdesk/contract'
import type { ColumnType, Selectable } from 'kysely'
import { inventoryOf, personal, reference, system } from '../../../platform/inventory/index.ts'

type Json<T> = ColumnType<T, string, string>

/** What a member wrote down about a recipient of data. */
export type ProcessorRow = {
  workspace_id: string
  id: string
  version: number
  connection: ConnectionName | null
  name: string
  kind: RecipientKind
  purposes: Json<readonly ProcessingPurpose[]>
  categories: Json<readonly DataCategory[]>
  region: Region
  mechanism: TransferMechanism
  contract_ref: string | null
  contract_on: Temporal.PlainDate | null
  policy_url: string | null
  adheres: boolean
  withdrawn_at: Temporal.Instant | null
  ended_at: Temporal.Instant | null
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
}
export type StoredProcessor = Selectable<ProcessorRow>

/** What became of an entry. Append-only. */
export type ProcessorChangeRow = {
  workspace_id: string
  id: string
  processor_id: string
  state: ProcessorState
  contract_ref: string | null
  done_by: string
  at: Temporal.Instant
}

/** Somebody the business has a contract with. */
export type CounterpartyRow = {
  workspace_id: string
  id: string
  version: number
  name: string
  representative: string | null
  email: string | null
  contract_ref: string
  signed_on: Temporal.PlainDate
  ends_on: Temporal.PlainDate | null
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
}

/** What came of looking a counterparty up. Append-only. */
export type CounterpartyScreeningRow = {
  workspace_id: string
  id: string
  counterparty_id: string
  list: string
  result: 'clear' | 'unclear' | 'hit'
  note: string | null
  checked_on: Temporal.PlainDate
  done_by: string
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    processor: ProcessorRow
    processor_change: ProcessorChangeRow
    counterparty: CounterpartyRow
    counterparty_screening: CounterpartyScreeningRow
  }
}

const ofWorkspace = [{ root: 'workspace' }] as const
const who = { keep: 'Who decided under which contract data may leave is part of the proof.' } as const
const ofCounterparty = (category: 'name' | 'contact_details') =>
  personal({ category, purpose: 'compliance', basis: 'contract', retention: 'workspace', erase: 'delete_row', export: false })

export const processorInventory = [
  inventoryOf<ProcessorRow>('processor', {
    subjects: ofWorkspace,
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      connection: system,
      name: system,
      kind: system,
      purposes: system,
      categories: system,
      region: system,
      mechanism: system,
      contract_ref: system,
      contract_on: system,
      policy_url: system,
      adheres: system,
      withdrawn_at: system,
      ended_at: system,
      created_at: system,
      updated_at: system,
    },
  }),
  inventoryOf<ProcessorChangeRow>('processor_change', {
    subjects: ofWorkspace,
    columns: {
      workspace_id: system,
      id: system,
      processor_id: system,
      state: system,
      contract_ref: system,
      done_by: reference('member', who),
      at: system,
    },
  }),
  inventoryOf<CounterpartyRow>('counterparty', {
    subjects: ofWorkspace,
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      name: ofCounterparty('name'),
      representative: ofCounterparty('name'),
      email: ofCounterparty('contact_details'),
      contract_ref: system,
      signed_on: system,
      ends_on: system,
      created_at: system,
      updated_at: system,
    },
  }),
  inventoryOf<CounterpartyScreeningRow>('counterparty_screening', {
    subjects: ofWorkspace,
    columns: {
      workspace_id: system,
      id: system,
      counterparty_id: system,
      list: system,
      result: system,
      note: personal({
        category: 'free_text',
        purpose: 'compliance',
        basis: 'legal_obligation',
        retention: 'workspace',
        erase: 'delete_row',
        export: false,
      }),
      checked_on: system,
      done_by: reference('member', who),
    },
  }),
]
