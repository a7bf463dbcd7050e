import type { ContactId, DuplicatePair, Principal } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { pageFrom, readCursor } from '../../../platform/http/index.ts'
import { contactsPolicy, seesOnlyOf } from '../contacts.policy.ts'
import { loadContact } from '../load-contact.ts'
import { summariesOf } from '../summarize-contacts.ts'
import type { DuplicatePairRow } from './merge.tables.ts'
import { lastSearch } from './search-duplicates.ts'

type Pair = Selectable<DuplicatePairRow>

export type ListDuplicates = {
  readonly show: 'same' | 'household' | 'not_same'
  readonly cursor?: string | undefined
  readonly limit: number
}

/** One page of contacts that may be one person, the likeliest first. */
export async function listDuplicates(tx: WorkspaceTx, by: Principal, wish: ListDuplicates) {
  contactsPolicy.require(by, 'contacts.merge')
  const before = readCursor(wish.cursor, [z.int(), z.uuid()])
  const rows = await tx.db
    .selectFrom('duplicate_pair')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .$if(wish.show === 'not_same', (query) => query.where('state', '=', 'not_same'))
    .$if(wish.show !== 'not_same', (query) => query.where('state', '=', 'open').where('likeness', '=', wish.show as 'same'))
    .$if(before !== undefined, (query) => query.where(sql<boolean>`(score, id) < (${before?.[0]}::int, ${before?.[1]}::uuid)`))
    .orderBy('score', 'desc')
    .orderBy('id', 'desc')
    .limit(wish.limit + 1)
    .execute()
  const page = pageFrom(
    rows,
    wish.limit,
    (row) => row,
    (row) => [row.score, row.id],
  )
  return { items: await presentPairs(tx, page.items), next: page.next, search: await lastSearch(tx) }
}

/** Who may be the same person as one contact, the likeliest first. Throws 404. */
export async function duplicatesOf(tx: WorkspaceTx, by: Principal, wanted: ContactId): Promise<DuplicatePair[]> {
  contactsPolicy.require(by, 'contacts.read')
  const { id } = await loadContact(tx, by, wanted)
  const rows = await tx.db
    .selectFrom('duplicate_pair')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where((or) => or.or([or('first_id', '=', id), or('second_id', '=', id)]))
    .where('state', '=', 'open')
    .orderBy('score', 'desc')
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
  const owner = seesOnlyOf(by)
  return (await presentPairs(tx, rows)).filter(
    ({ contacts }) => owner === null || contacts.every(({ ownerMemberId }) => ownerMemberId === owner),
  )
}

async function presentPairs(tx: WorkspaceTx, rows: readonly Pair[]): Promise<DuplicatePair[]> {
  const ids = [...new Set(rows.flatMap(({ first_id, second_id }) => [first_id, second_id]))]
  const summaries = new Map((await summariesOf(tx, ids)).map((summary) => [summary.id, summary]))
  return rows.flatMap((row) => {
    const contacts = [row.first_id, row.second_id].flatMap((id) => summaries.get(id) ?? [])
    if (contacts.length < 2) return []
    const { id, likeness, score, reasons, state } = row
    return [{ id, likeness, score, reasons: [...reasons], state, foundAt: row.found_at.toString(), contacts }]
  })
}

/** The open pair of two contacts, where it was found. */
export const pairOf = (tx: WorkspaceTx, one: ContactId, other: ContactId): Promise<Pair | undefined> =>
  tx.db
    .selectFrom('duplicate_pair')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('first_id', '=', one < other ? one : other)
    .where('second_id', '=', one < other ? other : one)
    .executeTakeFirst()

/** Decides that two are not the same person, or takes that back. Doing it twice changes nothing. Throws 404. */
export async function decideDuplicate(
  tx: WorkspaceTx,
  by: Principal,
  { pairId, notSame }: { readonly pairId: string; readonly notSame: boolean },
): Promise<DuplicatePair> {
  contactsPolicy.require(by, 'contacts.merge')
  const pair = await tx.db
    .selectFrom('duplicate_pair')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', pairId)
    .forUpdate()
    .executeTakeFirst()
  if (!pair)
    throw new Refusal('http/not-found', { detail: 'There is no such pair any more: one of the two was merged, changed or erased.' })
  const state = notSame ? ('not_same' as const) : ('open' as const)
  if (pair.state !== state) {
    await tx.db
      .updateTable('duplicate_pair')
      .set({ state, decided_at: notSame ? tx.now : null, decided_by: notSame ? actorText(by) : null })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', pairId)
      .execute()
    await audit(tx, by, {
      action: notSame ? 'duplicate.dismissed' : 'duplicate.reopened',
      object: { type: 'duplicate_pair', id: pairId },
      result: 'done',
    })
  }
  const [shown] = await presentPairs(tx, [{ ...pair, state }])
  if (!shown) throw new Refusal('http/not-found', { detail: 'There is no such pair any more: one of the two was erased.' })
  return shown
}
