import type { ContactImport, Principal, WorkspaceId } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { Keys } from '../../../platform/crypto/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { recordFile } from '../../../platform/files/index.ts'
import { newestFirst } from '../../../platform/http/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { requireTerms } from '../registers/team/require-terms.ts'
import type { ContactImportRow } from './erasure.tables.ts'
import { erasureSurroundings } from './surroundings.ts'
import { takeOverJob } from './take-over.ts'

const PURPOSE = 'contact-import'
const LIVES = { minutes: 15 }
/** Read into memory while it is taken over. */
export const largestImportBytes = 100_000_000

/** Opens a take-over of somebody's data from another provider: the ZIP file is uploaded to the path, within fifteen minutes. */
export async function importContact(tx: WorkspaceTx, by: Principal): Promise<{ import: ContactImport; path: string; expiresAt: string }> {
  privacyPolicy.require(by, 'contacts.take_over')
  await requireTerms(tx)
  const made = await tx.db
    .insertInto('contact_import')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      state: 'waiting',
      refusal: null,
      contact_id: null,
      file_id: null,
      rows: 0,
      files: 0,
      asked_by: actorText(by),
      requested_at: tx.now,
      finished_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await audit(tx, by, { action: 'contact.import_requested', object: { type: 'contact_import', id: made.id }, result: 'done' })
  const expiresAt = tx.now.add(LIVES)
  const token = tx.keys.signLink({ purpose: PURPOSE, workspaceId: tx.workspaceId, subjectId: made.id, expiresAt, allows: [] }, tx.now)
  return { import: presentImport(made), path: `/contact-imports/${token}`, expiresAt: expiresAt.toString() }
}

type Place = { readonly workspaceId: WorkspaceId; readonly importId: string }

/** Where an upload belongs. Throws `privacy/link-invalid`. */
export function readImportToken(keys: Keys, token: string, now: Temporal.Instant): Place {
  const check = keys.verifyLink(token, PURPOSE, now)
  if (!check.valid || check.link.workspaceId === null)
    throw new Refusal('privacy/link-invalid', { detail: 'Uploads have to begin within fifteen minutes. Begin again. Nothing was saved.' })
  return { workspaceId: check.link.workspaceId as WorkspaceId, importId: check.link.subjectId }
}

/** Keeps the uploaded file and has it taken over. A second upload to the same path is refused. */
export async function takeUpload({ workspaceId, importId }: Place, bytes: Buffer): Promise<void> {
  const { database, files } = erasureSurroundings.get()
  const stored = await files.put(bytes, {
    workspaceId,
    subjects: [],
    purpose: 'import',
    name: 'person.zip',
    maxBytes: largestImportBytes,
    now: database.clock(),
  })
  await database.inWorkspace(workspaceId, async (tx) => {
    const row = await tx.db
      .selectFrom('contact_import')
      .select('file_id')
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', importId)
      .where('state', '=', 'waiting')
      .where('file_id', 'is', null)
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw new Refusal('privacy/link-invalid', { detail: 'A file was uploaded here before. Begin again. Nothing was saved.' })
    await recordFile(tx, stored)
    await tx.db
      .updateTable('contact_import')
      .set({ file_id: stored.id })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', importId)
      .execute()
    await enqueue(tx, takeOverJob, { importId })
  })
}

/** One page of take-overs, newest first. */
export async function listImports(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: ContactImport[]; next: string | null }> {
  privacyPolicy.require(by, 'contacts.take_over')
  return newestFirst(tx.db.selectFrom('contact_import').selectAll().where('workspace_id', '=', tx.workspaceId), wish, presentImport)
}

/** How far a take-over is. Throws 404. */
export async function loadImport(tx: WorkspaceTx, by: Principal, importId: string): Promise<ContactImport> {
  privacyPolicy.require(by, 'contacts.take_over')
  const row = await tx.db
    .selectFrom('contact_import')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', importId)
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'There is no such take-over here.' })
  return presentImport(row)
}

const presentImport = (row: Selectable<ContactImportRow>): ContactImport => ({
  id: row.id,
  state: row.state,
  refusal: row.refusal,
  contactId: row.contact_id,
  rows: row.rows,
  files: row.files,
  requestedAt: row.requested_at.toString(),
  finishedAt: row.finished_at?.toString() ?? null,
})
