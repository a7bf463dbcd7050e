import type { ContactId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { loadContact } from '../../contacts/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { readPrivacySettings } from '../settings/read-privacy-settings.ts'
import { flagContact } from './flag-contact.ts'
import { servedCountries } from './places.rules.ts'

/** How long a slip of the pen can be taken back. */
const KNOWN_FOR = { hours: 20 }

/**
 * A member learned where somebody lives ("I live in Paris"). Where the business does not serve that country, her data is not used from now on and erased within a day; otherwise
 * nothing is kept of it. Answers whether it is served. Throws 404.
 */
export async function knowResidence(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly contactId: ContactId; readonly country: string },
): Promise<{ served: boolean }> {
  privacyPolicy.require(by, 'flags.raise')
  const { id: contactId } = await loadContact(tx, by, wish.contactId)
  const served = servedCountries(await readPrivacySettings(tx))
  if (served === null || served.has(wish.country)) return { served: true }
  await flagContact(tx, by, { contactId, reason: 'place', country: wish.country, foundBy: 'member', dueAt: tx.now.add(KNOWN_FOR) })
  return { served: false }
}
