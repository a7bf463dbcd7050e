import type {
  ContactId,
  ContactPointId,
  MemberId,
  RefusalGround,
  RequestKind,
  RequestPauseReason,
  RequestRegion,
  RequestState,
  VerifiedHow,
} from '@frontdesk/contract'
import type { CalendarId, RegimeId } from '@frontdesk/deadlines'
import type { ColumnType, Selectable } from 'kysely'
import { inventoryOf, type PersonalField, personal, reference, system } from '../../../platform/inventory/index.ts'

type Json<T> = ColumnType<T, string, string>
export type StoredPause = { readonly reason: RequestPauseReason; readonly from: string; readonly until: string | null }

/** One request about somebody's rights, or a complaint. */
export type RequestRow = {
  workspace_id: string
  id: string
  version: number
  number: number
  kind: RequestKind
  state: RequestState
  received_by: 'portal' | 'mail' | 'member'
  for_whom: 'self' | 'child'
  contact_id: ContactId | null
  point_id: ContactPointId | null
  requester_name: string | null
  requester_email: string | null
  details: string | null
  locale: string
  region: RequestRegion
  owner_member_id: MemberId | null
  regime: RegimeId
  calendar_version: string
  calendars: Json<readonly CalendarId[]>
  zone: string
  received_at: Temporal.Instant
  respond_before: Temporal.Instant
  resolve_before: Temporal.Instant | null
  extend_before: Temporal.Instant | null
  extended_at: Temporal.Instant | null
  extension_because: string | null
  pauses: Json<readonly StoredPause[]>
  verified_at: Temporal.Instant | null
  verified_how: VerifiedHow | null
  evidence: string | null
  answer: string | null
  refusal_ground: RefusalGround | null
  answered_by: string | null
  appealed_at: Temporal.Instant | null
  appeal_reason: string | null
  appeal_days: number | null
  appeal_outcome: 'upheld' | 'changed' | null
  self_review_at: Temporal.Instant | null
  self_review_grounds: string | null
  self_reviewed: boolean
  outcome: string | null
  closed_at: Temporal.Instant | null
  created_at: Temporal.Instant
}
export type StoredRequest = Selectable<RequestRow>

/** What happened to a case; each step once. Append-only. */
export type RequestStepRow = { workspace_id: string; id: string; request_id: string; step: string; done_by: string; at: Temporal.Instant }

/** A note that only the team sees. */
export type RequestNoteRow = {
  workspace_id: string
  id: string
  request_id: string
  text: string | null
  written_by: string
  created_at: Temporal.Instant
}

/** Who looks after requests and complaints. */
export type PrivacyOfficeRow = {
  workspace_id: string
  id: string
  version: number
  officer_member_id: MemberId | null
  appeal_days: number
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    request: RequestRow
    request_step: RequestStepRow
    request_note: RequestNoteRow
    privacy_office: PrivacyOfficeRow
  }
}

const ofCase = (facts: Pick<PersonalField, 'category'> & Partial<PersonalField>): PersonalField =>
  personal({ purpose: 'compliance', basis: 'legal_obligation', retention: 'proof', erase: 'null', export: true, ...facts })
const proof = { keep: 'The proof that the request was answered in time; it names nobody once she is erased.' } as const

export const requestsInventory = [
  inventoryOf<RequestRow>('request', {
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      number: system,
      kind: system,
      state: system,
      received_by: system,
      for_whom: system,
      contact_id: reference('contact', 'null'),
      point_id: reference('contact', 'null'),
      requester_name: ofCase({ category: 'name' }),
      requester_email: ofCase({ category: 'contact_details' }),
      details: ofCase({ category: 'free_text' }),
      locale: system,
      region: system,
      owner_member_id: reference('member', 'null'),
      regime: system,
      calendar_version: system,
      calendars: system,
      zone: system,
      received_at: system,
      respond_before: system,
      resolve_before: system,
      extend_before: system,
      extended_at: system,
      extension_because: ofCase({ category: 'free_text' }),
      pauses: system,
      verified_at: system,
      verified_how: system,
      evidence: ofCase({ category: 'proof' }),
      answer: ofCase({ category: 'free_text' }),
      refusal_ground: system,
      answered_by: reference('member', proof),
      appealed_at: system,
      appeal_reason: ofCase({ category: 'free_text' }),
      appeal_days: system,
      appeal_outcome: system,
      self_review_at: system,
      self_review_grounds: ofCase({ category: 'free_text', export: false }),
      self_reviewed: system,
      outcome: ofCase({ category: 'free_text' }),
      closed_at: system,
      created_at: system,
    },
  }),
  inventoryOf<RequestStepRow>('request_step', {
    subjects: [{ root: 'contact', via: ['request_id', 'contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      request_id: reference('contact', proof),
      step: system,
      done_by: reference('member', proof),
      at: system,
    },
  }),
  inventoryOf<RequestNoteRow>('request_note', {
    subjects: [{ root: 'contact', via: ['request_id', 'contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      request_id: reference('contact', proof),
      text: ofCase({ category: 'free_text' }),
      written_by: reference('member', proof),
      created_at: system,
    },
  }),
  inventoryOf<PrivacyOfficeRow>('privacy_office', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      officer_member_id: reference('member', 'null'),
      appeal_days: system,
      created_at: system,
      updated_at: system,
    },
  }),
]
