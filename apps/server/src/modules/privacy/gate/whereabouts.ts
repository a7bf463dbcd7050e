import { placesOfNumber } from '@frontdesk/contact-rules'
import type { ContactId } from '@frontdesk/contract'
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { contactFacts } from '../../contacts/index.ts'

/**
 * Where somebody is, as far as it is known, as ISO 3166 (`US-NY`, `CA`): by what she or a member said, otherwise where her numbers were issued. Fit to choose who looks after her; what the law lets us do
 * with her, the gate decides. It asks nobody's permission: its caller acts for the business. Throws 404.
 */
export async function whereaboutsOf(tx: WorkspaceTx, contactId: ContactId): Promise<readonly string[]> {
  const told = await tx.db
    .selectFrom('known_fact')
    .select('answer')
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .where('kind', '=', 'place')
    .orderBy('checked_on', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (told) return [told.answer]
  const { points } = await contactFacts(tx, contactId)
  return [...new Set(points.flatMap(({ kind, value }) => (kind === 'phone' ? issuedFor(value) : [])))]
}

function issuedFor(number: string): readonly string[] {
  const places = placesOfNumber(number)
  if (places.length > 0) return places
  const country = parsePhoneNumberFromString(number)?.country
  return country === undefined || country === 'US' ? [] : [country]
}
