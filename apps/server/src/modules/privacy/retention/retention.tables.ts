import type { ContactId } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, personal, type RetentionRule, reference, system } from '../../../platform/inventory/index.ts'

type Json<T> = ColumnType<T, string, string>

/** Days by rule. */
export type RuleDays = Readonly<Record<RetentionRule, number>>

/** How long a workspace keeps what, and whether it has confirmed what goes. One row a workspace. */
export type RetentionSettingRow = {
  workspace_id: string
  id: string
  version: number
  /** Where it differs from the defaults. */
  days: Json<Partial<RuleDays>>
  confirmed_at: Temporal.Instant | null
  confirmed_by: string | null
  preview_id: string | null
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
}

/** What a preview counted under one rule. */
export type RuleCount = { readonly due: number; readonly held: number }

/** What would go in the coming night, as somebody saw it. */
export type RetentionPreviewRow = {
  workspace_id: string
  id: string
  days: Json<Partial<RuleDays>>
  as_of: Temporal.Instant
  rules: Json<Readonly<Partial<Record<RetentionRule, RuleCount>>>>
  made_by: string
  created_at: Temporal.Instant
}

/** What a night did under one rule: rows that went or were emptied by table, files, and rows that a hold kept. */
export type RunCounts = { readonly tables: Readonly<Record<string, number>>; readonly files: number; readonly held: number }

/** One night's work. */
export type RetentionRunRow = {
  workspace_id: string
  id: string
  /** On the business's calendar. */
  night: Temporal.PlainDate
  as_of: Temporal.Instant
  /** Rules that are younger than the run are missing. */
  days: Json<Partial<RuleDays>>
  state: 'running' | 'done'
  counts: Json<Readonly<Partial<Record<RetentionRule, RunCounts>>>>
  started_at: Temporal.Instant
  finished_at: Temporal.Instant | null
}

/** What must not go for now: all of one contact, or all that one rule would take. */
export type LegalHoldRow = {
  workspace_id: string
  id: string
  contact_id: ContactId | null
  rule: RetentionRule | null
  why: string
  /** The first day on which it no longer counts. */
  until: Temporal.PlainDate | null
  placed_by: string
  created_at: Temporal.Instant
  released_at: Temporal.Instant | null
  released_by: string | null
  release_why: string | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    retention_setting: RetentionSettingRow
    retention_preview: RetentionPreviewRow
    retention_run: RetentionRunRow
    legal_hold: LegalHoldRow
  }
}

const ofWorkspace = [{ root: 'workspace' }] as const
const whoDecided = { keep: 'Who decided what is kept and what goes is part of the proof that it was decided.' } as const
const grounds = personal({
  category: 'free_text',
  purpose: 'compliance',
  basis: 'legal_obligation',
  retention: 'proof',
  erase: 'delete_row',
  export: false,
})

export const retentionInventory = [
  inventoryOf<RetentionSettingRow>('retention_setting', {
    subjects: ofWorkspace,
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      days: system,
      confirmed_at: system,
      confirmed_by: reference('member', whoDecided),
      preview_id: system,
      created_at: system,
      updated_at: system,
    },
  }),
  inventoryOf<RetentionPreviewRow>('retention_preview', {
    subjects: ofWorkspace,
    columns: {
      workspace_id: system,
      id: system,
      days: system,
      as_of: system,
      rules: system,
      made_by: reference('member', whoDecided),
      created_at: system,
    },
  }),
  inventoryOf<RetentionRunRow>('retention_run', {
    subjects: ofWorkspace,
    columns: {
      workspace_id: system,
      id: system,
      night: system,
      as_of: system,
      days: system,
      state: system,
      counts: system,
      started_at: system,
      finished_at: system,
    },
  }),
  inventoryOf<LegalHoldRow>('legal_hold', {
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      contact_id: reference('contact'),
      rule: system,
      why: grounds,
      until: system,
      placed_by: reference('member', whoDecided),
      created_at: system,
      released_at: system,
      released_by: reference('member', whoDecided),
      release_why: grounds,
    },
  }),
]
