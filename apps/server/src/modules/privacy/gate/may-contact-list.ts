import { type Channel, type Purpose, type Touch as RuleTouch, reasonTable, type SubjectType, type Voice } from '@frontdesk/contact-rules'
import type { ListAnswer, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { factsOfMany, pageContactIds } from '../../contacts/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { groundOf, pointFor } from './gather-facts.ts'
import { touchOf } from './may-contact.ts'
import { decideInOrder } from './request-permits.ts'

/** A launch that is thought of: to whom, on which way, what for. */
export type MayContactList = {
  readonly tag?: string | undefined
  readonly cursor?: string | undefined
  readonly channel: Channel
  readonly purpose: Extract<Purpose, 'feedback' | 'marketing'>
  readonly voice: Voice
}

const PART = 1000
/** What a launch would hang on. */
const launches = { feedback: 'survey', marketing: 'campaign' } as const satisfies Record<MayContactList['purpose'], SubjectType>

/** How many of a list could be reached now, and what stands in the way of the others. One part at a time: whoever asks adds up, and shows how far it is. */
export async function mayContactList(tx: WorkspaceTx, by: Principal, wish: MayContactList): Promise<ListAnswer> {
  privacyPolicy.require(by, 'gate.read')
  const page = await pageContactIds(tx, by, { tag: wish.tag, cursor: wish.cursor, limit: PART })
  const contacts = await factsOfMany(tx, page.items)
  if (contacts.length === 0) return { checked: 0, allowed: 0, later: 0, reasons: [], next: page.next }
  const ground = await groundOf(tx, contacts)
  const subject = { open: true, startedBy: 'us' } as const
  const about: RuleTouch['about'] = { type: launches[wish.purpose], id: tx.workspaceId }
  const touch = touchOf({ purpose: wish.purpose, about }, wish.channel, wish.voice)

  let allowed = 0
  let later = 0
  const counts = new Map<keyof typeof reasonTable, number>()
  const touches = contacts.map((contact) => ({ asked: touch, contact, point: pointFor(contact, wish.channel, undefined), subject }))
  for (const decision of decideInOrder(ground, touches, tx.now)) {
    if (decision.allowed) {
      allowed += 1
      continue
    }
    if (decision.nextAllowedAt) later += 1
    const standing = decision.reasons.filter(({ effect }) => effect === 'blocks' || effect === 'defers')
    for (const code of new Set(standing.map((reason) => reason.code))) counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  const reasons = [...counts].map(([code, count]) => {
    const { effect, step } = reasonTable[code]
    return { code, effect: effect === 'defers' ? effect : ('blocks' as const), count, remedy: step }
  })
  return { checked: contacts.length, allowed, later, reasons: reasons.toSorted((a, b) => b.count - a.count), next: page.next }
}
