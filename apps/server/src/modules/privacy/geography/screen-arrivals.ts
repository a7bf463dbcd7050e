import { Refusal } from '../../../platform/errors/index.ts'
import type { ArrivalScreen } from '../../contacts/index.ts'
import { readPrivacySettings } from '../settings/read-privacy-settings.ts'
import { flagContact } from './flag-contact.ts'
import { hintElsewhere, servedCountries } from './places.rules.ts'

/** How long somebody of another place waits for a member to look before she is erased. */
export const quarantineDays = 7

/**
 * Looks at every new address and number, whoever brings it. Where the setting says so, what points to a place that is not served is refused, or kept apart: not used, and erased
 * after a week unless somebody says that it was a mistake.
 */
export const screenArrivals: ArrivalScreen = {
  async before(tx, points) {
    const settings = await readPrivacySettings(tx)
    if (settings['geo.contact_screening'] !== 'reject') return
    const hint = hintElsewhere(points, servedCountries(settings))
    if (!hint) return
    throw new Refusal('privacy/place-not-served', {
      detail:
        'This number or address belongs to a country that this business does not serve, so nothing was saved. Use another one, or ask the business.',
      country: hint.country,
    })
  },
  async after(tx, by, contactId, points) {
    const settings = await readPrivacySettings(tx)
    if (settings['geo.contact_screening'] !== 'quarantine') return
    const hint = hintElsewhere(points, servedCountries(settings))
    if (!hint) return
    const dueAt = tx.now.add({ hours: 24 * quarantineDays })
    await flagContact(tx, by, { contactId, reason: 'place', ...hint, dueAt })
  },
}
