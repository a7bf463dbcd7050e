import type { ContactId, ContactMerge, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { contactsPolicy } from '../contacts.policy.ts'
import { loadContact } from '../load-contact.ts'
import type { ContactMergeRow } from './merge.tables.ts'

export type MergeRow = Selectable<ContactMergeRow>

/** A merge, held until the transaction ends. Throws 404. */
export async function lockMerge(tx: WorkspaceTx, mergeId: string): Promise<MergeRow> {
  const row = await tx.db
    .selectFrom('contact_merge')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', mergeId)
    .forUpdate()
    .executeTakeFirst()
  if (row) return row
  throw new Refusal('http/not-found', { detail: 'There is no such merge here.' })
}

/** The merge that made a contact part of another one, where it stands. */
export const mergeOf = (tx: WorkspaceTx, mergedId: ContactId): Promise<MergeRow | undefined> =>
  tx.db
    .selectFrom('contact_merge')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('merged_id', '=', mergedId)
    .where('undone_at', 'is', null)
    .executeTakeFirst()

/** The contacts that were merged into one; one only, because a merge takes along those that were merged before. */
export async function mergedInto(tx: WorkspaceTx, contactId: ContactId): Promise<readonly ContactId[]> {
  const rows = await tx.db
    .selectFrom('contact')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('merged_into', '=', contactId)
    .execute()
  return rows.map(({ id }) => id)
}

/** The merges of a contact and of those who were merged into it, newest first. Throws 404. */
export async function listMerges(tx: WorkspaceTx, by: Principal, wanted: ContactId): Promise<ContactMerge[]> {
  contactsPolicy.require(by, 'contacts.read')
  const { id } = await loadContact(tx, by, wanted)
  const whole = [id, ...(await mergedInto(tx, id))]
  const rows = await tx.db
    .selectFrom('contact_merge')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where((or) => or.or([or('survivor_id', 'in', whole), or('merged_id', 'in', whole)]))
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
  return presentMerges(tx, rows)
}

/** Merges as the API shows them. */
export async function presentMerges(tx: WorkspaceTx, rows: readonly MergeRow[]): Promise<ContactMerge[]> {
  if (rows.length === 0) return []
  const names = new Map(
    (
      await tx.db
        .selectFrom('contact')
        .select(['id', 'name'])
        .where('workspace_id', '=', tx.workspaceId)
        .where(
          'id',
          'in',
          rows.map(({ merged_id }) => merged_id),
        )
        .execute()
    ).map(({ id, name }) => [id, name]),
  )
  return rows.map((row) => ({
    id: row.id,
    survivorId: row.survivor_id,
    mergedId: row.merged_id,
    mergedName: names.get(row.merged_id) ?? '',
    at: row.merged_at.toString(),
    by: { kind: row.merged_by_kind, id: row.merged_by_id },
    undoneAt: row.undone_at?.toString() ?? null,
    undoneBy: row.undone_by_kind === null ? null : { kind: row.undone_by_kind, id: row.undone_by_id },
  }))
}

/** One merge as the API shows it. */
export async function presentMerge(tx: WorkspaceTx, row: MergeRow): Promise<ContactMerge> {
  const [shown] = await presentMerges(tx, [row])
  if (!shown) throw new Error('A merge vanished while it was read.')
  return shown
}
