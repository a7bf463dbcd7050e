import type { ContactId, FileId, MemberId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../database/index.ts'
import type { FilePurpose, FileRow } from './files.tables.ts'

/** Whom a file is about. */
export type FileSubject = { readonly contactId: ContactId } | { readonly memberId: MemberId }

/** A file as it lies in the store, for the row that makes it known. */
export type StoredFile = {
  readonly workspaceId: string
  readonly id: FileId
  readonly address: string
  readonly purpose: FilePurpose
  readonly name: string | null
  readonly mediaType: string
  /** Bytes of the content, before encryption. */
  readonly size: number
  readonly subjects: readonly FileSubject[]
  readonly createdAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant | null
}

/** Makes a stored file known, in the transaction of what it belongs to. A file that is never recorded is swept away. */
export async function recordFile(tx: WorkspaceTx, file: StoredFile): Promise<void> {
  if (file.workspaceId !== tx.workspaceId) throw new TypeError('A file was stored for another workspace than it is recorded in.')
  await tx.db
    .insertInto('file')
    .values({
      workspace_id: tx.workspaceId,
      id: file.id,
      address: file.address,
      purpose: file.purpose,
      name: file.name,
      media_type: file.mediaType,
      size: file.size,
      created_at: file.createdAt,
      expires_at: file.expiresAt,
    })
    .execute()
  if (file.subjects.length === 0) return
  await tx.db
    .insertInto('file_subject')
    .values(
      file.subjects.map((subject) => ({
        workspace_id: tx.workspaceId,
        id: tx.newId(),
        file_id: file.id,
        contact_id: 'contactId' in subject ? subject.contactId : null,
        member_id: 'memberId' in subject ? subject.memberId : null,
      })),
    )
    .execute()
}

/** The row of one file, or undefined. */
export const findFile = (tx: WorkspaceTx, id: FileId): Promise<FileRow | undefined> =>
  tx.db.selectFrom('file').selectAll().where('workspace_id', '=', tx.workspaceId).where('id', '=', id).executeTakeFirst()

/** The files about one person, also those that are about others besides. */
export const filesAbout = (tx: WorkspaceTx, subject: FileSubject): Promise<FileRow[]> =>
  tx.db
    .selectFrom('file')
    .selectAll('file')
    .innerJoin('file_subject', (join) =>
      join.onRef('file_subject.workspace_id', '=', 'file.workspace_id').onRef('file_subject.file_id', '=', 'file.id'),
    )
    .where('file.workspace_id', '=', tx.workspaceId)
    .$if('contactId' in subject, (query) => query.where('file_subject.contact_id', '=', 'contactId' in subject ? subject.contactId : null))
    .$if('memberId' in subject, (query) => query.where('file_subject.member_id', '=', 'memberId' in subject ? subject.memberId : null))
    .orderBy('file.id')
    .execute()

/** Files whose time is over. */
export const expiredFiles = (tx: WorkspaceTx): Promise<FileRow[]> =>
  tx.db.selectFrom('file').selectAll().where('workspace_id', '=', tx.workspaceId).where('expires_at', '<=', tx.now).orderBy('id').execute()

/** Sets when a file's time is over; null: never by itself. */
export async function expireFile(tx: WorkspaceTx, id: FileId, at: Temporal.Instant | null): Promise<void> {
  await tx.db.updateTable('file').set({ expires_at: at }).where('workspace_id', '=', tx.workspaceId).where('id', '=', id).execute()
}

/** Removes the rows of a file. Call `Files.erase` after the commit; should the server die in between, the sweep does it. */
export async function forgetFile(tx: WorkspaceTx, id: FileId): Promise<void> {
  await tx.db.deleteFrom('file').where('workspace_id', '=', tx.workspaceId).where('id', '=', id).execute()
}

/** Which of these ids have a row. */
export async function knownFiles(tx: WorkspaceTx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx.db
    .selectFrom('file')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', ids as readonly FileId[])
    .execute()
  return new Set(rows.map((row) => row.id))
}
