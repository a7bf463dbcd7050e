import type { ContactId, FileId, MailId, RestrictionGround } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, type PersonalField, personal, reference, system } from '../../../platform/inventory/index.ts'
import type { PointKind } from '../../contacts/index.ts'
import type { ErasureGround, ErasureMode, ErasureReceipt } from './receipt.ts'

/** One erasure or anonymization, and afterwards its receipt. */
export type ErasureRow = {
  workspace_id: string
  id: string
  subject_hash: string
  mode: ErasureMode
  state: 'waiting' | 'held' | 'running' | 'done'
  step: 'collect' | 'erase' | 'prove' | 'done'
  ground: ErasureGround
  asked_by: string
  contact_id: ContactId | null
  identifiers: string | null
  held_by: string | null
  receipt: ColumnType<ErasureReceipt | null, string | null, string | null>
  requested_at: Temporal.Instant
  finished_at: Temporal.Instant | null
}

/** A row that is hers, while an erasure runs. */
export type ErasureRowRow = {
  workspace_id: string
  id: string
  erasure_id: string
  place: string
  row_id: string
  copy_id: string | null
}

/** An address of somebody who was erased, as a keyed hash. */
export type ErasedPointRow = { workspace_id: string; id: string; erasure_id: string; kind: PointKind; value_hash: string }

/** Data that is kept and not used. */
export type RestrictionRow = {
  workspace_id: string
  id: string
  contact_id: ContactId
  ground: RestrictionGround
  asked_by: string
  since: Temporal.Instant
  lifted_at: Temporal.Instant | null
  lifted_by: string | null
  /** Written when it is lifted, or when it is to be as soon as a letter has left. */
  lifted_because: string | null
  /** How she was told before it ended; null while it stands, and where she had not asked for it. */
  told_how: ToldHow | null
  /** What shows it, where no letter of ours does. */
  told_proof: string | null
  /** A letter that tells her has to leave first, or did not. */
  lift_state: 'letter_leaving' | 'letter_failed' | null
  lift_mail_id: MailId | null
  lift_asked_by: string | null
}

/** How she was told that her data are used again. `case_page`: where no mail could go, on the page of her case. */
export type ToldHow = 'mail' | 'letter' | 'phone' | 'in_person' | 'case_page'

/** A copy of somebody's data. */
export type ContactExportRow = {
  workspace_id: string
  id: string
  contact_id: ContactId
  state: 'waiting' | 'running' | 'ready' | 'failed'
  progress: number
  reason: 'access' | 'portability'
  file_id: FileId | null
  asked_by: string
  requested_at: Temporal.Instant
  finished_at: Temporal.Instant | null
  downloaded_at: Temporal.Instant | null
}

/** Somebody's data from another provider. */
export type ContactImportRow = {
  workspace_id: string
  id: string
  state: 'waiting' | 'running' | 'done' | 'refused'
  refusal: 'not_an_export' | 'other_version' | 'erased_before' | 'already_here' | 'not_served' | 'damaged' | null
  contact_id: ContactId | null
  file_id: FileId | null
  rows: number
  files: number
  asked_by: string
  requested_at: Temporal.Instant
  finished_at: Temporal.Instant | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    erasure: ErasureRow
    erasure_row: ErasureRowRow
    erased_point: ErasedPointRow
    restriction: RestrictionRow
    contact_export: ContactExportRow
    contact_import: ContactImportRow
  }
}

const proof = 'The proof that an erasure was carried out, and how it is carried out again on an older backup; it names nobody.'
const kept = (more: Partial<PersonalField> = {}): PersonalField =>
  personal({
    category: 'proof',
    purpose: 'compliance',
    basis: 'legal_obligation',
    retention: 'proof',
    erase: { keep: proof },
    export: false,
    stored: 'hashed',
    ...more,
  })
const right = (more: Pick<PersonalField, 'category'>): PersonalField =>
  personal({ purpose: 'compliance', basis: 'legal_obligation', retention: 'proof', erase: 'delete_row', export: true, ...more })
const ownEnd = { keep: 'Emptied by the erasure itself when it is done.' } as const
const noPath = [
  { root: 'none', why: 'Keyed hashes, states and counts; what leads to a person is emptied when the erasure is done.' },
] as const

export const erasureInventory = [
  inventoryOf<ErasureRow>('erasure', {
    subjects: noPath,
    columns: {
      workspace_id: system,
      id: system,
      subject_hash: kept(),
      mode: system,
      state: system,
      step: system,
      ground: system,
      asked_by: reference('member', { keep: 'The proof of who asked for it; the id names nobody once the member is erased.' }),
      contact_id: reference('erasure', ownEnd),
      identifiers: kept({ category: 'contact_details', erase: ownEnd, stored: 'encrypted' }),
      held_by: system,
      receipt: system,
      requested_at: system,
      finished_at: system,
    },
  }),
  inventoryOf<ErasureRowRow>('erasure_row', {
    subjects: noPath,
    columns: { workspace_id: system, id: system, erasure_id: system, place: system, row_id: system, copy_id: system },
  }),
  inventoryOf<ErasedPointRow>('erased_point', {
    subjects: noPath,
    columns: { workspace_id: system, id: system, erasure_id: system, kind: system, value_hash: kept() },
  }),
  inventoryOf<RestrictionRow>('restriction', {
    ownWork: true,
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      contact_id: reference('contact'),
      ground: right({ category: 'proof' }),
      asked_by: reference('member'),
      since: right({ category: 'proof' }),
      lifted_at: right({ category: 'proof' }),
      lifted_by: reference('member'),
      lifted_because: right({ category: 'free_text' }),
      told_how: right({ category: 'proof' }),
      told_proof: right({ category: 'free_text' }),
      lift_state: system,
      lift_mail_id: reference('contact'),
      lift_asked_by: reference('member'),
    },
  }),
  inventoryOf<ContactExportRow>('contact_export', {
    ownWork: true,
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      contact_id: reference('contact'),
      state: system,
      progress: system,
      reason: system,
      file_id: reference('contact'),
      asked_by: reference('member'),
      requested_at: right({ category: 'proof' }),
      finished_at: system,
      downloaded_at: right({ category: 'proof' }),
    },
  }),
  inventoryOf<ContactImportRow>('contact_import', {
    ownWork: true,
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      state: system,
      refusal: system,
      contact_id: reference('contact'),
      file_id: reference('contact'),
      rows: system,
      files: system,
      asked_by: reference('member'),
      requested_at: system,
      finished_at: system,
    },
  }),
]
