import type { Principal, ProofPoint, VerifiedHow } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { restrictForCase } from './case-work.ts'
import { lockCase, lockRequest } from './find-request.ts'
import { mailRequester } from './mail-requester.ts'
import { proofMissing } from './request.rules.ts'
import type { StoredRequest } from './request.tables.ts'
import { deadLink } from './request-link.ts'
import { changeRequest, keepStepOnce, moveTo, notNow } from './take-step.ts'

export type VerifyRequest = {
  readonly requestId: string
  readonly how: Exclude<VerifiedHow, 'not_needed' | 'link'>
  readonly matched?: readonly ProofPoint[] | undefined
  readonly declaration?: boolean | undefined
  readonly evidence?: string | undefined
}

/**
 * A member made sure that it is her, in proportion to what is asked for: two matching points, or three and a signed declaration. For a child only a guardian can ask. Throws
 * `http/conflict`, and where it is not known whose data it is about.
 */
export async function verifyRequest(tx: WorkspaceTx, by: Principal, wish: VerifyRequest): Promise<StoredRequest> {
  const { requestId, how, evidence } = wish
  const row = await lockRequest(tx, by, requestId)
  if (row.state !== 'verifying') throw notNow(row)
  if (row.contact_id === null)
    throw new Refusal('http/conflict', { detail: 'Say first whose request it is: choose the contact. Nothing was changed.' })
  if ((row.for_whom === 'child') !== (how === 'guardian'))
    throw new Refusal('http/conflict', {
      detail: 'For a child the guardian proves to be one; for herself a person proves who she is. Nothing was changed.',
    })
  if (how === 'guardian' && !evidence)
    throw new Refusal('http/invalid-request', { detail: 'Write what shows that this is the guardian. Nothing was changed.' })
  if (row.for_whom === 'agent' && row.agent_authority === null && !evidence)
    throw new Refusal('http/invalid-request', { detail: 'Write what shows that she authorised the agent. Nothing was changed.' })
  const points = new Set<ProofPoint>([...row.matched, ...(wish.matched ?? [])])
  const declared = row.declared_at !== null || wish.declaration === true
  const missing = proofMissing(row.proof_level, { points, how, declared })
  if (missing.length > 0) throw tooLittle(row, missing)
  const verified = await moveTo(tx, by, row, 'in_progress', {
    verified_at: tx.now,
    verified_how: how,
    evidence: evidence ?? null,
    matched: JSON.stringify([...points]),
    declared_at: row.declared_at ?? (wish.declaration === true ? tx.now : null),
  })
  return afterProof(tx, by, verified)
}

/**
 * She used the link that was sent to the address on file. Using it twice changes nothing. For a child it confirms the address, and the guardian is then asked for by a member;
 * where the strict proof is asked for she signs the declaration with her name. Answers what is still missing.
 */
export async function confirmByLink(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly requestId: string; readonly signedAs?: string | undefined },
): Promise<{ readonly row: StoredRequest; readonly missing: 'signature' | null }> {
  const row = await lockCase(tx, wish.requestId)
  if (!row) throw deadLink()
  if (row.state !== 'verifying' || row.contact_id === null) return { row, missing: null }
  const strict = row.proof_level === 'strict'
  if (strict && row.declared_at === null && !wish.signedAs) return { row, missing: 'signature' }
  await keepStepOnce(tx, by, row.id, 'address_confirmed')
  const points = new Set<ProofPoint>([...row.matched, 'address_confirmed'])
  const confirmed = await changeRequest(tx, row, {
    matched: JSON.stringify([...points]),
    ...(strict && row.declared_at === null ? { declared_at: tx.now, declared_as: wish.signedAs ?? null } : {}),
  })
  if (row.for_whom === 'child' || strict) return { row: confirmed, missing: null }
  const verified = await moveTo(tx, by, confirmed, 'in_progress', { verified_at: tx.now, verified_how: 'link' })
  return { row: await afterProof(tx, by, verified), missing: null }
}

/** Tells her, and pauses the use that she objects to until it is decided (GDPR art. 18(1)(d), 21(1)). */
async function afterProof(tx: WorkspaceTx, by: Principal, row: StoredRequest): Promise<StoredRequest> {
  if (row.kind === 'objection_use') await restrictForCase(tx, by, row, 'objection_pending')
  await mailRequester(tx, row, { news: 'verified' })
  return row
}

const tooLittle = (row: StoredRequest, missing: readonly string[]) =>
  new Refusal('http/conflict', {
    detail:
      row.proof_level === 'strict'
        ? 'What is asked for is sensitive: three points have to match, and she signs a declaration that it is her. Nothing was changed.'
        : 'Two points that she named have to match what is kept about her. Nothing was changed.',
    missing,
  })
