import type { Principal, Workspace, WorkspaceChange } from '@frontdesk/contract'
import { sql, type Updateable } from 'kysely'
import type { z } from 'zod'
import { audit } from '../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { accountsPolicy } from './accounts.policy.ts'
import type { WorkspaceRow } from './accounts.tables.ts'
import { exchangeLogo } from './change-logo.ts'
import { takeSlug } from './create-workspace.ts'
import { isReservedSlug } from './slug.rules.ts'
import { loadWorkspace, presentWorkspace } from './workspace-facts.ts'

export type ChangeWorkspace = z.output<typeof WorkspaceChange> & { readonly version: number }

/** Reads the workspace. */
export async function showWorkspace(tx: WorkspaceTx, by: Principal): Promise<z.input<typeof Workspace>> {
  accountsPolicy.require(by, 'workspace.read')
  return presentWorkspace(await loadWorkspace(tx))
}

/** Changes the workspace. Throws `accounts/slug-taken`, `http/version-mismatch` with the present values, or `http/not-found` for a logo that is not kept. */
export async function changeWorkspace(tx: WorkspaceTx, by: Principal, wish: ChangeWorkspace): Promise<z.input<typeof Workspace>> {
  accountsPolicy.require(by, 'workspace.manage')
  const { version, brandColour, logoFileId, address, ...plain } = wish
  const given = Object.fromEntries(
    Object.entries({ ...plain, brand_colour: brandColour, logo_file_id: logoFileId }).filter(([, value]) => value !== undefined),
  ) satisfies Updateable<WorkspaceRow>
  if (wish.slug !== undefined && (isReservedSlug(wish.slug) || !(await takeSlug(tx, wish.slug)))) {
    throw new Refusal('accounts/slug-taken', { detail: `“${wish.slug}” belongs to somebody else. Nothing was saved.`, slug: wish.slug })
  }
  const { logo_file_id: earlierLogo } = await loadWorkspace(tx)
  const { numUpdatedRows } = await tx.db
    .updateTable('workspace')
    .set({ ...given, version: version + 1 })
    .where('id', '=', tx.workspaceId)
    .where('version', '=', version)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) {
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed the workspace in the meantime. Nothing was saved.',
      current: presentWorkspace(await loadWorkspace(tx)),
    })
  }
  if (logoFileId !== undefined) await exchangeLogo(tx, earlierLogo, logoFileId)
  if (address !== undefined) {
    await tx.db.updateTable('location').set({ address }).where('workspace_id', '=', tx.workspaceId).where('is_default', '=', true).execute()
  }
  await audit(tx, by, { action: 'workspace.changed', object: { type: 'workspace', id: tx.workspaceId }, result: 'done' })
  await emit(tx, 'workspace.changed', { workspaceId: tx.workspaceId })
  return presentWorkspace(await loadWorkspace(tx))
}

/** Whether a public address is free, or this workspace's own. */
export async function checkSlug(tx: WorkspaceTx, by: Principal, slug: string): Promise<{ slug: string; available: boolean }> {
  accountsPolicy.require(by, 'workspace.read')
  if (isReservedSlug(slug)) return { slug, available: false }
  const { rows } = await sql<{ workspace_id: string }>`select workspace_id from platform.workspace_of_slug(${slug})`.execute(tx.db)
  return { slug, available: rows.every((row) => row.workspace_id === tx.workspaceId) }
}
