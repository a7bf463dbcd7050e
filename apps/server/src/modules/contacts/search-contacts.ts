import type { ContactId, ContactSummary, Principal } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { contactsPolicy, seesOnlyOf } from './contacts.policy.ts'
import { readSearch } from './fold-text.ts'
import { summariesOf } from './summarize-contacts.ts'

/** Contacts whose name, company, address or number contains every word that was typed, those beginning with it first. */
export async function searchContacts(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly q: string; readonly limit: number },
): Promise<ContactSummary[]> {
  contactsPolicy.require(by, 'contacts.read')
  const { words, digits } = readSearch(wish.q)
  const { rows } = await sql<{ contact_id: ContactId }>`
    select contact_id from platform.search_contacts(${[...words]}::text[], ${digits}::text, ${seesOnlyOf(by)}::uuid, ${wish.limit}::int)`.execute(
    tx.db,
  )
  return summariesOf(
    tx,
    rows.map((row) => row.contact_id),
  )
}
