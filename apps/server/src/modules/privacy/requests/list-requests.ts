import type { ContactId, Principal, PrivacyRequest } from '@frontdesk/contract'
import { sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { pageFrom, readCursor } from '../../../platform/http/index.ts'
import { presentRequest } from './find-request.ts'
import { requestsPolicy } from './request.policy.ts'
import type { StoredRequest } from './request.tables.ts'

/** What the queue is asked for. */
export type ListRequests = {
  readonly list: 'open' | 'done'
  readonly contactId?: ContactId | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/** One page of cases: open ones by what is due first, done ones newest first. Complaints only for those who look after them. */
export async function listRequests(
  tx: WorkspaceTx,
  by: Principal,
  wish: ListRequests,
): Promise<{ items: z.input<typeof PrivacyRequest>[]; next: string | null }> {
  requestsPolicy.require(by, 'requests.read')
  const open = wish.list === 'open'
  const after = readCursor(wish.cursor, [z.string(), z.uuid()])
  const order = sql<string>`(case when ${open} then respond_before else closed_at end)`
  let query = tx.db.selectFrom('request').selectAll().where('workspace_id', '=', tx.workspaceId)
  query = query.where('closed_at', open ? 'is' : 'is not', null)
  if (!requestsPolicy.decide(by, 'complaints.read').allowed) query = query.where('kind', '<>', 'complaint')
  if (wish.contactId !== undefined) query = query.where('contact_id', '=', wish.contactId)
  if (after) {
    query = open
      ? query.where(sql<boolean>`(${order}, id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`)
      : query.where(sql<boolean>`(${order}, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  }
  const direction = open ? 'asc' : 'desc'
  const rows = await query
    .orderBy(order, direction)
    .orderBy('id', direction)
    .limit(wish.limit + 1)
    .execute()
  const at = (row: StoredRequest) => (open ? row.respond_before : (row.closed_at ?? row.respond_before)).toString()
  return pageFrom(
    rows,
    wish.limit,
    (row) => presentRequest(row, tx.now),
    (row) => [at(row), row.id],
  )
}
