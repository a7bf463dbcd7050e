import type { ContactId, WorkspaceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { sqlState } from '../../../platform/errors/index.ts'
import { unshareLast } from '../../contacts/index.ts'
import { erasureSurroundings } from '../erasure/surroundings.ts'

export type RemoveImported = { readonly importId: string; readonly contactIds: readonly ContactId[] }

/**
 * Removes contacts that a list made and nobody touched since, with what their timelines and the ledger say of the list. Only the eraser may take from these. It is no erasure: nobody asked
 * for one, so the next list may bring them again.
 */
export async function removeImported(workspaceId: WorkspaceId, wish: RemoveImported): Promise<ReadonlySet<ContactId>> {
  return new Set(await removeSome(workspaceId, wish))
}

/** Removes these in one transaction. Who cannot go, because somebody has something with her, is looked for by halves and stays. */
async function removeSome(workspaceId: WorkspaceId, wish: RemoveImported): Promise<readonly ContactId[]> {
  if (wish.contactIds.length === 0) return []
  try {
    return await erasureSurroundings.get().eraser.inWorkspace(workspaceId, (tx) => removeUntouched(tx, wish))
  } catch (error) {
    if (sqlState(error) !== '23503') throw error
    if (wish.contactIds.length === 1) return []
    const half = Math.ceil(wish.contactIds.length / 2)
    const first = await removeSome(workspaceId, { ...wish, contactIds: wish.contactIds.slice(0, half) })
    return [...first, ...(await removeSome(workspaceId, { ...wish, contactIds: wish.contactIds.slice(half) }))]
  }
}

/**
 * Touched is in whose history or on whose timeline anything stands that is neither of the list nor of what was taken back since, whose version came about in any other way, who is or was merged,
 * or whom another list brought too that still counts.
 */
async function removeUntouched(tx: WorkspaceTx, { importId, contactIds }: RemoveImported): Promise<readonly ContactId[]> {
  await sql`select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`.execute(
    tx.db,
  )
  const takenBack = (at: string) => sql`exists (
    select from bulk_change_row b where b.workspace_id = c.workspace_id and b.contact_id = c.id and b.taken_back_at is not null
      and ${sql.ref(at)} in (b.created_at, b.taken_back_at))`
  const { rows } = await sql<{ id: ContactId }>`
    select c.id from contact c
    where c.workspace_id = ${tx.workspaceId} and c.id = any(${[...contactIds]}::uuid[]) and c.merged_into is null
      and c.version = 1 + (
        select count(distinct h.version) from contact_change h where h.workspace_id = c.workspace_id and h.contact_id = c.id
      )
      and not exists (
        select from contact_change h where h.workspace_id = c.workspace_id and h.contact_id = c.id
          and not (h.source = 'import' or h.field = 'tags' and ${takenBack('h.at')})
      )
      and not exists (
        select from timeline_event t where t.workspace_id = c.workspace_id and t.contact_id = c.id
          and not coalesce(t.subject_type = 'import', false)
          -- A note that is not there any more was taken back with its list: one that a person removes is only out of sight.
          and not (t.kind = 'note.added' and (
            not exists (select from note n where n.workspace_id = t.workspace_id and n.id = t.subject_id)
            or t.subject_id in (
              select (r.changed ->> 'note')::uuid from import_row r
              where r.workspace_id = c.workspace_id and r.contact_id = c.id and r.import_id::text = ${importId} and r.changed ? 'note'
            )))
          and not (t.kind in ('contact.changed', 'contact.listed', 'contact.unlisted') and ${takenBack('t.at')})
      )
      and not exists (
        select from import_row o join import i on i.workspace_id = o.workspace_id and i.id = o.import_id
        where o.workspace_id = c.workspace_id and o.contact_id = c.id and o.import_id::text <> ${importId} and i.state <> 'undone'
      )
      and not exists (select from contact_merge m where m.workspace_id = c.workspace_id and m.survivor_id = c.id)
      and not exists (select from contact_merge m where m.workspace_id = c.workspace_id and m.merged_id = c.id)
    order by c.id for update of c`.execute(tx.db)
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return ids
  const { rows: shared } = await sql<{ kind: string; value: string }>`
    select kind, value_normalized as value from contact_point where workspace_id = ${tx.workspaceId} and contact_id = any(${ids}::uuid[]) and shared`.execute(
    tx.db,
  )
  await sql`delete from timeline_event where workspace_id = ${tx.workspaceId} and contact_id = any(${ids}::uuid[])`.execute(tx.db)
  await sql`delete from consent where workspace_id = ${tx.workspaceId} and contact_id = any(${ids}::uuid[])`.execute(tx.db)
  await sql`delete from contact where workspace_id = ${tx.workspaceId} and id = any(${ids}::uuid[])`.execute(tx.db)
  await unshareLast(tx, shared)
  return ids
}
