import type { ContactCount, ContactFilter, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { contactsPolicy, seesOnlyOf } from '../contacts.policy.ts'
import { countFiltered, type ReadyFilter, readyFilter } from './filter-contacts.ts'

export type CountContacts = { readonly filter: ContactFilter; readonly steps: boolean }

/** How many contacts a filter leaves, and on request after each of its parts. A representative counts her own ones. Throws `contacts/filter-not-usable`. */
export async function countContacts(tx: WorkspaceTx, by: Principal, { filter, steps }: CountContacts): Promise<ContactCount> {
  contactsPolicy.require(by, 'contacts.read')
  const ready = await readyFilter(tx, filter, { owner: seesOnlyOf(by) })
  const count = await countFiltered(tx, ready)
  if (!steps) return { count, countedAt: tx.now.toString(), steps: null, of: null }
  const of = await countFiltered(tx, { ...ready, filter: { join: 'all', parts: [] } })
  return { count, countedAt: tx.now.toString(), steps: await explained(tx, ready, count), of }
}

/** The first part alone, the first two, and so on: how the number comes about. */
async function explained(tx: WorkspaceTx, ready: ReadyFilter, count: number): Promise<{ path: string; left: number }[]> {
  const { join, parts } = ready.filter
  const left: { path: string; left: number }[] = []
  for (const at of parts.keys()) {
    const some = { ...ready, filter: { join, parts: parts.slice(0, at + 1) } }
    left.push({ path: `${join}.${at}`, left: at === parts.length - 1 ? count : await countFiltered(tx, some) })
  }
  return left
}
