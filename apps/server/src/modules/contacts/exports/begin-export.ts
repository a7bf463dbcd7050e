import type { ListExport, ListExportFormat, ListNarrowing, Principal } from '@frontdesk/contract'
import type { z } from 'zod'
import { actorOf, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { findFile, forgetFile } from '../../../platform/files/index.ts'
import type { FileAnswer } from '../../../platform/http/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { contactsPolicy, seesOnlyOf } from '../contacts.policy.ts'
import { narrowedContacts } from '../list-contacts.ts'
import { exportAccounts } from './export-accounts.ts'
import { findExport, presentExport, setExport } from './load-export.ts'
import { makeExportFileJob } from './make-export-file.ts'

/** So many may wait or run at once. */
const mostOpen = 5

type Shown = z.input<typeof ListExport>

/** Has the contacts of a list written into a file. Throws `contacts/too-many-exports`, and what narrowing a list throws. */
export async function beginExport(
  tx: WorkspaceTx,
  by: Principal,
  { format, narrowing }: { readonly format: ListExportFormat; readonly narrowing: ListNarrowing },
): Promise<Shown> {
  contactsPolicy.require(by, 'list_exports.make')
  const owner = seesOnlyOf(by)
  const { count } = await narrowedContacts(tx, owner, narrowing) // what cannot be asked is refused now
  const people = await count()
  const { open } = await tx.db
    .selectFrom('list_export')
    .select(({ fn }) => fn.countAll<number>().as('open'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirstOrThrow()
  if (Number(open) >= mostOpen)
    throw new Refusal('contacts/too-many-exports', { detail: 'Wait until one of them is done, or stop it. Nothing was begun.' })
  const { type, id: actorId } = actorOf(by)
  const row = await tx.db
    .insertInto('list_export')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      format,
      narrowing: JSON.stringify(narrowing),
      only_of: owner,
      state: 'waiting',
      total: null,
      size: null,
      file_id: null,
      actor_kind: type === 'member' || type === 'api_key' || type === 'operator' ? type : 'system',
      actor_id: actorId === '' ? null : actorId,
      downloaded_at: null,
      created_at: tx.now,
      finished_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await audit(tx, by, { action: 'list_export.begun', object: { type: 'list_export', id: row.id }, result: 'done' })
  for (const account of exportAccounts.all()) await account.take(tx, by, { listExportId: row.id, people })
  await enqueue(tx, makeExportFileJob, { listExportId: row.id })
  return presentExport(row)
}

/** Stops writing a file, or removes it. Doing it again changes nothing. Throws 404. */
export async function cancelExport(tx: WorkspaceTx, by: Principal, listExportId: string): Promise<Shown> {
  contactsPolicy.require(by, 'list_exports.make')
  const row = await findExport(tx, by, listExportId)
  if (row.state === 'cancelled' || row.state === 'failed') return presentExport(row)
  if (row.file_id !== null) await forgetFile(tx, row.file_id as never)
  await audit(tx, by, { action: 'list_export.cancelled', object: { type: 'list_export', id: row.id }, result: 'done' })
  return presentExport(await setExport(tx, row.id, { state: 'cancelled', file_id: null, finished_at: row.finished_at ?? tx.now }))
}

/** The file; that it was taken is recorded. Throws 404 and `contacts/export-file-gone`. */
export async function exportFile(tx: WorkspaceTx, by: Principal, listExportId: string): Promise<FileAnswer> {
  contactsPolicy.require(by, 'list_exports.make')
  const row = await findExport(tx, by, listExportId)
  const file = row.file_id === null ? undefined : await findFile(tx, row.file_id as never)
  if (!file)
    throw new Refusal('contacts/export-file-gone', {
      detail:
        row.state === 'ready'
          ? 'It is kept for 30 days, and goes when somebody on it is erased. Write the list once more.'
          : 'It is not written yet, or writing it was stopped.',
    })
  await audit(tx, by, { action: 'list_export.downloaded', object: { type: 'list_export', id: row.id }, result: 'done' })
  await setExport(tx, row.id, { downloaded_at: tx.now })
  return { workspaceId: tx.workspaceId, id: file.id, size: file.size, name: file.name ?? 'contacts', mediaType: file.media_type }
}
