import type { ContactFilter, ContactId, MemberId, Principal } from '@frontdesk/contract'
import { sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { pageFrom, readCursor, writeCursor } from '../../platform/http/index.ts'
import { contactsPolicy, seesOnlyOf } from './contacts.policy.ts'
import { foldText } from './fold-text.ts'
import { readyFilter, walkFiltered } from './segments/filter-contacts.ts'

export type PageContactIds = {
  readonly tag?: string | undefined
  readonly filter?: ContactFilter | undefined
  readonly ownerMemberId?: MemberId | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/**
 * One page of the ids of those who are in a list: of a filter, of a tag, or all. For whoever works through a list; a representative's holds her own ones.
 * A page of a filter may hold fewer than asked for, or none, and another one follow.
 */
export async function pageContactIds(
  tx: WorkspaceTx,
  by: Principal,
  wish: PageContactIds,
): Promise<{ items: ContactId[]; next: string | null }> {
  contactsPolicy.require(by, 'contacts.read')
  const owner = seesOnlyOf(by) ?? wish.ownerMemberId
  const after = readCursor(wish.cursor, [z.uuid()])
  if (wish.filter) {
    const ready = await readyFilter(tx, wish.filter, { owner: owner ?? null })
    const { items, next } = await walkFiltered(tx, ready, { after: after?.[0], most: wish.limit })
    return { items, next: next === null ? null : writeCursor([next]) }
  }
  let query = tx.db
    .selectFrom('contact')
    .select('contact.id')
    .where('contact.workspace_id', '=', tx.workspaceId)
    .where('contact.merged_into', 'is', null)
    .where('contact.archived_at', 'is', null)
    .orderBy('contact.id')
    .limit(wish.limit + 1)
  if (owner !== undefined) query = query.where('contact.owner_member_id', '=', owner)
  if (after) query = query.where(sql<boolean>`contact.id > ${after[0]}::uuid`)
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
  return pageFrom(
    await query.execute(),
    wish.limit,
    ({ id }) => id,
    ({ id }) => [id],
  )
}
