import type {
  BusinessRegion,
  ContactId,
  ContactPointId,
  FileId,
  MailId,
  MemberId,
  ProofLevel,
  ProofPoint,
  RefusalGround,
  RequestFor,
  RequestKind,
  RequestPauseReason,
  RequestRegion,
  RequestState,
  RequestWay,
  RequestWork,
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
  received_by: RequestWay
  for_whom: RequestFor
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
  proof_level: ProofLevel
  proof_because: string | null
  matched: Json<readonly ProofPoint[]>
  declared_at: Temporal.Instant | null
  declared_as: string | null
  agent_name: string | null
  agent_email: string | null
  agent_authority: string | null
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

/** What a piece of work needs besides: how to erase, after which mail; where data is handed to was confirmed when, and how often it was tried. */
export type WorkWish = {
  readonly mode?: 'erase' | 'anonymize'
  readonly neverContactAgain?: boolean
  readonly afterMail?: MailId | null
  readonly endpoint?: string
  readonly confirmedAt?: string
  readonly tries?: number
}

/** What a case did to the data. */
export type RequestWorkRow = {
  workspace_id: string
  id: string
  request_id: string
  kind: RequestWork['kind']
  state: RequestWork['state']
  ref_id: string | null
  wish: ColumnType<WorkWish | null, string | null, string | null>
  details: string | null
  outcome: string | null
  done_by: string
  at: Temporal.Instant
  finished_at: Temporal.Instant | null
}
export type StoredWork = Selectable<RequestWorkRow>

/** A file that was sent with a request. */
export type RequestFileRow = { workspace_id: string; id: string; request_id: string; file_id: FileId; created_at: Temporal.Instant }

/** Somebody from outside who looks at one case again. */
export type RequestReviewerRow = {
  workspace_id: string
  id: string
  request_id: string
  name: string | null
  email: string | null
  locale: string
  invited_by: string
  invited_at: Temporal.Instant
  expires_at: Temporal.Instant
  decided_at: Temporal.Instant | null
  revoked_at: Temporal.Instant | null
}
export type StoredReviewer = Selectable<RequestReviewerRow>

/** Who looks after requests and complaints. */
export type PrivacyOfficeRow = {
  workspace_id: string
  id: string
  version: number
  officer_member_id: MemberId | null
  appeal_days: number
  published_email: string | null
  published_address: string | null
  pgp_key: string | null
  region: BusinessRegion | null
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    request: RequestRow
    request_step: RequestStepRow
    request_note: RequestNoteRow
    request_work: RequestWorkRow
    request_file: RequestFileRow
    request_reviewer: RequestReviewerRow
    privacy_office: PrivacyOfficeRow
  }
}

const ofCase = (facts: Pick<PersonalField, 'category'> & Partial<PersonalField>): PersonalField =>
  personal({ purpose: 'compliance', basis: 'legal_obligation', retention: 'proof', erase: 'null', export: true, ...facts })
const proof = { keep: 'The proof that the request was answered in time; it names nobody once she is erased.' } as const
const ofOffice = (category: PersonalField['category']): PersonalField =>
  personal({ category, purpose: 'service', basis: 'contract', retention: 'workspace', erase: 'delete_row', export: true })

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
      proof_level: system,
      proof_because: ofCase({ category: 'free_text' }),
      matched: system,
      declared_at: system,
      declared_as: ofCase({ category: 'name' }),
      agent_name: ofCase({ category: 'name' }),
      agent_email: ofCase({ category: 'contact_details' }),
      agent_authority: ofCase({ category: 'proof' }),
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
  inventoryOf<RequestWorkRow>('request_work', {
    subjects: [{ root: 'contact', via: ['request_id', 'contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      request_id: reference('contact', proof),
      kind: system,
      state: system,
      ref_id: system,
      wish: ofCase({ category: 'contact_details', export: false }),
      details: ofCase({ category: 'free_text' }),
      outcome: system,
      done_by: reference('member', proof),
      at: system,
      finished_at: system,
    },
  }),
  inventoryOf<RequestFileRow>('request_file', {
    subjects: [{ root: 'contact', via: ['request_id', 'contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      request_id: reference('contact', 'delete_row'),
      file_id: reference('contact', 'delete_row'),
      created_at: system,
    },
  }),
  inventoryOf<RequestReviewerRow>('request_reviewer', {
    subjects: [{ root: 'contact', via: ['request_id', 'contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      request_id: reference('contact', proof),
      name: ofCase({ category: 'name', export: false }),
      email: ofCase({ category: 'contact_details', export: false }),
      locale: system,
      invited_by: reference('member', proof),
      invited_at: system,
      expires_at: system,
      decided_at: system,
      revoked_at: system,
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
      published_email: ofOffice('contact_details'),
      published_address: ofOffice('location'),
      pgp_key: ofOffice('contact_details'),
      region: system,
      created_at: system,
      updated_at: system,
    },
  }),
]
