import type { Principal, WorkspaceId } from '@frontdesk/contract'
import type { Database } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { workspaceBySlug } from '../accounts/index.ts'

/** Somebody unknown, in one business. */
export type PageVisitor = { readonly workspaceId: WorkspaceId; readonly by: Principal & { kind: 'visitor' } }

/** Finds the business behind a public address, an earlier one included. Throws `http/not-found`. */
export async function enterPage(database: Database, workspaceSlug: string): Promise<PageVisitor> {
  const workspaceId = await workspaceBySlug(database, workspaceSlug)
  if (workspaceId === undefined) throw new Refusal('http/not-found', { detail: 'There is no business at this address. Check the link.' })
  return { workspaceId, by: { kind: 'visitor', workspaceId } }
}
