import type {
  Decision,
  Permit,
  Purpose,
  Reason,
  RecordingRule,
  Requirement,
  Touch as RuleTouch,
  Subject,
  Way,
  WrittenTouch,
} from '@frontdesk/contact-rules'
import { grantPermit } from '@frontdesk/contact-rules/permit-constructor'
import type { ContactId, ContactPointId, PermitId } from '@frontdesk/contract'
import type { Insertable } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { ContactFacts, PointFacts } from '../../contacts/index.ts'
import type { PermitRow } from './permit.tables.ts'
import { usedFromTheStart } from './use-permit.ts'

/** One wish to reach one contact. */
export type Touch = {
  readonly contactId: ContactId
  readonly purpose: Purpose
  /** The object it hangs on. */
  readonly about: Subject
  /** The address or number to use; the preferred one unless given. */
  readonly pointId?: ContactPointId | undefined
  /** BCP 47 tag of what will be said or written, where that is known. */
  readonly language?: string | undefined
  /** What it will be used by, where that goes out in this transaction: a yes is stored as used from the start. `usePermit` is still to be called. */
  readonly sendId?: string | undefined
} & (Way | (Omit<WrittenTouch, 'writer'> & { readonly writer?: undefined }))

/** The gate's answer, stored under `decisionId` with its reasons, yes or no. */
export type PermitAnswer =
  | {
      readonly allowed: true
      readonly decisionId: PermitId
      readonly permit: Permit
      /** What goes on the envelope. */
      readonly address: string
      readonly contact: ContactFacts
      /** What must be said or written with it. */
      readonly requires: readonly Requirement[]
      /** How a call may be recorded. */
      readonly recording: RecordingRule | null
    }
  | {
      readonly allowed: false
      readonly decisionId: PermitId
      readonly reasons: readonly Reason[]
      readonly nextMoment: Temporal.Instant | null
      readonly remedy: string | null
      readonly contact: ContactFacts
    }

/** A permit is for now: facts change. Use comes in the same transaction, or moments later. */
const PERMIT_LIVES = { minutes: 5 }

/** A touch as it was asked about, with what was decided on it. */
export type Decided = {
  readonly touch: Touch
  readonly asked: RuleTouch
  readonly contact: ContactFacts
  readonly point: PointFacts | null
  readonly decision: Decision
}

/** The row in which a decision is kept. */
export function permitRow(tx: WorkspaceTx, { touch, asked, contact, point, decision }: Decided): Insertable<PermitRow> {
  const refused = decision.allowed ? undefined : decision
  const usedBy = decision.allowed ? (touch.sendId ?? null) : null
  return {
    workspace_id: tx.workspaceId,
    id: tx.newId<'permit'>(),
    contact_id: contact.contactId,
    point_id: point?.id ?? null,
    channel: asked.channel,
    voice: asked.channel === 'call' ? asked.voice : null,
    dialing: asked.channel === 'call' ? asked.dialing : null,
    writer: asked.channel === 'call' ? null : asked.writer,
    purpose: asked.purpose,
    about_type: asked.about.type,
    about_id: asked.about.id,
    decision: decision.allowed ? 'allowed' : 'refused',
    reasons: JSON.stringify(decision.reasons),
    requires: JSON.stringify(decision.allowed ? decision.requires : []),
    recording: decision.allowed && decision.recording ? JSON.stringify(decision.recording) : null,
    rulebook_version: decision.rulebookVersion,
    next_moment: refused?.nextAllowedAt ?? null,
    remedy: refused?.stepThatWouldAllow ?? null,
    expires_at: decision.allowed ? earlier(tx.now.add(PERMIT_LIVES), decision.holdsUntil) : null,
    used_by: usedBy,
    used_at: usedBy === null ? null : tx.now,
    superseded_by: null,
    created_at: tx.now,
  }
}

/** The answer to whoever asked, once the row is written. */
export function permitAnswer(
  tx: WorkspaceTx,
  { touch, asked, contact, point, decision }: Decided,
  row: Insertable<PermitRow>,
): PermitAnswer {
  const decisionId = row.id
  if (!decision.allowed) {
    const { reasons, nextAllowedAt, stepThatWouldAllow } = decision
    return { allowed: false, decisionId, reasons, nextMoment: nextAllowedAt ?? null, remedy: stepThatWouldAllow, contact }
  }
  const permit = grantPermit({
    touch: asked,
    decision,
    id: decisionId,
    workspaceId: tx.workspaceId,
    contactId: contact.contactId,
    pointId: point?.id ?? null,
    expiresAt: row.expires_at ?? tx.now,
  })
  if (touch.sendId !== undefined) usedFromTheStart(tx, permit, touch.sendId)
  return {
    allowed: true,
    decisionId,
    permit,
    address: point?.address ?? '',
    contact,
    requires: decision.requires,
    recording: decision.recording,
  }
}

const earlier = (a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant => (Temporal.Instant.compare(a, b) <= 0 ? a : b)

/** A touch as the rules take it. */
export function ruleTouch(touch: Touch): RuleTouch {
  const { purpose, about, language } = touch
  const what = { purpose, about, ...(language === undefined ? {} : { language }) }
  if (touch.channel === 'call') return { ...what, channel: 'call', voice: touch.voice, dialing: touch.dialing }
  return { ...what, channel: touch.channel, writer: touch.writer ?? 'machine', ...(touch.template ? { template: true } : {}) }
}
