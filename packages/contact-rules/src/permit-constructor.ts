import type { Allowed } from './decision.ts'
import type { Permit, PermitContent } from './permit.ts'
import type { Touch } from './touch.ts'

/** What `grantPermit` needs: the yes itself, what was asked, and whom it is for. */
export type GrantPermit = Pick<PermitContent, 'id' | 'workspaceId' | 'contactId' | 'pointId' | 'expiresAt'> & {
  readonly touch: Touch
  readonly decision: Allowed
}

/** Turns the yes of the rules into a permit. For `modules/privacy` alone, which stores it in the same transaction. */
export function grantPermit({ touch, decision, ...grant }: GrantPermit): Permit {
  const { channel, purpose, about } = touch
  return Object.freeze({ ...grant, channel, purpose, about, rulebookVersion: decision.rulebookVersion }) as Permit
}
