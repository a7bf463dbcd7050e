import type { ContactId, Principal } from '@frontdesk/contract'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { contactAndMerged } from '../erasure/index.ts'
import { lockRequest } from './find-request.ts'
import { mailRequester } from './mail-requester.ts'
import type { StoredRequest } from './request.tables.ts'
import { strictProofs } from './surroundings.ts'
import { changeRequest, keepStep, notNow } from './take-step.ts'

/** Asks for the strict proof where what is kept about her is sensitive. What is corrected or only kept does not come out, so it is asked for where something is told or goes. */
export async function raiseWhereSensitive(tx: WorkspaceTx, row: StoredRequest): Promise<StoredRequest> {
  const toldOrGone = row.kind === 'access' || row.kind === 'portability' || row.kind === 'erasure' || row.kind === 'anonymization'
  if (row.contact_id === null || row.proof_level !== 'ordinary' || !toldOrGone) return row
  const reasons = await reasonsFor(tx, row.contact_id)
  if (reasons.length === 0) return row
  return changeRequest(tx, row, { proof_level: 'strict', proof_because: reasons.join(', ') })
}

async function reasonsFor(tx: WorkspaceTx, contactId: ContactId): Promise<readonly string[]> {
  const contactIds = await contactAndMerged(tx, contactId)
  const reasons: string[] = []
  for (const room of strictProofs.all()) reasons.push(...(await room.reasons(tx, contactIds)))
  return [...new Set(reasons)]
}

/** A member is not sure yet: three points and a signed declaration are asked for. Throws `http/conflict` once she has proven who she is. */
export async function askMoreProof(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly requestId: string; readonly because: string },
): Promise<StoredRequest> {
  const row = await lockRequest(tx, by, wish.requestId)
  if (row.state !== 'verifying' || row.proof_level !== 'ordinary') throw notNow(row)
  await keepStep(tx, by, row.id, 'strict_proof_asked')
  await audit(tx, by, { action: 'request.strict_proof_asked', object: { type: 'request', id: row.id }, result: 'done' })
  const raised = await changeRequest(tx, row, { proof_level: 'strict', proof_because: wish.because })
  await mailRequester(tx, raised, { news: 'challenge' })
  return raised
}
