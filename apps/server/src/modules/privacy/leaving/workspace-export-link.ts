import type { Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { type FileRow, findFile } from '../../../platform/files/index.ts'
import { requirePresence } from '../../accounts/index.ts'
import { copyDoor } from '../pages/copy-door.ts'
import { leavingPolicy } from './leaving.policy.ts'

/** Parts of the copy that a business takes along. */
export const workspaceCopies = copyDoor({
  purpose: 'workspace-export',
  folder: 'workspace-exports',
  overSays: 'Get a new one in Settings, Close the workspace.',
  fileOf,
  fetched: (tx, partId) =>
    tx.db
      .updateTable('workspace_export_part')
      .set({ downloaded_at: tx.now })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', partId)
      .execute(),
  action: 'workspace.export_downloaded',
  object: 'workspace_export_part',
  fileName: 'workspace.zip',
})

/** A path that downloads a part of the copy, for fifteen minutes. Throws 404, `privacy/export-not-ready`, `accounts/reauthentication-required`. */
export async function workspaceExportLink(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly exportId: string; readonly number: number },
): Promise<{ path: string; expiresAt: string }> {
  leavingPolicy.require(by, 'workspace_exports.make')
  requirePresence(by, tx.now)
  const part = await tx.db
    .selectFrom('workspace_export_part')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('export_id', '=', wish.exportId)
    .where('number', '=', wish.number)
    .executeTakeFirst()
  if (!part) throw noSuchPart()
  return workspaceCopies.link(tx, part.id)
}

async function fileOf(tx: WorkspaceTx, partId: string): Promise<FileRow> {
  const part = await tx.db
    .selectFrom('workspace_export_part')
    .innerJoin('workspace_export', (join) =>
      join
        .onRef('workspace_export.workspace_id', '=', 'workspace_export_part.workspace_id')
        .onRef('workspace_export.id', '=', 'workspace_export_part.export_id'),
    )
    .select(['workspace_export_part.file_id', 'workspace_export.state'])
    .where('workspace_export_part.workspace_id', '=', tx.workspaceId)
    .where('workspace_export_part.id', '=', partId)
    .executeTakeFirst()
  if (!part) throw noSuchPart()
  if (part.state !== 'ready')
    throw new Refusal('privacy/export-not-ready', { detail: 'The copy is not finished yet. Try again in a moment.' })
  const file = part.file_id === null ? undefined : await findFile(tx, part.file_id)
  if (file) return file
  throw new Refusal('privacy/export-not-ready', {
    detail: 'It was deleted: its thirty days are over, or somebody in it was erased since. Make a new copy.',
  })
}

const noSuchPart = (): Refusal => new Refusal('http/not-found', { detail: 'There is no such part of a copy here.' })
