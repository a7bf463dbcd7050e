import { createHash } from 'node:crypto'
import type { UserId, WorkspaceId } from '@frontdesk/contract'
import { type QueryExecutorProvider, type Selectable, sql } from 'kysely'
import type { WorkspaceTx } from '../database/index.ts'
import type { WorkspaceDeletionRow } from './audit.tables.ts'

/** What is known when the deletion of a workspace begins. */
export type DeletionFacts = {
  readonly testWorkspaceId: WorkspaceId | null
  readonly closedAt: Temporal.Instant
  /** The accounts that get the certificate. */
  readonly tell: readonly UserId[]
}

/** A certificate of deletion as its text says it. It names nobody. */
export type Certificate = {
  readonly certificate: 'frontdesk-workspace-deletion'
  readonly version: 1
  /** Its place among the certificates of this server, and the SHA-256 of the one before: none can be left out or put in between. */
  readonly sequence: number
  readonly before: string | null
  readonly workspace: WorkspaceId
  readonly testWorkspace: WorkspaceId | null
  readonly closedAt: string
  readonly beganAt: string
  readonly deletedAt: string
  readonly rows: number
  readonly tables: Readonly<Record<string, number>>
  /** How long its own audit chain was and where it ended, for whoever kept a copy of it. */
  readonly audit: { readonly entries: number; readonly lastHash: string | null }
}

/** A certificate that was written. */
export type WrittenCertificate = { readonly workspaceId: WorkspaceId; readonly text: string; readonly sha256: string }

/** SHA-256 of a certificate's bytes, in hexadecimal digits as `sha256sum` writes them. */
export const certificateHash = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Opens the account of what is deleted of the bound workspace; one that was opened before a crash stays as it is. As the eraser. */
export async function beginDeletion(tx: WorkspaceTx, { testWorkspaceId, closedAt, tell }: DeletionFacts): Promise<void> {
  const { rows } = await sql<{ sequence: number; hash: string }>`
    select sequence, hash from audit_seal where workspace_id = ${tx.workspaceId} order by sequence desc limit 1`.execute(tx.db)
  const last = rows[0]
  await sql`
    insert into platform.workspace_deletion (workspace_id, test_workspace_id, closed_at, began_at, audit_entries, audit_hash, tell)
    values (${tx.workspaceId}, ${testWorkspaceId}, ${closedAt.toString()}::timestamptz, ${tx.now.toString()}::timestamptz, ${last?.sequence ?? 0}, ${last?.hash ?? null}, ${[...tell]}::uuid[])
    on conflict do nothing`.execute(tx.db)
}

/** Adds rows that this transaction deleted. */
export async function countDeleted(tx: WorkspaceTx, workspaceId: WorkspaceId, table: string, rows: number): Promise<void> {
  if (rows === 0) return
  await sql`
    update platform.workspace_deletion set counts = counts || jsonb_build_object(${table}::text, coalesce((counts ->> ${table}::text)::bigint, 0) + ${rows}::bigint)
    where workspace_id = ${workspaceId} and finished_at is null`.execute(tx.db)
}

/** Writes the certificate, in the transaction that deletes the workspace's own row. Two that end at once take turns. */
export async function finishDeletion(tx: WorkspaceTx): Promise<Certificate> {
  await sql`select pg_advisory_xact_lock(hashtextextended('workspace deletions', 0))`.execute(tx.db)
  const { rows: own } = await sql<Selectable<WorkspaceDeletionRow>>`
    select * from platform.workspace_deletion where workspace_id = ${tx.workspaceId} and finished_at is null for update`.execute(tx.db)
  const { rows: others } = await sql<{ sequence: number; sha256: string }>`
    select sequence, sha256 from platform.workspace_deletion where sequence is not null order by sequence desc limit 1`.execute(tx.db)
  const row = own[0]
  if (!row) throw new Error('The deletion of this workspace was never begun, so there is nothing to certify.')
  const counts = Object.entries(row.counts).sort(([one], [other]) => (one < other ? -1 : 1))
  const certificate: Certificate = {
    certificate: 'frontdesk-workspace-deletion',
    version: 1,
    sequence: (others[0]?.sequence ?? 0) + 1,
    before: others[0]?.sha256 ?? null,
    workspace: tx.workspaceId,
    testWorkspace: row.test_workspace_id,
    closedAt: row.closed_at.toString(),
    beganAt: row.began_at.toString(),
    deletedAt: tx.now.toString(),
    rows: counts.reduce((sum, [, rows]) => sum + rows, 0),
    tables: Object.fromEntries(counts),
    audit: { entries: row.audit_entries, lastHash: row.audit_hash },
  }
  const text = `${JSON.stringify(certificate, null, 2)}\n`
  await sql`
    update platform.workspace_deletion
    set finished_at = ${tx.now.toString()}::timestamptz, sequence = ${certificate.sequence}, certificate = ${text}, sha256 = ${certificateHash(text)}
    where workspace_id = ${tx.workspaceId}`.execute(tx.db)
  return certificate
}

/** The certificate with this hash, or undefined. Anybody who has the hash may ask. */
export async function findCertificate(db: QueryExecutorProvider, sha256: string): Promise<Certificate | undefined> {
  const { rows } = await sql<{ certificate: string }>`
    select certificate from platform.workspace_deletion where sha256 = ${sha256}`.execute(db)
  return rows[0] && (JSON.parse(rows[0].certificate) as Certificate)
}

/** Takes a certificate back in that an older backup did not know. As the eraser. */
export async function restoreCertificate(tx: WorkspaceTx, { text, sha256 }: WrittenCertificate): Promise<void> {
  const told = JSON.parse(text) as Certificate
  await sql`
    insert into platform.workspace_deletion
      (workspace_id, test_workspace_id, closed_at, began_at, counts, audit_entries, audit_hash, tell, finished_at, sequence, certificate, sha256, handed_out_at)
    values (${told.workspace}, ${told.testWorkspace}, ${told.closedAt}::timestamptz, ${told.beganAt}::timestamptz, ${JSON.stringify(told.tables)}::jsonb, ${told.audit.entries},
      ${told.audit.lastHash}, '{}', ${told.deletedAt}::timestamptz, ${told.sequence}, ${text}, ${sha256}, ${tx.now.toString()}::timestamptz)
    on conflict do nothing`.execute(tx.db)
}
