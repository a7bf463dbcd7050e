import type { Principal, ProcessingTerms } from '@frontdesk/contract'
import { actorText, audit } from '../../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { Refusal } from '../../../../platform/errors/index.ts'
import { memberNames } from '../member-names.ts'
import { teamPolicy } from './team.policy.ts'
import { termsOfToday } from './terms-of-today.ts'

/** The terms, and who accepted which version. */
export async function readTerms(tx: WorkspaceTx, by: Principal): Promise<ProcessingTerms> {
  teamPolicy.require(by, 'processing_terms.read')
  const rows = await tx.db
    .selectFrom('processing_terms_acceptance')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
  const nameOf = await memberNames(tx)
  const { hashes, ...today } = await termsOfToday(tx)
  return {
    ...today,
    accepted: rows.some(({ sha256 }) => hashes.includes(sha256)),
    acceptances: rows.map(({ version, sha256, accepted_by, at }) => ({ version, sha256, by: nameOf(accepted_by), at: at.toString() })),
  }
}

/** Accepts the terms as they were read. Throws `http/conflict` where they are others by now. */
export async function acceptTerms(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly version: string; readonly sha256: string },
): Promise<ProcessingTerms> {
  teamPolicy.require(by, 'processing_terms.accept')
  if (by.kind !== 'member')
    throw new Refusal('http/not-allowed', {
      detail: 'The terms are accepted by the owner in person. Sign in and do it in the settings.',
      permission: 'processing_terms.accept',
    })
  const today = await termsOfToday(tx)
  if (wish.version !== today.version || !today.hashes.includes(wish.sha256))
    throw new Refusal('http/conflict', { detail: 'These are not the terms of today. Read them again. Nothing was accepted.' })
  await tx.db
    .insertInto('processing_terms_acceptance')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version: today.version,
      sha256: wish.sha256,
      accepted_by: actorText(by),
      at: tx.now,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'version', 'sha256']).doNothing())
    .execute()
  await audit(tx, by, { action: 'processing_terms.accepted', object: { type: 'workspace', id: tx.workspaceId }, result: 'done' })
  return readTerms(tx, by)
}
