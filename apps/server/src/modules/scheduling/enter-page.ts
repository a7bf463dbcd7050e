import type { Principal, WorkspaceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { Database } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'

/** Somebody unknown, in one business. */
export type PageVisitor = { readonly workspaceId: WorkspaceId; readonly by: Principal & { kind: 'visitor' } }

/** Finds the business behind a public address, an earlier one included. Throws `http/not-found`. */
export async function enterPage(database: Database, workspaceSlug: string): Promise<PageVisitor> {
  const { rows } = await sql<{ workspace_id: WorkspaceId }>`select workspace_id from platform.workspace_of_slug(${workspaceSlug})`.execute(
    database.outside,
  )
  const workspaceId = rows[0]?.workspace_id
  if (workspaceId === undefined) throw new Refusal('http/not-found', { detail: 'There is no business at this address. Check the link.' })
  return { workspaceId, by: { kind: 'visitor', workspaceId } }
}
