import type { Principal } from '@frontdesk/contract'
import { actorText } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import type { RequestWorkRow, StoredRequest, StoredWork, WorkWish } from './request.tables.ts'

/** Keeps what a case did. */
export async function keepWork(
  tx: WorkspaceTx,
  by: Principal,
  row: StoredRequest,
  work: Pick<RequestWorkRow, 'kind' | 'state'> & {
    readonly refId?: string
    readonly wish?: WorkWish
    readonly details?: string
    readonly outcome?: string
  },
): Promise<StoredWork> {
  const kept = await tx.db
    .insertInto('request_work')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      request_id: row.id,
      kind: work.kind,
      state: work.state,
      ref_id: work.refId ?? null,
      wish: work.wish === undefined ? null : JSON.stringify(work.wish),
      details: work.details ?? null,
      outcome: work.outcome ?? null,
      done_by: actorText(by),
      at: tx.now,
      finished_at: work.state === 'done' ? tx.now : null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await emit(tx, row.kind === 'complaint' ? 'complaint.changed' : 'request.changed', { requestId: row.id, state: row.state })
  return kept
}

/** Changes how far a piece of work is. */
export const setWork = (
  tx: WorkspaceTx,
  workId: string,
  set: {
    readonly state?: StoredWork['state']
    readonly ref_id?: string | null
    readonly outcome?: string | null
    readonly wish?: WorkWish
  },
): Promise<StoredWork> =>
  tx.db
    .updateTable('request_work')
    .set({
      ...set,
      wish: set.wish === undefined ? undefined : JSON.stringify(set.wish),
      ...(set.state === 'done' || set.state === 'failed' ? { finished_at: tx.now } : {}),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', workId)
    .returningAll()
    .executeTakeFirstOrThrow()

/** What a case did so far, first things first. */
export const workOfCase = (tx: WorkspaceTx, requestId: string): Promise<StoredWork[]> =>
  tx.db
    .selectFrom('request_work')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('request_id', '=', requestId)
    .orderBy('id')
    .execute()
