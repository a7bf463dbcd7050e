import type {
  ContactId,
  DateOrder,
  FileId,
  ImportColumn,
  ImportCounts,
  ImportFormat,
  ImportGround,
  ImportProblem,
  ImportReach,
  ImportRule,
  ImportState,
  ImportTarget,
} from '@frontdesk/contract'
import type { Dialect, Encoding } from '@frontdesk/interchange'
import type { ColumnType, Selectable } from 'kysely'
import { inventoryOf, personal, reference, system } from '../../../platform/inventory/index.ts'

/** What a person says about how a file is written. */
export type SaidFormat = {
  readonly encoding?: Encoding | undefined
  readonly delimiter?: string | undefined
  readonly header?: boolean | undefined
  readonly sheet?: string | undefined
}

/** How a file is written, whole enough to be read again. */
export type ListFormat = ImportFormat & {
  readonly encoding: Encoding | null
  readonly dialect: Dialect | null
  /** Rows of a sheet before the header. */
  readonly skipRows: number
  readonly mediaType: string
}

/** What a dry run found. `asked`: of how many people it was asked what may be done. */
export type Forecast = { readonly counts: ImportCounts; readonly reach: readonly ImportReach[]; readonly asked: number }

/** One list that was brought. */
export type ImportRow = {
  workspace_id: string
  id: string
  version: number
  state: ImportState
  problem: ImportProblem | null
  name: string
  how: 'upload' | 'paste'
  size: number
  file_id: FileId | null
  error_file_id: FileId | null
  said: ColumnType<SaidFormat, string, string>
  format: ColumnType<ListFormat | null, string | null, string | null>
  columns: ColumnType<readonly ImportColumn[], string, string>
  country: string | null
  date_order: DateOrder | null
  match_by: string[]
  rules: ColumnType<Readonly<Record<string, ImportRule>>, string, string>
  tags: string[]
  ground: ColumnType<ImportGround | null, string | null, string | null>
  remembered: boolean
  row_count: number | null
  done: number
  forecast: ColumnType<Forecast | null, string | null, string | null>
  counts: ColumnType<ImportCounts, string, string>
  removed: number
  restored: number
  kept: number
  actor_kind: 'member' | 'api_key' | 'operator' | 'system'
  actor_id: string | null
  vouched_by: string | null
  vouched_words: string | null
  vouched_at: Temporal.Instant | null
  created_at: Temporal.Instant
  started_at: Temporal.Instant | null
  finished_at: Temporal.Instant | null
}
export type StoredImport = Selectable<ImportRow>

export type RowOutcome = 'created' | 'updated' | 'unchanged' | 'duplicate' | 'invalid' | 'erased' | 'refused'

/**
 * What a row changed of somebody, to be taken back: values before and after, points she did not have with their ids, ids of her new tags with those of the rows that carry them (rows from
 * before have those of the tags alone), of points that became shared, and of her note.
 */
export type RowChange = {
  readonly fields?: Readonly<Record<string, readonly [before: unknown, after: unknown]>>
  readonly points?: readonly (readonly [id: string, value: string])[]
  readonly shared?: readonly string[]
  readonly tags?: readonly (string | readonly [tag: string, row: string])[]
  readonly note?: string
}

/** What was new to the business with a row, by ids. */
export type RowMade = { readonly companies?: readonly string[]; readonly tags?: readonly string[] }

/** What one row of a list did. */
export type ImportRowRow = {
  workspace_id: string
  id: string
  import_id: string
  number: number
  outcome: RowOutcome
  contact_id: ContactId | null
  version: number | null
  changed: ColumnType<RowChange | null, string | null, string | null>
  made: ColumnType<RowMade | null, string | null, string | null>
  reasons: string[] | null
  created_at: Temporal.Instant
}

/** What became of the columns of the last list with these names. */
export type ImportMappingRow = {
  workspace_id: string
  id: string
  signature: string
  settled: ColumnType<SettledMapping, string, string>
  used_at: Temporal.Instant
}

/** What became of a column. One that was left out while nothing stood in it was not decided about: `empty`. */
export type SettledColumn = { readonly name: string; readonly target: ImportTarget; readonly empty?: true }

export type SettledMapping = {
  readonly columns: readonly SettledColumn[]
  readonly country: string | null
  readonly dateOrder: DateOrder | null
  readonly matchBy: readonly string[]
  readonly rules: Readonly<Record<string, ImportRule>>
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    import: ImportRow
    import_row: ImportRowRow
    import_mapping: ImportMappingRow
  }
}

const ofTheBusiness = personal({
  category: 'free_text',
  purpose: 'service',
  basis: 'workspace_instruction',
  retention: 'workspace',
  erase: 'delete_row',
  export: false,
})

export const importInventory = [
  inventoryOf<ImportRow>('import', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      state: system,
      problem: system,
      name: ofTheBusiness,
      how: system,
      size: system,
      file_id: system,
      error_file_id: system,
      said: system,
      format: system,
      columns: system,
      country: system,
      date_order: system,
      match_by: system,
      rules: system,
      tags: system,
      ground: system,
      remembered: system,
      row_count: system,
      done: system,
      forecast: system,
      counts: system,
      removed: system,
      restored: system,
      kept: system,
      actor_kind: system,
      actor_id: reference('member', { keep: 'Who brought the list; the id names nobody once the member is erased.' }),
      vouched_by: reference('member', {
        keep: 'Who answers for how these people are known; the id names nobody once the member is erased.',
      }),
      vouched_words: system,
      vouched_at: system,
      created_at: system,
      started_at: system,
      finished_at: system,
    },
  }),
  inventoryOf<ImportRowRow>('import_row', {
    // What a list replaced, as long as it can be taken back.
    ends: { rule: 'removed', after: 'created_at', how: 'delete_row' },
    ownWork: true,
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      import_id: system,
      number: system,
      outcome: system,
      contact_id: reference('contact'),
      version: system,
      changed: personal({
        category: 'free_text',
        purpose: 'service',
        basis: 'workspace_instruction',
        retention: 'contact',
        erase: 'delete_row',
        export: true,
      }),
      made: system,
      reasons: system,
      created_at: system,
    },
  }),
  inventoryOf<ImportMappingRow>('import_mapping', {
    subjects: [{ root: 'workspace' }],
    columns: { workspace_id: system, id: system, signature: system, settled: system, used_at: system },
  }),
]
