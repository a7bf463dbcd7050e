import type { ContactFlags, ContactId, FlaggedContact, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { loadContact } from '../../contacts/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { readPrivacySettings } from '../settings/read-privacy-settings.ts'
import type { StoredFlag } from './flag-contact.ts'
import { servedCountries } from './places.rules.ts'

/** What is known of one contact's age and place, beside what the business settled about both. Throws 404. */
export async function flagsOf(tx: WorkspaceTx, by: Principal, wanted: ContactId): Promise<ContactFlags> {
  privacyPolicy.require(by, 'flags.read')
  const { id: contactId, name } = await loadContact(tx, by, wanted)
  const settings = await readPrivacySettings(tx)
  const served = servedCountries(settings)
  const noted = await tx.db
    .selectFrom('under_age')
    .select('age_limit')
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .executeTakeFirst()
  const guardian = await tx.db
    .selectFrom('guardian_consent')
    .select(['created_at', 'expires_at', 'agreed_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('child_id', '=', contactId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const open = await tx.db
    .selectFrom('flagged_contact')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .where('state', '=', 'open')
    .orderBy('due_at')
    .orderBy('id')
    .execute()
  return {
    underAge: noted !== undefined,
    ageLimit: noted?.age_limit ?? settings['age.min'],
    guardianMayAgree: settings['age.guardian'] === 'allowed',
    guardian: guardian
      ? {
          askedAt: guardian.created_at.toString(),
          endsAt: guardian.expires_at.toString(),
          agreedAt: guardian.agreed_at?.toString() ?? null,
        }
      : null,
    served: served && [...served],
    open: open.map((flag) => presentFlag({ ...flag, name })),
  }
}

/** A flag as the API shows it. */
export const presentFlag = (row: StoredFlag & { readonly name: string }): FlaggedContact => ({
  id: row.id,
  contactId: row.contact_id,
  name: row.name,
  reason: row.reason,
  country: row.country,
  foundBy: row.found_by,
  relation: row.relation,
  flaggedAt: row.created_at.toString(),
  dueAt: row.due_at.toString(),
  state: row.state,
})
