import type { WorkspaceId } from '@frontdesk/contract'
import type { Keys } from '../../../platform/crypto/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'

const STATUS = 'request-status'
const PROOF = 'request-proof'
/** A case can be looked up as long as its proof is kept. */
const STATUS_LIVES = { hours: 24 * 365 * 3 }
const PROOF_LIVES = { hours: 24 * 14 }

/**
 * The page that says how far a case is. `whole` is for links that went to the address on file: only they show the answer. A link that was given on the portal shows how far it
 * is and nothing else, because whoever typed an address need not be who reads it.
 */
export const statusPath = (tx: WorkspaceTx, requestId: string, sees: 'state' | 'whole'): string =>
  `/rights/status/${sign(tx, STATUS, requestId, STATUS_LIVES, sees === 'whole' ? ['answer'] : [])}`

/** The page on which whoever reads the address on file says that it was her. Opening it changes nothing. */
export const proofPath = (tx: WorkspaceTx, requestId: string): string =>
  `/rights/confirm/${sign(tx, PROOF, requestId, PROOF_LIVES, ['answer'])}`

export type RequestLink = { readonly workspaceId: WorkspaceId; readonly requestId: string; readonly whole: boolean }

/** Where a link leads. Throws `privacy/link-invalid`. */
export function readRequestLink(keys: Keys, token: string, purpose: 'status' | 'proof', now: Temporal.Instant): RequestLink {
  const check = keys.verifyLink(token, purpose === 'status' ? STATUS : PROOF, now)
  if (!check.valid || check.link.workspaceId === null) throw deadLink()
  const { workspaceId, subjectId, allows } = check.link
  return { workspaceId: workspaceId as WorkspaceId, requestId: subjectId, whole: allows.includes('answer') }
}

/** The refusal for a link that leads nowhere any more. */
export const deadLink = (): Refusal =>
  new Refusal('privacy/link-invalid', { detail: 'Open the newest mail from this business and use the link there. Nothing was changed.' })

const sign = (tx: WorkspaceTx, purpose: string, subjectId: string, lives: { hours: number }, allows: readonly string[]): string =>
  tx.keys.signLink({ purpose, workspaceId: tx.workspaceId, subjectId, expiresAt: tx.now.add(lives), allows: [...allows] }, tx.now)
