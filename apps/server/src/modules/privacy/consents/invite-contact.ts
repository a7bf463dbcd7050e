import type { ContactId, ContactPointId, KitKey, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { contactFacts, loadContact } from '../../contacts/index.ts'
import { presentReason } from '../gate/may-contact.ts'
import { whyNot } from '../gate/reason-sentences.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { invite } from './invite.ts'
import { kitWording } from './kit.ts'
import { consentPoint } from './record-consent.ts'

/** A member asks a contact by mail. Throws 404, `privacy/no-point`, and `privacy/refused` where the gate does not let such a mail pass. */
export async function inviteContact(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly contactId: ContactId; readonly key: KitKey; readonly locale: string; readonly pointId?: ContactPointId | undefined },
): Promise<ContactId> {
  privacyPolicy.require(by, 'consents.record')
  await loadContact(tx, by, wish.contactId) // whether these eyes may see her
  const contact = await contactFacts(tx, wish.contactId)
  const point = consentPoint(contact, kitWording(wish.key).channel, wish.pointId)
  if (!point)
    throw new Refusal('privacy/no-point', { detail: 'Only what is for an address or a number can be asked by mail. Nothing was sent.' })
  const { key, locale } = wish
  const answer = await invite(tx, by, { contactId: contact.contactId, pointId: point.id, key, locale, origin: 'member' })
  if (answer.allowed) return contact.contactId
  throw new Refusal('privacy/refused', {
    detail: `${whyNot(answer.reasons)} Ask her when you speak to her, and record it here.`,
    reasons: answer.reasons.map(presentReason),
    nextMoment: answer.nextMoment?.toString() ?? null,
    remedy: answer.remedy,
  })
}
