import type { ContactId, EditContactBody, Principal } from '@frontdesk/contract'
import type { z } from 'zod'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { editContact, recordTimeline } from '../../contacts/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { openNotices } from '../registers/disclosures/open-notices.ts'

export type RectifyContact = {
  readonly contactId: ContactId
  readonly version: number
  readonly changes: z.output<typeof EditContactBody>
  /** In the words of whoever corrects it; the old value is not kept. */
  readonly whatWasWrong: string
  /** The case that asked for it, where there is one. */
  readonly requestId?: string | undefined
}

/** Corrects her data at her request (GDPR Art. 16), with a note of what was wrong on her timeline; whoever received them has to be told (Art. 19). Throws what `editContact` throws. */
export async function rectifyContact(tx: WorkspaceTx, by: Principal, wish: RectifyContact): Promise<void> {
  privacyPolicy.require(by, 'contacts.rectify')
  await editContact(tx, by, { ...wish.changes, contactId: wish.contactId, version: wish.version, forget: true })
  await audit(tx, by, { action: 'contact.rectified', object: { type: 'contact', id: wish.contactId }, result: 'done' })
  await recordTimeline(tx, {
    contactId: wish.contactId,
    kind: 'contact.rectified',
    actor: by,
    subject: { type: 'contact', id: wish.contactId },
    summary: { key: 'contact_rectified', values: { note: wish.whatWasWrong } },
  })
  const fields = Object.keys(wish.changes).filter((field) => field !== 'tags' && field !== 'ownerMemberId')
  if (fields.length > 0) await openNotices(tx, { contactId: wish.contactId, requestId: wish.requestId ?? null, news: 'rectified', fields })
}
