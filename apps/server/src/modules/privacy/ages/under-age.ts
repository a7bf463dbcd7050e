import type { ContactId, Principal } from '@frontdesk/contract'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { loadContact } from '../../contacts/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { readPrivacySettings } from '../settings/read-privacy-settings.ts'

/** Notes that somebody is under the age of the business, or that she is not: the gate lets no marketing through to her. No age is kept. Throws 404. */
export async function noteUnderAge(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly contactId: ContactId; readonly underAge: boolean },
): Promise<void> {
  privacyPolicy.require(by, 'flags.raise')
  const { id: contactId } = await loadContact(tx, by, wish.contactId)
  if (wish.underAge) {
    const limit = (await readPrivacySettings(tx))['age.min']
    await tx.db
      .insertInto('under_age')
      .values({
        workspace_id: tx.workspaceId,
        id: tx.newId(),
        contact_id: contactId,
        age_limit: limit,
        noted_by: actorText(by),
        created_at: tx.now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  } else {
    await tx.db.deleteFrom('under_age').where('workspace_id', '=', tx.workspaceId).where('contact_id', '=', contactId).execute()
  }
  await audit(tx, by, {
    action: wish.underAge ? 'contact.under_age' : 'contact.of_age',
    object: { type: 'contact', id: contactId },
    result: 'done',
  })
  await emit(tx, 'contact.changed', { contactId })
}

/** Whether it is noted that she is under the age of the business. */
export async function isUnderAge(tx: WorkspaceTx, contactId: ContactId): Promise<boolean> {
  const noted = await tx.db
    .selectFrom('under_age')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .executeTakeFirst()
  return noted !== undefined
}
