import type { Principal } from '@frontdesk/contract'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { findFile } from '../../../platform/files/index.ts'
import type { FileAnswer } from '../../../platform/http/index.ts'
import { loadContact } from '../../contacts/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'

/** The file that proves a consent, for those who may see it; who looked is in the audit. Throws 404. */
export async function readProof(tx: WorkspaceTx, by: Principal, consentId: string): Promise<FileAnswer> {
  privacyPolicy.require(by, 'consents.proofs')
  const row = await tx.db
    .selectFrom('consent')
    .select(['contact_id', 'proof_file_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', consentId)
    .executeTakeFirst()
  const file = row?.proof_file_id ? await findFile(tx, row.proof_file_id) : undefined
  if (!row || !file) throw new Refusal('http/not-found', { detail: 'There is no file to this consent.' })
  if (row.contact_id) await loadContact(tx, by, row.contact_id)
  await audit(tx, by, { action: 'consent.proof_read', object: { type: 'consent', id: consentId }, result: 'done' })
  return { workspaceId: tx.workspaceId, id: file.id, size: file.size, name: file.name ?? 'proof', mediaType: file.media_type }
}
