import type { Principal, Service, ServiceId } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { pageFrom, readCursor } from '../../platform/http/index.ts'
import { presentServices } from './present-service.ts'
import { schedulingPolicy } from './scheduling.policy.ts'
import { serviceOfNobody } from './stand-ins.ts'

export type ListServices = { readonly limit: number; readonly cursor?: string | undefined; readonly archived: boolean }

/** Services in the order of the booking page, or the archive. */
export async function listServices(
  tx: WorkspaceTx,
  by: Principal,
  wish: ListServices,
  origin: string,
): Promise<{ items: Service[]; next: string | null }> {
  schedulingPolicy.require(by, 'services.read')
  const after = readCursor(wish.cursor, [z.int(), z.uuid()])
  let query = tx.db
    .selectFrom('service')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('archived_at', wish.archived ? 'is not' : 'is', null)
    .where('id', '<>', serviceOfNobody(tx.workspaceId))
    .orderBy('position')
    .orderBy('id')
    .limit(wish.limit + 1)
  if (after)
    query = query.where((where) =>
      where.or([where('position', '>', after[0]), where.and([where('position', '=', after[0]), where('id', '>', after[1] as ServiceId)])]),
    )
  const page = pageFrom(
    await query.execute(),
    wish.limit,
    (row) => row,
    (row) => [row.position, row.id],
  )
  return { items: await presentServices(tx, page.items, origin), next: page.next }
}
