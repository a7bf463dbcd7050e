import type { ContactListQuery, ContactSummary, Principal } from '@frontdesk/contract'
import { sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { pageFrom, readCursor } from '../../platform/http/index.ts'
import { contactsPolicy, seesOnlyOf } from './contacts.policy.ts'
import { foldText } from './fold-text.ts'
import { summariesOf } from './summarize-contacts.ts'

export type ListContacts = z.output<typeof ContactListQuery>

/** One page of contacts, by last activity or by name. A representative's list holds her own ones. */
export async function listContacts(
  tx: WorkspaceTx,
  by: Principal,
  wish: ListContacts,
): Promise<{ items: ContactSummary[]; next: string | null }> {
  contactsPolicy.require(by, 'contacts.read')
  const owner = seesOnlyOf(by) ?? wish.ownerMemberId
  let query = tx.db
    .selectFrom('contact')
    .select(['contact.id', 'contact.name_sort', 'contact.last_activity_at'])
    .where('contact.workspace_id', '=', tx.workspaceId)
    .where('contact.merged_into', 'is', null)
    .where('contact.archived_at', wish.archived === 'only' ? 'is not' : 'is', null)
    .limit(wish.limit + 1)
  if (owner !== undefined) query = query.where('contact.owner_member_id', '=', owner)
  if (wish.tag !== undefined) {
    const folded = foldText(wish.tag)
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('contact_tag')
          .innerJoin('tag', (join) =>
            join.onRef('tag.workspace_id', '=', 'contact_tag.workspace_id').onRef('tag.id', '=', 'contact_tag.tag_id'),
          )
          .select('contact_tag.id')
          .whereRef('contact_tag.workspace_id', '=', 'contact.workspace_id')
          .whereRef('contact_tag.contact_id', '=', 'contact.id')
          .where('tag.name_folded', '=', folded),
      ),
    )
  }

  if (wish.sort === 'name') {
    const after = readCursor(wish.cursor, [z.string(), z.uuid()])
    if (after) query = query.where(sql<boolean>`(contact.name_sort, contact.id) > (${after[0]}, ${after[1]}::uuid)`)
    query = query.orderBy('contact.name_sort').orderBy('contact.id')
  } else {
    const before = readCursor(wish.cursor, [z.iso.datetime(), z.uuid()])
    if (before) query = query.where(sql<boolean>`(contact.last_activity_at, contact.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`)
    query = query.orderBy('contact.last_activity_at', 'desc').orderBy('contact.id', 'desc')
  }
  const rows = await query.execute()
  const page = pageFrom(
    rows,
    wish.limit,
    (row) => row.id,
    (row) => [wish.sort === 'name' ? row.name_sort : row.last_activity_at.toString(), row.id],
  )
  return { items: await summariesOf(tx, page.items), next: page.next }
}
