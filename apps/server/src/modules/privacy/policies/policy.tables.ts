import type { ContactId, MailId, MemberId, OwnParagraph, PolicyKind, PolicyLocale, PolicyWeight } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, personal, reference, system } from '../../../platform/inventory/index.ts'
import type { EndedUse } from './built-in-uses.ts'
import type { PolicyDocument } from './policy-facts.ts'

type Json<T> = ColumnType<T, string, string>

/** One published version of a document. Append-only. */
export type PolicyVersionRow = {
  workspace_id: string
  id: string
  kind: PolicyKind
  version: number
  weight: PolicyWeight
  settings_version: number
  published_by: string
  published_at: Temporal.Instant
  notice_until: Temporal.Instant | null
  generated: boolean
}

/** One language of a version. Append-only. */
export type PolicyTextRow = {
  workspace_id: string
  id: string
  version_id: string
  locale: PolicyLocale
  body: Json<PolicyDocument>
  text: string
  sha256: string
}

/** What the business adds in its own words. One row a document. */
export type PolicyParagraphsRow = {
  workspace_id: string
  id: string
  kind: PolicyKind
  version: number
  paragraphs: Json<readonly OwnParagraph[]>
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
}

/** How far telling people about a version is. */
export type PolicyTellingRow = {
  workspace_id: string
  id: string
  version_id: string
  state: 'running' | 'done'
  after_contact_id: ContactId | null
  started_at: Temporal.Instant
  done_at: Temporal.Instant | null
}

/** Who was told, by which mail, or why not. */
export type PolicyToldRow = {
  workspace_id: string
  id: string
  version_id: string
  contact_id: ContactId | null
  outcome: 'mailed' | 'refused'
  mail_id: MailId | null
  reason: string | null
  created_at: Temporal.Instant
}

/** A member has read a change. */
export type PolicyAcknowledgementRow = {
  workspace_id: string
  id: string
  version_id: string
  member_id: MemberId
  created_at: Temporal.Instant
}

/** Something new that data are to be used for. Append-only. */
export type DataUseRow = {
  workspace_id: string
  id: string
  key: string
  version_id: string
  mode: 'opt_in' | 'opt_out'
  says: Json<Readonly<Record<PolicyLocale, string>>>
  created_at: Temporal.Instant
}

/** What somebody said to it. Append-only; the newest counts. */
export type DataUseAnswerRow = {
  workspace_id: string
  id: string
  use_id: string
  contact_id: ContactId | null
  answer: 'yes' | 'no'
  how: 'link' | 'told'
  words_hash: string
  locale: string
  recorded_by: string
  created_at: Temporal.Instant
}

/** A use that a decided objection ended for good. */
export type UseObjectionRow = {
  workspace_id: string
  id: string
  contact_id: ContactId
  ended_use: EndedUse
  request_id: string | null
  decided_by: string
  since: Temporal.Instant
}

/** A text that was shown without having been published, in one language. */
export type ServedTextRow = {
  workspace_id: string
  id: string
  kind: PolicyKind
  locale: PolicyLocale
  text: string
  sha256: string
  served_at: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    policy_version: PolicyVersionRow
    policy_text: PolicyTextRow
    served_text: ServedTextRow
    policy_paragraphs: PolicyParagraphsRow
    policy_telling: PolicyTellingRow
    policy_told: PolicyToldRow
    policy_acknowledgement: PolicyAcknowledgementRow
    data_use: DataUseRow
    data_use_answer: DataUseAnswerRow
    use_objection: UseObjectionRow
  }
}

const ofTheBusiness = { keep: 'Who published a document of the business is part of its record.' } as const
const proofOfAnswer = { keep: 'That somebody was asked and answered is proof; it names nobody without the contact.' } as const

export const policiesInventory = [
  inventoryOf<PolicyVersionRow>('policy_version', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      kind: system,
      version: system,
      weight: system,
      settings_version: system,
      published_by: reference('member', ofTheBusiness),
      published_at: system,
      notice_until: system,
      generated: system,
    },
  }),
  inventoryOf<PolicyTextRow>('policy_text', {
    subjects: [{ root: 'workspace' }],
    columns: { workspace_id: system, id: system, version_id: system, locale: system, body: system, text: system, sha256: system },
  }),
  inventoryOf<ServedTextRow>('served_text', {
    subjects: [{ root: 'workspace' }],
    columns: { workspace_id: system, id: system, kind: system, locale: system, text: system, sha256: system, served_at: system },
  }),
  inventoryOf<PolicyParagraphsRow>('policy_paragraphs', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      kind: system,
      version: system,
      paragraphs: system,
      created_at: system,
      updated_at: system,
    },
  }),
  inventoryOf<PolicyTellingRow>('policy_telling', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      version_id: system,
      state: system,
      after_contact_id: system, // only an order of ids; the contact may be gone
      started_at: system,
      done_at: system,
    },
  }),
  inventoryOf<PolicyToldRow>('policy_told', {
    ownWork: true,
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      version_id: system,
      contact_id: reference('contact', 'null'),
      outcome: system,
      mail_id: reference('contact', 'null'),
      reason: system,
      created_at: system,
    },
  }),
  inventoryOf<PolicyAcknowledgementRow>('policy_acknowledgement', {
    subjects: [{ root: 'member', via: ['member_id'] }],
    columns: { workspace_id: system, id: system, version_id: system, member_id: reference('member'), created_at: system },
  }),
  inventoryOf<DataUseRow>('data_use', {
    subjects: [{ root: 'workspace' }],
    columns: { workspace_id: system, id: system, key: system, version_id: system, mode: system, says: system, created_at: system },
  }),
  inventoryOf<DataUseAnswerRow>('data_use_answer', {
    ownWork: true,
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      use_id: system,
      contact_id: reference('contact', 'null'),
      answer: personal({
        category: 'preference',
        purpose: 'compliance',
        basis: 'legal_obligation',
        retention: 'proof',
        erase: proofOfAnswer,
        export: true,
      }),
      how: system,
      words_hash: system,
      locale: system,
      recorded_by: reference('member', ofTheBusiness),
      created_at: system,
    },
  }),
  inventoryOf<UseObjectionRow>('use_objection', {
    ownWork: true,
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      contact_id: reference('contact', 'delete_row'),
      ended_use: personal({
        category: 'preference',
        purpose: 'compliance',
        basis: 'legal_obligation',
        retention: 'contact',
        erase: 'delete_row',
        export: true,
      }),
      request_id: system,
      decided_by: reference('member', ofTheBusiness),
      since: system,
    },
  }),
]
