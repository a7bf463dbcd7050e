import type { FileId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { expireFile, recordFile, type StoredFile } from '../../../platform/files/index.ts'
import type { StoredRequest } from './request.tables.ts'

/** How many files come with one request, how large each may be, and what they may be by their content. */
export const requestFileRules = {
  files: 3,
  maxBytes: 10_000_000,
  types: ['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/heic', 'text/plain'],
} as const

/** Keeps what was sent with a request. Whom it is about is written beside it once she is known. */
export async function keepFiles(tx: WorkspaceTx, requestId: string, files: readonly StoredFile[]): Promise<void> {
  for (const file of files) {
    await recordFile(tx, file)
    await tx.db
      .insertInto('request_file')
      .values({ workspace_id: tx.workspaceId, id: tx.newId(), request_id: requestId, file_id: file.id, created_at: tx.now })
      .execute()
  }
}

/** Says whom the files of a case are about, so that they are exported and erased with her. */
export async function aboutHer(tx: WorkspaceTx, row: StoredRequest): Promise<void> {
  if (row.contact_id === null) return
  for (const { id } of await filesOfCase(tx, row.id)) {
    await tx.db.deleteFrom('file_subject').where('workspace_id', '=', tx.workspaceId).where('file_id', '=', id).execute()
    await tx.db
      .insertInto('file_subject')
      .values({ workspace_id: tx.workspaceId, id: tx.newId(), file_id: id, contact_id: row.contact_id, member_id: null })
      .execute()
  }
}

/** The files of a case that are still there. */
export const filesOfCase = (
  tx: WorkspaceTx,
  requestId: string,
): Promise<{ id: FileId; name: string | null; media_type: string; size: number }[]> =>
  tx.db
    .selectFrom('request_file')
    .innerJoin('file', (join) =>
      join.onRef('file.workspace_id', '=', 'request_file.workspace_id').onRef('file.id', '=', 'request_file.file_id'),
    )
    .select(['file.id', 'file.name', 'file.media_type', 'file.size'])
    .where('request_file.workspace_id', '=', tx.workspaceId)
    .where('request_file.request_id', '=', requestId)
    .orderBy('request_file.id')
    .execute()

/** Lets the files of cases go that were closed before that moment. */
export async function forgetFiles(tx: WorkspaceTx, closedBefore: Temporal.Instant): Promise<void> {
  const old = await tx.db
    .selectFrom('request_file')
    .innerJoin('request', (join) =>
      join.onRef('request.workspace_id', '=', 'request_file.workspace_id').onRef('request.id', '=', 'request_file.request_id'),
    )
    .innerJoin('file', (join) =>
      join.onRef('file.workspace_id', '=', 'request_file.workspace_id').onRef('file.id', '=', 'request_file.file_id'),
    )
    .select('file.id')
    .where('request_file.workspace_id', '=', tx.workspaceId)
    .where('request.closed_at', '<=', closedBefore)
    .where('file.expires_at', 'is', null)
    .execute()
  for (const { id } of old) await expireFile(tx, id, tx.now)
}
