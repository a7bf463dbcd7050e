import type { Principal, VerifiedHow } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { lockCase, lockRequest } from './find-request.ts'
import { mailRequester } from './mail-requester.ts'
import type { StoredRequest } from './request.tables.ts'
import { deadLink } from './request-link.ts'
import { keepStepOnce, moveTo, notNow } from './take-step.ts'

export type VerifyRequest = {
  readonly requestId: string
  readonly how: Exclude<VerifiedHow, 'not_needed' | 'link'>
  readonly evidence?: string | undefined
}

/** A member made sure that it is her. For a child only a guardian can ask. Throws `http/conflict`, and where it is not known whose data it is about. */
export async function verifyRequest(tx: WorkspaceTx, by: Principal, { requestId, how, evidence }: VerifyRequest): Promise<StoredRequest> {
  const row = await lockRequest(tx, by, requestId)
  if (row.state !== 'verifying') throw notNow(row)
  if (row.contact_id === null)
    throw new Refusal('http/conflict', { detail: 'Say first whose request it is: choose the contact. Nothing was changed.' })
  if ((row.for_whom === 'child') !== (how === 'guardian'))
    throw new Refusal('http/conflict', {
      detail: 'For a child the guardian proves to be one; for herself a person proves who she is. Nothing was changed.',
    })
  const verified = await moveTo(tx, by, row, 'in_progress', { verified_at: tx.now, verified_how: how, evidence: evidence ?? null })
  await mailRequester(tx, verified, { news: 'verified' })
  return verified
}

/** She used the link that was sent to the address on file. Using it twice changes nothing. For a child it confirms the address; the guardian is then asked for by a member. */
export async function confirmByLink(tx: WorkspaceTx, by: Principal, requestId: string): Promise<StoredRequest> {
  const row = await lockCase(tx, requestId)
  if (!row) throw deadLink()
  if (row.state !== 'verifying' || row.contact_id === null) return row
  if (row.for_whom === 'child') {
    await keepStepOnce(tx, by, row.id, 'address_confirmed')
    return row
  }
  const verified = await moveTo(tx, by, row, 'in_progress', { verified_at: tx.now, verified_how: 'link' })
  await mailRequester(tx, verified, { news: 'verified' })
  return verified
}
