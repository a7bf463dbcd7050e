import type { FileId, Principal, WorkspaceId } from '@frontdesk/contract'
import { audit } from '../../../platform/audit/index.ts'
import type { Keys } from '../../../platform/crypto/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { type FileRow, findFile } from '../../../platform/files/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { exportRow } from './export-contact.ts'

const PURPOSE = 'contact-export'
const LIVES = { minutes: 15 }

/** A path that downloads the copy, for fifteen minutes. Whoever gives it to the person has verified her. Throws 404, `privacy/export-not-ready`. */
export async function exportLink(tx: WorkspaceTx, by: Principal, exportId: string): Promise<{ path: string; expiresAt: string }> {
  privacyPolicy.require(by, 'contacts.export')
  return exportPath(tx, exportId)
}

/** The same for whoever opens her own link, which went to the address on file. */
export async function exportPath(tx: WorkspaceTx, exportId: string): Promise<{ path: string; expiresAt: string }> {
  await fileOf(tx, exportId)
  const expiresAt = tx.now.add(LIVES)
  const token = tx.keys.signLink({ purpose: PURPOSE, workspaceId: tx.workspaceId, subjectId: exportId, expiresAt, allows: [] }, tx.now)
  return { path: `/contact-exports/${token}`, expiresAt: expiresAt.toString() }
}

/** Where such a link leads. Throws `privacy/link-invalid`. */
export function readExportToken(
  keys: Keys,
  token: string,
  now: Temporal.Instant,
): { readonly workspaceId: WorkspaceId; readonly exportId: string } {
  const check = keys.verifyLink(token, PURPOSE, now)
  if (!check.valid || check.link.workspaceId === null)
    throw new Refusal('privacy/link-invalid', {
      detail: 'Links to copies hold for fifteen minutes. Ask for a new one where you got this one.',
    })
  return { workspaceId: check.link.workspaceId as WorkspaceId, exportId: check.link.subjectId }
}

/** The file behind a link; notes that it was fetched. */
export async function takeExport(tx: WorkspaceTx, exportId: string): Promise<FileRow> {
  const file = await fileOf(tx, exportId)
  await tx.db
    .updateTable('contact_export')
    .set({ downloaded_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', exportId)
    .execute()
  const by: Principal = { kind: 'visitor', workspaceId: tx.workspaceId }
  await audit(tx, by, { action: 'contact.export_downloaded', object: { type: 'contact_export', id: exportId }, result: 'done' })
  return file
}

async function fileOf(tx: WorkspaceTx, exportId: string): Promise<FileRow> {
  const row = await exportRow(tx, exportId)
  const file = row.file_id === null ? undefined : await findFile(tx, row.file_id as FileId)
  if (file) return file
  throw new Refusal('privacy/export-not-ready', {
    detail: row.state === 'ready' ? 'Its thirty days are over. Make a new copy.' : 'It is not finished yet. Try again in a moment.',
  })
}
