import type { ContactId, EditContactBody, Principal } from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { contactsPolicy, seesOnlyOf } from './contacts.policy.ts'
import { foldText } from './fold-text.ts'
import { homeCountry } from './home-country.ts'
import { loadContact } from './load-contact.ts'
import { lockContact } from './lock-contact.ts'
import { companyNamed, setTags } from './name-things.ts'
import { recordTimeline } from './record-timeline.ts'
import { requireMember } from './require-member.ts'
import { readPoints, refreshSearchText, replacePoints } from './write-points.ts'

export type EditContact = z.output<typeof EditContactBody> & {
  readonly contactId: ContactId
  /** The version that was read. */
  readonly version: number
}

/** Changes what is sent of a contact and nothing else. Throws `http/version-mismatch` with the current values, `contacts/point-taken`. */
export async function editContact(tx: WorkspaceTx, by: Principal, wish: EditContact): Promise<void> {
  contactsPolicy.require(by, 'contacts.write')
  const contact = await lockContact(tx, by, wish.contactId)
  if (contact.version !== wish.version) {
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed this contact since you opened it. Nothing was saved; look at the current values and try again.',
      current: await loadContact(tx, by, wish.contactId),
    })
  }
  if (wish.ownerMemberId !== undefined && wish.ownerMemberId !== contact.owner_member_id) {
    if (seesOnlyOf(by) !== null)
      throw new Refusal('http/not-allowed', { detail: 'Only the team’s leads hand a contact to somebody else. Nothing was saved.' })
    if (wish.ownerMemberId !== null) await requireMember(tx, wish.ownerMemberId)
  }
  const { name, givenName, familyName, locale, zone, company, ownerMemberId } = wish
  await tx.db
    .updateTable('contact')
    .set({
      version: contact.version + 1,
      updated_at: tx.now,
      ...(name === undefined ? {} : { name, name_sort: foldText(name) }),
      ...(givenName === undefined ? {} : { given_name: givenName }),
      ...(familyName === undefined ? {} : { family_name: familyName }),
      ...(locale === undefined ? {} : { locale }),
      ...(zone === undefined ? {} : { zone }),
      ...(ownerMemberId === undefined ? {} : { owner_member_id: ownerMemberId }),
      ...(company === undefined ? {} : { company_id: await companyNamed(tx, company) }),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', wish.contactId)
    .execute()
  if (wish.points) await replacePoints(tx, wish.contactId, readPoints(wish.points, await homeCountry(tx)))
  if (wish.tags) await setTags(tx, wish.contactId, wish.tags)
  await refreshSearchText(tx, wish.contactId)

  const fields = Object.keys(wish).filter(
    (field) => !['contactId', 'version'].includes(field) && wish[field as keyof EditContact] !== undefined,
  )
  await recordTimeline(tx, {
    contactId: wish.contactId,
    kind: 'contact.changed',
    actor: by,
    subject: { type: 'contact', id: wish.contactId },
    summary: { key: 'contact_changed', values: { fields: fields.join(' ') } },
  })
  await emit(tx, 'contact.changed', { contactId: wish.contactId })
}
