import {
  decide,
  type Permit,
  type Purpose,
  type Reason,
  type Touch as RuleTouch,
  type Subject,
  type Way,
  type WrittenTouch,
} from '@frontdesk/contact-rules'
import { grantPermit } from '@frontdesk/contact-rules/permit-constructor'
import type { ContactId, ContactPointId, PermitId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { type ContactFacts, contactFacts } from '../../contacts/index.ts'
import { gatherFacts, pointFor } from './gather-facts.ts'

/** One wish to reach one contact. */
export type Touch = {
  readonly contactId: ContactId
  readonly purpose: Purpose
  /** The object it hangs on. */
  readonly about: Subject
  /** The address or number to use; the preferred one unless given. */
  readonly pointId?: ContactPointId | undefined
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
  const decision = decide(asked, await gatherFacts(tx, contact, asked, point), tx.now)
  const decisionId = tx.newId<'permit'>()
  const expiresAt = tx.now.add(PERMIT_LIVES)
  const refused = decision.allowed ? undefined : decision
  await tx.db
    .insertInto('permit')
    .values({
      workspace_id: tx.workspaceId,
      id: decisionId,
      contact_id: contact.contactId,
      point_id: point?.id ?? null,
      channel: touch.channel,
      purpose: touch.purpose,
      about_type: touch.about.type,
      about_id: touch.about.id,
      decision: decision.allowed ? 'allowed' : 'refused',
      reasons: JSON.stringify(decision.reasons),
      rulebook_version: decision.rulebookVersion,
      next_moment: refused?.nextAllowedAt ?? null,
      remedy: refused?.stepThatWouldAllow ?? null,
      expires_at: decision.allowed ? expiresAt : null,
      used_by: null,
      used_at: null,
      superseded_by: null,
      created_at: tx.now,
    })
    .execute()
  if (!decision.allowed) {
    const { reasons, nextAllowedAt, stepThatWouldAllow } = decision
    return { allowed: false, decisionId, reasons, nextMoment: nextAllowedAt ?? null, remedy: stepThatWouldAllow, contact }
  }
  const permit = grantPermit({
    id: decisionId,
    workspaceId: tx.workspaceId,
    contactId: contact.contactId,
    pointId: point?.id ?? null,
    expiresAt,
    touch: asked,
    decision,
  })
  return { allowed: true, decisionId, permit, address: point?.address ?? '', contact }
}

/** The touch as the rules know it: without whom it is for. */
export function ruleTouch(touch: Touch): RuleTouch {
  const { purpose, about } = touch
  if (touch.channel === 'call') return { purpose, about, channel: 'call', voice: touch.voice, dialing: touch.dialing }
  return { purpose, about, channel: touch.channel, writer: touch.writer ?? 'machine' }
}
