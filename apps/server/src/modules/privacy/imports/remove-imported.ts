import type { ContactId, WorkspaceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { sqlState } from '../../../platform/errors/index.ts'
import { erasureSurroundings } from '../erasure/surroundings.ts'

export type RemoveImported = { readonly importId: string; readonly contactIds: readonly ContactId[] }

/**
 * Removes contacts that a list made and nobody touched since, with what their timelines and the ledger say of the list. Only the eraser may take from these. It is no erasure: nobody asked
 * for one, so the next list may bring them again.
 */
export async function removeImported(workspaceId: WorkspaceId, wish: RemoveImported): Promise<ReadonlySet<ContactId>> {
  const { eraser } = erasureSurroundings.get()
  const remove = (contactIds: readonly ContactId[]) => eraser.inWorkspace(workspaceId, (tx) => removeUntouched(tx, { ...wish, contactIds }))
  try {
    return new Set(await remove(wish.contactIds))
  } catch (error) {
    if (sqlState(error) !== '23503') throw error
    // Somebody has something with one of them: she stays, the others go.
    const gone = new Set<ContactId>()
    for (const contactId of wish.contactIds) {
      const one = await remove([contactId]).catch((cause: unknown) => {
        if (sqlState(cause) === '23503') return []
        throw cause
      })
      for (const id of one) gone.add(id)
    }
    return gone
  }
}

/** Touched is who is at another version than the list left her, on whose timeline anything stands that is not of the list, or whom another list brought too. */
async function removeUntouched(tx: WorkspaceTx, { importId, contactIds }: RemoveImported): Promise<readonly ContactId[]> {
  await sql`select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`.execute(
    tx.db,
  )
  const { rows } = await sql<{ id: ContactId }>`
    select c.id from contact c
    where c.workspace_id = ${tx.workspaceId} and c.id = any(${[...contactIds]}::uuid[]) and c.merged_into is null
      and c.version = (
        select max(r.version) from import_row r where r.workspace_id = c.workspace_id and r.contact_id = c.id and r.import_id::text = ${importId}
      )
      and not exists (
        select from timeline_event t where t.workspace_id = c.workspace_id and t.contact_id = c.id
          and not (t.subject_type = 'import' and t.subject_id = ${importId})
          and not (t.subject_type = 'note' and t.kind = 'note.added' and t.subject_id in (
            select (r.changed ->> 'note')::uuid from import_row r
            where r.workspace_id = c.workspace_id and r.contact_id = c.id and r.import_id::text = ${importId} and r.changed ? 'note'
          ))
      )
      and not exists (
        select from import_row o join import i on i.workspace_id = o.workspace_id and i.id = o.import_id
        where o.workspace_id = c.workspace_id and o.contact_id = c.id and o.import_id::text <> ${importId} and i.state <> 'undone'
      )
      and not exists (select from contact m where m.workspace_id = c.workspace_id and m.merged_into = c.id)
    order by c.id for update of c`.execute(tx.db)
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return ids
  await sql`delete from timeline_event where workspace_id = ${tx.workspaceId} and contact_id = any(${ids}::uuid[])`.execute(tx.db)
  await sql`delete from consent where workspace_id = ${tx.workspaceId} and contact_id = any(${ids}::uuid[])`.execute(tx.db)
  await sql`delete from contact where workspace_id = ${tx.workspaceId} and id = any(${ids}::uuid[])`.execute(tx.db)
  return ids
}
