import type { Principal } from '@frontdesk/contract'
import { Refusal } from '../../platform/errors/index.ts'
import { proofLasts } from './sessions.ts'

/** Whether she proved within ten minutes that it is her. */
export const isRecentProof = (authenticatedAt: Temporal.Instant | undefined, now: Temporal.Instant): boolean =>
  authenticatedAt !== undefined && Temporal.Instant.compare(authenticatedAt.add(proofLasts), now) >= 0

/** Throws `accounts/reauthentication-required` when she did not prove within ten minutes that it is her. An open screen in a shop must not be enough. */
export function requireRecentProof(authenticatedAt: Temporal.Instant | undefined, now: Temporal.Instant): void {
  if (isRecentProof(authenticatedAt, now)) return
  throw new Refusal('accounts/reauthentication-required', {
    detail: 'Enter your password, a code or use your passkey once more. Nothing was changed.',
  })
}

/** The same for a member's act in a workspace; keys and operators can never prove it. */
export function requirePresence(by: Principal, now: Temporal.Instant): asserts by is Extract<Principal, { kind: 'member' }> {
  if (by.kind !== 'member')
    throw new Refusal('http/not-allowed', { detail: 'Only a member who is signed in may do this. Nothing was changed.' })
  requireRecentProof(by.authenticatedAt, now)
}
