import type { ContactId, Principal, PrivacyRequest } from '@frontdesk/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Tables, WorkspaceTx } from '../../../platform/database/index.ts'
import { pageFrom, readCursor } from '../../../platform/http/index.ts'
import { presentRequest } from './find-request.ts'
import { privacyOffice } from './office.ts'
import { requestsPolicy } from './request.policy.ts'
import type { StoredRequest } from './request.tables.ts'

/** What the queue is asked for. */
export type ListRequests = {
  readonly list: 'open' | 'mine' | 'overdue' | 'complaints' | 'done'
  readonly contactId?: ContactId | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

type Query = SelectQueryBuilder<Tables, 'request', StoredRequest>

/** One page of cases: open ones by what is due first, done ones and the register of complaints newest first. Complaints only for those who look after them. */
export async function listRequests(
  tx: WorkspaceTx,
  by: Principal,
  wish: ListRequests,
): Promise<{ items: z.input<typeof PrivacyRequest>[]; next: string | null }> {
  requestsPolicy.require(by, 'requests.read')
  const rising = wish.list !== 'done' && wish.list !== 'complaints'
  const after = readCursor(wish.cursor, [z.string(), z.uuid()])
  const order = sql<string>`(case when ${rising} then respond_before when ${wish.list === 'done'} then closed_at else received_at end)`
  let query: Query = tx.db.selectFrom('request').selectAll().where('workspace_id', '=', tx.workspaceId)
  if (!requestsPolicy.decide(by, 'complaints.read').allowed) query = query.where('kind', '<>', 'complaint')
  if (wish.contactId !== undefined) query = query.where('contact_id', '=', wish.contactId)
  query = await narrowed(tx, by, query, wish.list)
  if (after) {
    query = rising
      ? query.where(sql<boolean>`(${order}, id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`)
      : query.where(sql<boolean>`(${order}, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  }
  const direction = rising ? 'asc' : 'desc'
  const rows = await query
    .orderBy(order, direction)
    .orderBy('id', direction)
    .limit(wish.limit + 1)
    .execute()
  const at = (row: StoredRequest) =>
    (rising ? row.respond_before : wish.list === 'done' ? (row.closed_at ?? row.respond_before) : row.received_at).toString()
  return pageFrom(
    rows,
    wish.limit,
    (row) => presentRequest(row, tx.now),
    (row) => [at(row), row.id],
  )
}

/** How many cases are open, and how many of them are late. Complaints only for those who look after them. */
export async function countRequests(tx: WorkspaceTx, by: Principal): Promise<{ readonly open: number; readonly overdue: number }> {
  requestsPolicy.require(by, 'requests.read')
  const counted = await tx.db
    .selectFrom('request')
    .select(({ fn }) => [fn.countAll<string>().as('open'), fn.countAll<string>().filterWhere(overdue(tx.now)).as('late')])
    .where('workspace_id', '=', tx.workspaceId)
    .where('closed_at', 'is', null)
    .$if(!requestsPolicy.decide(by, 'complaints.read').allowed, (query) => query.where('kind', '<>', 'complaint'))
    .executeTakeFirstOrThrow()
  return { open: Number(counted.open), overdue: Number(counted.late) }
}

async function narrowed(tx: WorkspaceTx, by: Principal, query: Query, list: ListRequests['list']): Promise<Query> {
  if (list === 'complaints') return query.where('kind', '=', 'complaint')
  if (list === 'done') return query.where('closed_at', 'is not', null)
  const open = query.where('closed_at', 'is', null)
  if (list === 'overdue') return open.where(overdue(tx.now))
  if (list === 'open') return open
  const me = by.kind === 'member' ? by.memberId : null
  const { officer } = await privacyOffice(tx)
  // What nobody has taken yet is the officer's.
  return open.where((row) =>
    row.or([row('owner_member_id', '=', me), ...(officer && officer.id === me ? [row('owner_member_id', 'is', null)] : [])]),
  )
}

/** As `nextDue` says it, in SQL: an answer that is late and whose clock does not stand, or a complaint that was to be settled. */
const overdue = (now: Temporal.Instant) =>
  sql<boolean>`(
    (state not in ('answered', 'refused', 'escalated') and respond_before <= ${now} and not pauses @> '[{"until": null}]'::jsonb)
    or (state in ('answered', 'escalated') and kind = 'complaint' and resolve_before <= ${now}))`
