import type { FileId, Principal, Workspace } from '@frontdesk/contract'
import type { z } from 'zod'
import { audit } from '../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { expireFile, findFile, recordFile, type StoredFile } from '../../platform/files/index.ts'
import { accountsPolicy } from './accounts.policy.ts'
import { loadWorkspace, presentWorkspace } from './workspace-facts.ts'

/** How long a logo that was replaced or taken away can be brought back. */
const graceForLogos = Temporal.Duration.from({ hours: 24 })

/** Puts a picture that was just uploaded in the place of the logo. */
export async function setLogo(tx: WorkspaceTx, by: Principal, file: StoredFile): Promise<z.input<typeof Workspace>> {
  accountsPolicy.require(by, 'workspace.manage')
  await recordFile(tx, file)
  return writeLogo(tx, by, file.id)
}

/** Takes the logo away. Without one, nothing happens. */
export async function removeLogo(tx: WorkspaceTx, by: Principal): Promise<z.input<typeof Workspace>> {
  accountsPolicy.require(by, 'workspace.manage')
  return writeLogo(tx, by, null)
}

/** Keeps the earlier logo for a day and the next one for good. Throws `http/not-found` for a file that is no logo of this workspace. */
export async function exchangeLogo(tx: WorkspaceTx, earlier: FileId | null, next: FileId | null): Promise<void> {
  if (next === earlier) return
  if (next !== null) {
    const file = await findFile(tx, next)
    // Every file here has an id, a customer's attachment too: what is shown to the whole world must have been uploaded as a picture.
    if (file?.purpose !== 'picture')
      throw new Refusal('http/not-found', { detail: 'This logo is not kept any more. Nothing was changed; upload the picture again.' })
    await expireFile(tx, next, null)
  }
  if (earlier !== null) await expireFile(tx, earlier, tx.now.add(graceForLogos))
}

async function writeLogo(tx: WorkspaceTx, by: Principal, next: FileId | null): Promise<z.input<typeof Workspace>> {
  const present = await tx.db
    .selectFrom('workspace')
    .select(['logo_file_id', 'version'])
    .where('id', '=', tx.workspaceId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (present.logo_file_id !== next) {
    await exchangeLogo(tx, present.logo_file_id, next)
    await tx.db
      .updateTable('workspace')
      .set({ logo_file_id: next, version: present.version + 1 })
      .where('id', '=', tx.workspaceId)
      .execute()
    await audit(tx, by, { action: 'workspace.changed', object: { type: 'workspace', id: tx.workspaceId }, result: 'done' })
    await emit(tx, 'workspace.changed', { workspaceId: tx.workspaceId })
  }
  return presentWorkspace(await loadWorkspace(tx))
}
