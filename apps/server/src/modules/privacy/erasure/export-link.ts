import type { FileId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { type FileRow, findFile } from '../../../platform/files/index.ts'
import { copyDoor } from '../pages/copy-door.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { exportRow } from './export-contact.ts'

/** Copies of one person's data. */
export const contactCopies = copyDoor({
  purpose: 'contact-export',
  folder: 'contact-exports',
  overSays: 'Ask for a new one where you got this one.',
  fileOf,
  fetched: (tx, exportId) =>
    tx.db
      .updateTable('contact_export')
      .set({ downloaded_at: tx.now })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', exportId)
      .execute(),
  action: 'contact.export_downloaded',
  object: 'contact_export',
  fileName: 'data.zip',
})

/** A path that downloads the copy, for fifteen minutes. Whoever gives it to the person has verified her. Throws 404, `privacy/export-not-ready`. */
export async function exportLink(tx: WorkspaceTx, by: Principal, exportId: string): Promise<{ path: string; expiresAt: string }> {
  privacyPolicy.require(by, 'contacts.export')
  return contactCopies.link(tx, exportId)
}

/** The same for whoever opens her own link, which went to the address on file. */
export const exportPath = contactCopies.link

async function fileOf(tx: WorkspaceTx, exportId: string): Promise<FileRow> {
  const row = await exportRow(tx, exportId)
  const file = row.file_id === null ? undefined : await findFile(tx, row.file_id as FileId)
  if (file) return file
  throw new Refusal('privacy/export-not-ready', {
    detail: row.state === 'ready' ? 'Its thirty days are over. Make a new copy.' : 'It is not finished yet. Try again in a moment.',
  })
}
