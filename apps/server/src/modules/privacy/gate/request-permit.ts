import {
  decide,
  type Facts,
  type Permit,
  type Purpose,
  type Reason,
  type RecordingRule,
  type Requirement,
  type Touch as RuleTouch,
  type Subject,
  type Way,
  type WrittenTouch,
} from '@frontdesk/contact-rules'
import { grantPermit } from '@frontdesk/contact-rules/permit-constructor'
import type { ContactId, ContactPointId, PermitId } from '@frontdesk/contract'
import { sql } from 'kysely'
import { prepared, type WorkspaceTx } from '../../../platform/database/index.ts'
import { type ContactFacts, contactFacts, type PointFacts } from '../../contacts/index.ts'
import { groundOf, pointFor, subjectOf } from './gather-facts.ts'

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

/** Asks whether we may reach this person in this way now. Every answer is stored. Throws 404 for a contact that is not there. */
export async function requestPermit(tx: WorkspaceTx, touch: Touch): Promise<PermitAnswer> {
  const contact = await contactFacts(tx, touch.contactId)
  const point = pointFor(contact, touch.channel, touch.pointId)
  const asked = ruleTouch(touch)
  const decision = decide(asked, await factsInTurn(tx, contact, asked, point), tx.now)
  const decisionId = tx.newId<'permit'>()
  const expiresAt = decision.allowed ? earlier(tx.now.add(PERMIT_LIVES), decision.holdsUntil) : null
  const refused = decision.allowed ? undefined : decision
  await tx.db
    .insertInto('permit')
    .values({
      workspace_id: tx.workspaceId,
      id: decisionId,
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
      expires_at: expiresAt,
      used_by: null,
      used_at: null,
      superseded_by: null,
      created_at: tx.now,
    })
    .modifyEnd(prepared('permit.insert'))
    .execute()
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
    expiresAt: expiresAt ?? tx.now,
  })
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

/**
 * The facts, read when it is our turn: where how often she was reached can decide, two who ask at once must not both see the last free slot. Only own rules make that of
 * `reply` and `service`, and those are known once the facts were read; then they are read again.
 */
async function factsInTurn(tx: WorkspaceTx, contact: ContactFacts, asked: RuleTouch, point: PointFacts | null): Promise<Facts> {
  const subject = await subjectOf(tx, asked, contact.contactId)
  const points = point ? [point] : []
  const byLaw = asked.channel === 'call' || asked.purpose === 'marketing' || asked.purpose === 'feedback'
  if (byLaw) await takeTurn(tx, contact.contactId)
  let ground = await groundOf(tx, [contact], points)
  if (!byLaw && ground.policy.caps?.some(({ purposes }) => purposes?.includes(asked.purpose))) {
    await takeTurn(tx, contact.contactId)
    ground = await groundOf(tx, [contact], points)
  }
  return ground.facts(contact, asked, point, subject)
}

/** One at a time for one contact, until the transaction ends. What she books and what she asks is never held up by this. */
const takeTurn = (tx: WorkspaceTx, contactId: ContactId) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`permit ${tx.workspaceId} ${contactId}`}, 11))`.execute(tx.db)

function ruleTouch(touch: Touch): RuleTouch {
  const { purpose, about, language } = touch
  const what = { purpose, about, ...(language === undefined ? {} : { language }) }
  if (touch.channel === 'call') return { ...what, channel: 'call', voice: touch.voice, dialing: touch.dialing }
  return { ...what, channel: touch.channel, writer: touch.writer ?? 'machine', ...(touch.template ? { template: true } : {}) }
}
