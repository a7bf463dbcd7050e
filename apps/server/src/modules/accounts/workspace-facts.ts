import type { FileId, Workspace, WorkspaceId } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import type { Database, WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import type { WorkspaceRow } from './accounts.tables.ts'

/** The workspace as other rooms need it: for mails, public pages and times. */
export type WorkspaceFacts = {
  readonly id: WorkspaceId
  readonly name: string
  readonly slug: string
  readonly zone: string
  readonly locale: string
  readonly currency: string
  readonly country: string | null
  readonly industry: string | null
  readonly brandColour: string
  readonly logoFileId: FileId | null
  readonly address: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly website: string | null
  /** The workspace of test keys: nothing leaves it, its sends end in the outbox screen. */
  readonly test: boolean
  /** Set while it is being closed. */
  readonly closesAt: Temporal.Instant | null
}

export type StoredWorkspace = Selectable<WorkspaceRow> & { readonly address: string | null }

/** The row of the workspace this transaction is bound to, with the address of its default place. */
export async function loadWorkspace(tx: WorkspaceTx): Promise<StoredWorkspace> {
  const row = await tx.db
    .selectFrom('workspace')
    .leftJoin('location', (join) => join.onRef('location.workspace_id', '=', 'workspace.id').on('location.is_default', '=', true))
    .selectAll('workspace')
    .select('location.address')
    .where('workspace.id', '=', tx.workspaceId)
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'This workspace was deleted.' })
  return row
}

/** Reads the workspace this transaction is bound to. */
export async function workspaceFacts(tx: WorkspaceTx): Promise<WorkspaceFacts> {
  const row = await loadWorkspace(tx)
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    zone: row.zone,
    locale: row.locale,
    currency: row.currency,
    country: row.country,
    industry: row.industry,
    brandColour: row.brand_colour,
    logoFileId: row.logo_file_id,
    address: row.address,
    phone: row.phone,
    email: row.email,
    website: row.website,
    test: row.test_of !== null,
    closesAt: row.closes_at,
  }
}

/** The workspace that has, or once had, this public address. Compare with its present `slug` to redirect. */
export async function workspaceBySlug(database: Database, slug: string): Promise<WorkspaceId | undefined> {
  const { rows } = await sql<{ workspace_id: WorkspaceId }>`select workspace_id from platform.workspace_of_slug(${slug})`.execute(
    database.outside,
  )
  return rows[0]?.workspace_id
}

/** The workspace as the API shows it. */
export const presentWorkspace = (row: StoredWorkspace): z.input<typeof Workspace> => ({
  id: row.id,
  name: row.name,
  slug: row.slug,
  zone: row.zone,
  locale: row.locale,
  currency: row.currency,
  country: row.country,
  industry: row.industry,
  brandColour: row.brand_colour,
  logoFileId: row.logo_file_id,
  address: row.address,
  phone: row.phone,
  email: row.email,
  website: row.website,
  test: row.test_of !== null,
  closesAt: row.closes_at?.toString() ?? null,
  rests: row.rests,
  createdAt: row.created_at.toString(),
  version: row.version,
})
