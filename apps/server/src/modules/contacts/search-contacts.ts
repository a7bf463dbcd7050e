import type { ContactId, ContactSummary, Principal } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { contactsPolicy, seesOnlyOf } from './contacts.policy.ts'
import { readSearch, type SearchWish } from './search.rules.ts'
import { summariesOf } from './summarize-contacts.ts'

/**
 * Contacts whose name, company, address or number contains every word that was typed: names that begin with it first, then words that do, those heard of last before others. Where there is
 * nobody, those of whom one word is a slip of the keyboard away.
 */
export async function searchContacts(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly q: string; readonly limit: number },
): Promise<ContactSummary[]> {
  contactsPolicy.require(by, 'contacts.read')
  const { slips, ...asked } = readSearch(wish.q)
  const owner = seesOnlyOf(by)
  const { rows: exact } =
    await sql<Found>`select contact_id from platform.search_contacts(${[...asked.anywhere]}::text[], ${[...asked.indexed]}::text[],
    ${asked.digits}::text, ${asked.named}::text, ${asked.began}::text, ${asked.recent}::int, ${owner}::uuid, ${wish.limit}::int)`.execute(
      tx.db,
    )
  const found = exact.length > 0 ? exact : await nearly(tx, slips, owner, wish.limit)
  return summariesOf(
    tx,
    found.map((row) => row.contact_id),
  )
}

type Found = { readonly contact_id: ContactId }

async function nearly(tx: WorkspaceTx, slips: SearchWish['slips'], owner: string | null, limit: number): Promise<readonly Found[]> {
  for (const { meant, others } of slips) {
    const { rows } = await sql<Found>`
      select contact_id from platform.search_contacts_nearly(${[...meant]}::text[], ${[...others]}::text[], ${owner}::uuid, ${limit}::int)`.execute(
      tx.db,
    )
    if (rows.length > 0) return rows
  }
  return []
}
