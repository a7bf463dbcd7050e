import type { ListExport, Principal } from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { newestFirst } from '../../../platform/http/index.ts'
import { contactsPolicy, seesOnlyOf } from '../contacts.policy.ts'
import type { StoredListExport } from './list-export.tables.ts'

/** A file of contacts lies in the store for this long at most. */
export const fileDays = 30

/** One page of exports, newest first. A representative knows of those alone that hold nothing but her own contacts. */
export async function listExports(tx: WorkspaceTx, by: Principal, wish: { readonly cursor?: string | undefined; readonly limit: number }) {
  contactsPolicy.require(by, 'list_exports.make')
  const owner = seesOnlyOf(by)
  return newestFirst(
    tx.db
      .selectFrom('list_export')
      .selectAll()
      .where('workspace_id', '=', tx.workspaceId)
      .$if(owner !== null, (query) => query.where('only_of', '=', owner)),
    wish,
    presentExport,
  )
}

/** One of them. Throws 404. */
export async function loadExport(tx: WorkspaceTx, by: Principal, listExportId: string): Promise<z.input<typeof ListExport>> {
  contactsPolicy.require(by, 'list_exports.make')
  return presentExport(await findExport(tx, by, listExportId))
}

/** The row of an export that this principal may know of. Throws 404. */
export async function findExport(tx: WorkspaceTx, by: Principal, listExportId: string): Promise<StoredListExport> {
  const owner = seesOnlyOf(by)
  const row = await tx.db
    .selectFrom('list_export')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', listExportId)
    .forUpdate()
    .executeTakeFirst()
  if (row && (owner === null || row.only_of === owner)) return row
  throw new Refusal('http/not-found', { detail: 'There is no such export here.' })
}

/** Writes what changed of an export and tells whoever watches it. */
export async function setExport(
  tx: WorkspaceTx,
  id: string,
  change: Partial<Pick<StoredListExport, 'state' | 'total' | 'done' | 'size' | 'file_id' | 'finished_at' | 'downloaded_at'>>,
): Promise<StoredListExport> {
  const next = await tx.db
    .updateTable('list_export')
    .set(change)
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await emit(tx, 'list_export.changed', { listExportId: id, state: next.state })
  return next
}

/** An export as the API shows it. */
export const presentExport = (row: StoredListExport): z.input<typeof ListExport> => ({
  id: row.id,
  format: row.format,
  narrowing: { ...row.narrowing },
  ownOnly: row.only_of !== null,
  state: row.state,
  total: row.total,
  done: row.done,
  size: row.size,
  fileUntil: row.file_id !== null && row.finished_at ? row.finished_at.add({ hours: 24 * fileDays }).toString() : null,
  byMemberId: row.actor_kind === 'member' ? row.actor_id : null,
  downloadedAt: row.downloaded_at?.toString() ?? null,
  createdAt: row.created_at.toString(),
  finishedAt: row.finished_at?.toString() ?? null,
})
