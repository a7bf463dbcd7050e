import type { Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { emit } from '../../platform/events/index.ts'
import { contactsPolicy } from './contacts.policy.ts'
import { recordChanges } from './history/record-changes.ts'
import { lockContact } from './lock-contact.ts'
import { recordTimeline } from './record-timeline.ts'

/** In which language and on which clock she wants to be spoken to, as she says herself on her own page. What is the same changes nothing. */
export async function correctReader(
  tx: WorkspaceTx,
  by: Principal & { kind: 'contact_link' },
  wish: { readonly locale: string; readonly zone: string },
): Promise<void> {
  contactsPolicy.require(by, 'contacts.correct_reader')
  const contact = await lockContact(tx, by, by.contactId)
  const fields = (['locale', 'zone'] as const).filter((field) => contact[field] !== wish[field])
  if (fields.length === 0) return
  await tx.db
    .updateTable('contact')
    .set({ locale: wish.locale, zone: wish.zone, version: contact.version + 1, updated_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', contact.id)
    .execute()
  const changes = fields.map((field) => ({ field, before: contact[field], after: wish[field] }))
  await recordChanges(tx, by, { contactId: contact.id, version: contact.version + 1, changes })
  await recordTimeline(tx, {
    contactId: contact.id,
    kind: 'contact.changed',
    actor: by,
    subject: { type: 'contact', id: contact.id },
    summary: { key: 'contact_changed', values: { fields: fields.join(' ') } },
  })
  await emit(tx, 'contact.changed', { contactId: contact.id })
}
