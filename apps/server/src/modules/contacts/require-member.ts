import type { MemberId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'

/** Throws when nobody of that id works in this workspace. */
export async function requireMember(tx: WorkspaceTx, memberId: MemberId): Promise<void> {
  const member = await tx.db
    .selectFrom('member')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', memberId)
    .where('removed_at', 'is', null)
    .where((or) => or.or([or('deactivated_why', 'is', null), or('deactivated_why', '=', 'closing')]))
    .executeTakeFirst()
  if (member) return
  throw new Refusal('http/invalid-request', {
    detail: 'ownerMemberId: nobody of that id works here. Choose one of the members. Nothing was saved.',
    faults: [{ path: 'body.ownerMemberId', code: 'unknown_member', message: 'Choose one of the members.' }],
  })
}
