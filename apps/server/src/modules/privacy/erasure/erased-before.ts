import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import type { ArrivalGuard } from '../../contacts/index.ts'
import { everyHashOf, type HashedPoint } from './hash-of-erased.ts'

/** Whether one of these addresses belonged to somebody who was erased here. Nothing brings her back but herself. */
export async function erasedBefore(tx: WorkspaceTx, points: readonly HashedPoint[]): Promise<boolean> {
  if (points.length === 0) return false
  const hashes = points.flatMap((point) => everyHashOf(tx, point))
  const found = await tx.db
    .selectFrom('erased_point')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('value_hash', 'in', hashes)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Keeps programs and lists from bringing back whom the business has forgotten. */
export const refuseErased: ArrivalGuard = {
  async refuse(tx, points) {
    if (!(await erasedBefore(tx, points))) return
    throw new Refusal('privacy/erased-before', {
      detail:
        'Somebody with this address or number was erased here. She can come back by herself, or a member can add her by hand. Nothing was saved.',
    })
  },
}
