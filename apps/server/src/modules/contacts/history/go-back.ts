import type { ContactId, Principal } from '@frontdesk/contract'
import { ContactPointInput, FieldValue } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { contactsPolicy } from '../contacts.policy.ts'
import { type EditContact, editContact } from '../edit-contact.ts'
import { lockContact } from '../lock-contact.ts'

const ownField = 'own.'
const text = z.string().nullable()

/** The shapes in which changes keep what was there. */
const kept = {
  name: z.string(),
  givenName: text,
  familyName: text,
  company: text,
  companyRole: text,
  locale: text,
  zone: text,
  ownerMemberId: text,
  tags: z.array(z.string()),
  points: z.array(ContactPointInput),
} as const

/** Gives a field back what it was before a change. Throws 404, 409 where that is not known any more, and what editing throws. */
export async function goBack(
  tx: WorkspaceTx,
  by: Principal,
  { contactId, changeId }: { readonly contactId: ContactId; readonly changeId: string },
): Promise<void> {
  contactsPolicy.require(by, 'contacts.write')
  const contact = await lockContact(tx, by, contactId)
  const change = await tx.db
    .selectFrom('contact_change')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .where('id', '=', changeId)
    .executeTakeFirst()
  if (!change) throw new Refusal('http/not-found', { detail: 'There is no such change of this contact.' })
  const wish = change.forgotten ? undefined : wishFor(change.field, change.before)
  if (!wish) throw new Refusal('http/conflict', { detail: 'What this was before is not kept, so there is nothing to go back to.' })
  await editContact(tx, by, { ...wish, contactId, version: contact.version, restored: true })
}

function wishFor(field: string, before: unknown): Partial<EditContact> | undefined {
  if (field.startsWith(ownField)) {
    const value = FieldValue.nullable().safeParse(before)
    return value.success ? { fields: { [field.slice(ownField.length)]: value.data } } : undefined
  }
  if (!isKept(field)) return undefined
  const value = kept[field].safeParse(before ?? (field === 'tags' || field === 'points' ? [] : null))
  return value.success ? { [field]: value.data } : undefined
}

const isKept = (field: string): field is keyof typeof kept => Object.hasOwn(kept, field)
