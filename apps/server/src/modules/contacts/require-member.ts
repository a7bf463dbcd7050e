import type { MemberId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'

/** Throws when nobody of that id works in this workspace. */
export async function requireMember(tx: WorkspaceTx, memberId: MemberId): Promise<void> {
  const { rows } = await sql`select from member where workspace_id = ${tx.workspaceId} and id = ${memberId} and removed_at is null`.execute(
    tx.db,
  )
  if (rows.length > 0) return
  throw new Refusal('http/invalid-request', {
    detail: 'ownerMemberId: nobody of that id works here. Choose one of the members. Nothing was saved.',
    faults: [{ path: 'body.ownerMemberId', code: 'unknown_member', message: 'Choose one of the members.' }],
  })
}
