import { decide, type Facts, type Touch as RuleTouch } from '@frontdesk/contact-rules'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { contactFacts } from '../../contacts/index.ts'
import { groundOf, pointFor, subjectOf } from './gather-facts.ts'
import { insertPermit } from './insert-permit.ts'
import { type PermitAnswer, permitAnswer, permitRow, ruleTouch, type Touch } from './permit-answer.ts'
import type { AskedTouch } from './request-permits.ts'
import { capsCanDecide, takeTurns } from './take-turns.ts'

/** Asks whether we may reach this person in this way now. Every answer is stored. Throws 404 for a contact that is not there. */
export async function requestPermit(tx: WorkspaceTx, touch: Touch): Promise<PermitAnswer> {
  const asked = ruleTouch(touch)
  const { contact, subject } = await whoAndWhat(tx, touch, asked)
  const point = pointFor(contact, touch.channel, touch.pointId)
  const decision = decide(asked, await factsInTurn(tx, { contact, asked, point, subject }), tx.now)
  const decided = { touch, asked, contact, point, decision }
  const row = permitRow(tx, decided)
  await insertPermit(tx, row)
  return permitAnswer(tx, decided, row)
}

/**
 * Whom it would reach and what it is about, asked for in one packet. Somebody who was merged is answered for as whom she became. Nothing is thrown before both were answered: no
 * query of a transaction may outlive it.
 */
async function whoAndWhat(tx: WorkspaceTx, { contactId }: Touch, asked: RuleTouch): Promise<Pick<AskedTouch, 'contact' | 'subject'>> {
  const [who, what] = await Promise.allSettled([contactFacts(tx, contactId), subjectOf(tx, asked, contactId)])
  if (who.status === 'rejected') throw who.reason
  if (what.status === 'rejected') throw what.reason
  const contact = who.value
  return { contact, subject: contact.contactId === contactId ? what.value : await subjectOf(tx, asked, contact.contactId) }
}

/** The facts, read when it is our turn. Whether own rules make turns necessary is known once the facts were read; then they are read again. */
async function factsInTurn(tx: WorkspaceTx, { contact, asked, point, subject }: AskedTouch): Promise<Facts> {
  const points = point ? [point] : []
  const byLaw = capsCanDecide(asked)
  if (byLaw) await takeTurns(tx, [contact.contactId])
  let ground = await groundOf(tx, [contact], points)
  if (!byLaw && capsCanDecide(asked, ground.policy)) {
    await takeTurns(tx, [contact.contactId])
    ground = await groundOf(tx, [contact], points)
  }
  return ground.facts(contact, asked, point, subject)
}
