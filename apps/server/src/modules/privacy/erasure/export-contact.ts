import type { ContactExport, ContactId, FileId, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { findFile } from '../../../platform/files/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { loadContact, recordTimeline } from '../../contacts/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { recordDisclosure } from '../registers/disclosures/record-disclosure.ts'
import type { ContactExportRow } from './erasure.tables.ts'
import { makeExportJob } from './make-export.ts'

export type ExportContact = { readonly contactId: ContactId; readonly reason: 'access' | 'portability' }

/** Begins a copy of everything that is kept about a contact. Throws 404. */
export async function exportContact(tx: WorkspaceTx, by: Principal, wish: ExportContact): Promise<ContactExport> {
  privacyPolicy.require(by, 'contacts.export')
  const { id: contactId, name } = await loadContact(tx, by, wish.contactId)
  const made = await tx.db
    .insertInto('contact_export')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      contact_id: contactId,
      state: 'waiting',
      progress: 0,
      reason: wish.reason,
      file_id: null,
      asked_by: actorText(by),
      requested_at: tx.now,
      finished_at: null,
      downloaded_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordDisclosure(tx, by, {
    recipientKind: 'person',
    recipient: name,
    purpose: wish.reason === 'access' ? 'access_right' : 'portability',
    contactId,
    categories: [],
    about: { type: 'contact_export', id: made.id },
  })
  await audit(tx, by, { action: 'contact.export_requested', object: { type: 'contact', id: contactId }, result: 'done' })
  await recordTimeline(tx, {
    contactId,
    kind: 'contact.export_requested',
    actor: by,
    subject: { type: 'contact', id: contactId },
    summary: { key: 'contact_export_requested', values: { reason: wish.reason } },
  })
  await enqueue(tx, makeExportJob, { exportId: made.id })
  return present(tx, made)
}

/** The copies of a contact's data that are there or under way, newest first. */
export async function exportsOf(tx: WorkspaceTx, contactId: ContactId): Promise<ContactExport[]> {
  const rows = await tx.db
    .selectFrom('contact_export')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .orderBy('id', 'desc')
    .limit(10)
    .execute()
  const shown: ContactExport[] = []
  for (const row of rows) shown.push(await present(tx, row))
  return shown
}

/** How far one copy is. Throws 404. */
export async function loadExport(tx: WorkspaceTx, by: Principal, exportId: string): Promise<ContactExport> {
  privacyPolicy.require(by, 'contacts.export')
  return present(tx, await exportRow(tx, exportId))
}

/** The row of one copy. Throws 404. */
export async function exportRow(tx: WorkspaceTx, exportId: string): Promise<Selectable<ContactExportRow>> {
  const row = await tx.db
    .selectFrom('contact_export')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', exportId)
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'There is no such copy here. Its contact may have been erased.' })
  return row
}

async function present(tx: WorkspaceTx, row: Selectable<ContactExportRow>): Promise<ContactExport> {
  const file = row.file_id === null ? undefined : await findFile(tx, row.file_id as FileId)
  return {
    id: row.id,
    contactId: row.contact_id,
    state: row.state,
    progress: row.progress,
    reason: row.reason,
    size: file?.size ?? null,
    requestedAt: row.requested_at.toString(),
    finishedAt: row.finished_at?.toString() ?? null,
    expiresAt: file?.expires_at?.toString() ?? null,
    downloadedAt: row.downloaded_at?.toString() ?? null,
  }
}
