import {
  type Channel,
  type Decision,
  decide,
  type Purpose,
  purposeOf,
  type Reason,
  type Touch as RuleTouch,
  type Subject,
  type SubjectFacts,
  type SubjectType,
  shippedRulebook,
  type Voice,
} from '@frontdesk/contact-rules'
import type { ContactId, ContactReason, KnownFact, MayContactAnswer, Principal, Suppression } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { type ContactFacts, contactFacts, loadContact } from '../../contacts/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { stopsOfContact } from '../suppression/opt-out.ts'
import { presentSuppression } from '../suppression/suppress.ts'
import { type Origin, originOf } from './contact-origin.ts'
import { type Ground, groundOf, pointFor, subjectOf } from './gather-facts.ts'
import { knownFactsOf } from './list-known-facts.ts'
import { subjectSources } from './subject-sources.ts'

type Question = { readonly channel: Channel; readonly purpose: Purpose; readonly usual: SubjectType; readonly voice?: Voice }

/** What is asked: the channels and purposes a front desk thinks of first. */
const questions: readonly Question[] = [
  { channel: 'email', purpose: 'reply', usual: 'conversation' },
  { channel: 'email', purpose: 'service', usual: 'booking' },
  { channel: 'email', purpose: 'legal', usual: 'request' },
  { channel: 'email', purpose: 'marketing', usual: 'broadcast' },
  { channel: 'call', purpose: 'reply', usual: 'missed_call', voice: 'human' },
  { channel: 'call', purpose: 'service', usual: 'booking', voice: 'human' },
  { channel: 'call', purpose: 'marketing', usual: 'campaign', voice: 'human' },
  { channel: 'call', purpose: 'service', usual: 'booking', voice: 'artificial' },
  { channel: 'call', purpose: 'marketing', usual: 'campaign', voice: 'artificial' },
  { channel: 'sms', purpose: 'service', usual: 'booking' },
  { channel: 'sms', purpose: 'marketing', usual: 'broadcast' },
]

/** Offers hang on a newsletter or campaign that does not exist yet when one asks: it would be ours, and open. */
const notYetBegun: SubjectFacts = { open: true, startedBy: 'us' }

export type MayContact = {
  readonly contactId: ContactId
  readonly decidedAt: string
  readonly rulebookVersion: string
  readonly answers: MayContactAnswer[]
  readonly stops: Suppression[]
  readonly origin: Origin
  readonly known: KnownFact[]
}

/** Why we may or may not reach this person, as the gate would decide now. Asks only, so nothing is stored. Throws 404. */
export async function mayContact(tx: WorkspaceTx, by: Principal, contactId: ContactId): Promise<MayContact> {
  privacyPolicy.require(by, 'gate.read')
  await loadContact(tx, by, contactId) // whether these eyes may see her
  const contact = await contactFacts(tx, contactId)
  const ground = await groundOf(tx, [contact])
  const answers: MayContactAnswer[] = []
  for (const question of questions) answers.push(await answer(tx, ground, contact, question))
  return {
    contactId: contact.contactId,
    decidedAt: tx.now.toString(),
    rulebookVersion: shippedRulebook.version,
    answers,
    stops: (await stopsOfContact(tx, contact.contactId)).map(presentSuppression),
    origin: await originOf(tx, contact),
    known: knownFactsOf(tx, contact, ground),
  }
}

async function answer(
  tx: WorkspaceTx,
  ground: Ground,
  contact: ContactFacts,
  { channel, purpose, usual, voice }: Question,
): Promise<MayContactAnswer> {
  const about = await newestFor(tx, purpose, usual, contact.contactId)
  // Without an object the gate is asked about one that does not exist, which is what it then says.
  const what: Pick<RuleTouch, 'purpose' | 'about'> = { purpose, about: about ?? { type: usual, id: contact.contactId } }
  const asked = touchOf(what, channel, voice ?? 'human')
  const point = pointFor(contact, channel, undefined)
  const subject = about ? await subjectOf(tx, { about }, contact.contactId) : isOffer(purpose) ? notYetBegun : null
  const decision = decide(asked, ground.facts(contact, asked, point, subject), tx.now)
  return {
    channel,
    purpose,
    voice: voice ?? null,
    pointId: point?.id ?? null,
    about: about ? { type: about.type, id: about.id } : null,
    allowed: decision.allowed,
    reasons: decision.reasons.map(presentReason),
    requires: requirementsOf(decision),
    nextMoment: decision.allowed ? null : (decision.nextAllowedAt?.toString() ?? null),
    remedy: decision.allowed ? null : decision.stepThatWouldAllow,
  }
}

/** The touch that a question about this channel is about: by hand, or with a machine's voice by a machine. */
export function touchOf(what: Pick<RuleTouch, 'purpose' | 'about'>, channel: Channel, voice: Voice): RuleTouch {
  if (channel !== 'call') return { ...what, channel, writer: isOffer(what.purpose) ? 'machine' : 'person' }
  return { ...what, channel, voice, dialing: voice === 'human' ? 'by_hand' : 'automatic' }
}

const isOffer = (purpose: Purpose): boolean => purpose === 'marketing' || purpose === 'feedback'

/** What it would hang on now: the usual for this way, such as a missed call for a call back, before anything else of the purpose. */
async function newestFor(tx: WorkspaceTx, purpose: Purpose, usual: SubjectType, contactId: ContactId): Promise<Subject | null> {
  const fitting = subjectSources.all().filter(({ types }) => types.some((type) => purposeOf[type] === purpose))
  for (const source of fitting.toSorted((one, other) => Number(other.types.includes(usual)) - Number(one.types.includes(usual)))) {
    const newest = await source.newest(tx, contactId)
    if (newest && purposeOf[newest.type] === purpose) return newest
  }
  return null
}

const requirementsOf = (decision: Decision): MayContactAnswer['requires'] =>
  decision.allowed ? decision.requires.map(({ code, params, authority }) => ({ code, params: { ...params }, authority })) : []

/** A reason as the API shows it. */
export const presentReason = ({ code, effect, params, authority }: Reason): ContactReason => ({
  code,
  effect,
  params: { ...params },
  authority,
})
