import {
  type Channel,
  decide,
  type Purpose,
  purposeOf,
  type Reason,
  type Touch as RuleTouch,
  type Subject,
  type SubjectType,
  shippedRulebook,
} from '@frontdesk/contact-rules'
import type { ContactId, ContactReason, MayContactAnswer, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { type ContactFacts, contactFacts, loadContact } from '../../contacts/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { gatherFacts, pointFor } from './gather-facts.ts'
import { subjectSources } from './subject-sources.ts'

/** What is asked: the channels and purposes a front desk thinks of first. */
const questions: readonly {
  readonly channel: Channel
  readonly purpose: Purpose
  readonly usual: SubjectType
}[] = [
  { channel: 'email', purpose: 'reply', usual: 'conversation' },
  { channel: 'email', purpose: 'service', usual: 'booking' },
  { channel: 'email', purpose: 'legal', usual: 'request' },
  { channel: 'sms', purpose: 'service', usual: 'booking' },
  { channel: 'call', purpose: 'service', usual: 'booking' },
]

export type MayContact = {
  readonly contactId: ContactId
  readonly decidedAt: string
  readonly rulebookVersion: string
  readonly answers: MayContactAnswer[]
}

/** Why we may or may not reach this person, as the gate would decide now. Asks only, so nothing is stored. Throws 404. */
export async function mayContact(tx: WorkspaceTx, by: Principal, contactId: ContactId): Promise<MayContact> {
  privacyPolicy.require(by, 'gate.read')
  await loadContact(tx, by, contactId) // whether these eyes may see her
  const contact = await contactFacts(tx, contactId)
  const answers: MayContactAnswer[] = []
  for (const question of questions) answers.push(await answer(tx, contact, question))
  return { contactId: contact.contactId, decidedAt: tx.now.toString(), rulebookVersion: shippedRulebook.version, answers }
}

async function answer(
  tx: WorkspaceTx,
  contact: ContactFacts,
  { channel, purpose, usual }: (typeof questions)[number],
): Promise<MayContactAnswer> {
  const about = await newestFor(tx, purpose, contact.contactId)
  // Without an object the gate is asked about one that does not exist, which is what it then says.
  const touch: Pick<RuleTouch, 'purpose' | 'about'> = { purpose, about: about ?? { type: usual, id: contact.contactId } }
  const asked: RuleTouch =
    channel === 'call' ? { ...touch, channel, voice: 'human', dialing: 'by_hand' } : { ...touch, channel, writer: 'person' }
  const point = pointFor(contact, channel, undefined)
  const decision = decide(asked, await gatherFacts(tx, contact, asked, point), tx.now)
  return {
    channel,
    purpose,
    pointId: point?.id ?? null,
    about: about ? { type: about.type, id: about.id } : null,
    allowed: decision.allowed,
    reasons: decision.reasons.map(presentReason),
    nextMoment: decision.allowed ? null : (decision.nextAllowedAt?.toString() ?? null),
    remedy: decision.allowed ? null : decision.stepThatWouldAllow,
  }
}

async function newestFor(tx: WorkspaceTx, purpose: Purpose, contactId: ContactId): Promise<Subject | null> {
  for (const source of subjectSources.all().filter(({ types }) => types.some((type) => purposeOf[type] === purpose))) {
    const newest = await source.newest(tx, contactId)
    if (newest && purposeOf[newest.type] === purpose) return newest
  }
  return null
}

/** A reason as the API shows it. */
export const presentReason = ({ code, effect, params, authority }: Reason): ContactReason => ({
  code,
  effect,
  params: { ...params },
  authority,
})
