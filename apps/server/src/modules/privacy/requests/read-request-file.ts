import type { FileId, Principal } from '@frontdesk/contract'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { findFile } from '../../../platform/files/index.ts'
import type { FileAnswer } from '../../../platform/http/index.ts'
import { maySee, noSuchRequest } from './find-request.ts'
import { requestsPolicy } from './request.policy.ts'

/** One file of a case, for those who may see the case; who looked is in the audit. Throws 404. */
export async function readRequestFile(
  tx: WorkspaceTx,
  by: Principal,
  { requestId, fileId }: { readonly requestId: string; readonly fileId: string },
): Promise<FileAnswer> {
  requestsPolicy.require(by, 'requests.read')
  const row = await tx.db
    .selectFrom('request')
    .innerJoin('request_file', (join) =>
      join.onRef('request_file.workspace_id', '=', 'request.workspace_id').onRef('request_file.request_id', '=', 'request.id'),
    )
    .select(['request.kind', 'request_file.file_id'])
    .where('request.workspace_id', '=', tx.workspaceId)
    .where('request.id', '=', requestId)
    .where('request_file.file_id', '=', fileId as FileId)
    .executeTakeFirst()
  const file = row && (await findFile(tx, row.file_id))
  if (!row || !file || !maySee(by, row)) throw noSuchRequest()
  await audit(tx, by, { action: 'request.file_read', object: { type: 'request', id: requestId }, result: 'done' })
  return { workspaceId: tx.workspaceId, id: file.id, size: file.size, name: file.name ?? 'file', mediaType: file.media_type }
}
