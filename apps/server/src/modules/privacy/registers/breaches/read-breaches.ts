import type { Breach, BreachCase, BreachCounts, BreachPerson, ContactId, DataCategory, Principal } from '@frontdesk/contract'
import { sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { pageFrom, readCursor } from '../../../../platform/http/index.ts'
import { memberNames } from '../member-names.ts'
import { registerSurroundings } from '../surroundings.ts'
import { contactTables } from './affected.rules.ts'
import { breachPolicy } from './breach.policy.ts'
import { clocksOf, keptUntil, nextClock } from './breach.rules.ts'
import type { StoredBreach } from './breach.tables.ts'
import { noSuchBreach } from './breach-steps.ts'
import { draftNotices } from './draft-notices.ts'

/** One page of the register, newest first. */
export async function listBreaches(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly open?: true; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: Breach[]; next: string | null }> {
  breachPolicy.require(by, 'breaches.read')
  const before = readCursor(wish.cursor, [z.uuid()])?.[0]
  const rows = await tx.db
    .selectFrom('breach')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .$if(wish.open === true, (query) => query.where('state', '=', 'open'))
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(wish.limit + 1)
    .execute()
  return pageFrom(
    rows,
    wish.limit,
    (row) => presentBreach(row, tx.now),
    (row) => [row.id],
  )
}

/** The tables an incident can name. */
export function breachTables(by: Principal): { items: { table: string; categories: DataCategory[] }[] } {
  breachPolicy.require(by, 'breaches.report')
  const items = contactTables(registerSurroundings.get().inventory)
  return { items: items.map(({ table, categories }) => ({ table, categories: [...categories] })) }
}

/** One incident with everything about it. Throws 404. */
export async function loadBreach(tx: WorkspaceTx, by: Principal, breachId: string): Promise<BreachCase> {
  breachPolicy.require(by, 'breaches.read')
  const row = await tx.db
    .selectFrom('breach')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', breachId)
    .executeTakeFirst()
  if (!row) throw noSuchBreach()
  return presentCase(tx, row)
}

/** An incident as the API shows it. */
export async function presentCase(tx: WorkspaceTx, row: StoredBreach): Promise<BreachCase> {
  const steps = await tx.db
    .selectFrom('breach_step')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('breach_id', '=', row.id)
    .orderBy('id')
    .execute()
  const nameOf = await memberNames(tx)
  const known = contactTables(registerSurroundings.get().inventory)
  const categories = new Set(known.filter(({ table }) => row.tables.includes(table)).flatMap((one) => one.categories))
  return {
    ...presentBreach(row, tx.now),
    extent: row.extent,
    tables: [...row.tables],
    laws: [...row.laws],
    accounts: row.accounts,
    riskGrounds: row.risk_grounds,
    measures: row.measures,
    search: row.search,
    telling: row.telling,
    counts: await countsOf(tx, row),
    categories: [...categories].sort(),
    clocks: [...clocksOf(row, tx.now)],
    notices: row.notices ?? (await draftNotices(tx, row, [...categories].sort())),
    steps: steps.map(({ id, step, note, at, done_by }) => ({ id, step, note, at: at.toString(), by: nameOf(done_by) })),
    closedAt: row.closed_at?.toString() ?? null,
    keptUntil: keptUntil(row).toString(),
  }
}

/** How many are affected and told. Whoever was erased can be counted, and not told. */
export async function countsOf(tx: WorkspaceTx, row: Pick<StoredBreach, 'id' | 'erased'>): Promise<BreachCounts> {
  const { rows } = await sql<{ state: 'waiting' | 'sent' | 'unreachable' | 'erased'; n: number }>`
    select case when contact_id is null and member_id is null and notice <> 'sent' then 'erased' else notice end as state, count(*)::int as n
    from breach_person where workspace_id = ${tx.workspaceId} and breach_id = ${row.id} group by 1`.execute(tx.db)
  const of = (state: string) => rows.find((each) => each.state === state)?.n ?? 0
  const erased = of('erased') + row.erased
  return {
    people: of('waiting') + of('sent') + of('unreachable') + erased,
    waiting: of('waiting'),
    sent: of('sent'),
    unreachable: of('unreachable'),
    erased,
  }
}

/** One page of the people of an incident. Throws 404. */
export async function breachPeople(
  tx: WorkspaceTx,
  by: Principal,
  wish: {
    readonly breachId: string
    readonly notice?: BreachPerson['notice'] | undefined
    readonly cursor?: string | undefined
    readonly limit: number
  },
): Promise<{ items: BreachPerson[]; next: string | null }> {
  breachPolicy.require(by, 'breaches.read')
  const known = await tx.db
    .selectFrom('breach')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', wish.breachId)
    .executeTakeFirst()
  if (!known) throw noSuchBreach()
  const after = readCursor(wish.cursor, [z.uuid()])?.[0]
  const gone = sql<boolean>`(breach_person.contact_id is null and breach_person.member_id is null and breach_person.notice <> 'sent')`
  let query = tx.db
    .selectFrom('breach_person')
    .leftJoin('contact', (join) =>
      join.onRef('contact.workspace_id', '=', 'breach_person.workspace_id').onRef('contact.id', '=', 'breach_person.contact_id'),
    )
    .leftJoin('member', (join) =>
      join.onRef('member.workspace_id', '=', 'breach_person.workspace_id').onRef('member.id', '=', 'breach_person.member_id'),
    )
    .selectAll('breach_person')
    .select(['contact.name', 'member.name as member_name'])
    .where('breach_person.workspace_id', '=', tx.workspaceId)
    .where('breach_person.breach_id', '=', wish.breachId)
  if (wish.notice === 'erased') query = query.where(gone)
  else if (wish.notice !== undefined) query = query.where('breach_person.notice', '=', wish.notice).where(sql<boolean>`not ${gone}`)
  if (after !== undefined) query = query.where('breach_person.id', '>', after)
  const rows = await query
    .orderBy('breach_person.id')
    .limit(wish.limit + 1)
    .execute()
  const shown = (row: (typeof rows)[number]): BreachPerson => ({
    id: row.id,
    contactId: row.contact_id as ContactId | null,
    memberId: row.member_id,
    name: row.name ?? (row.member_name || null),
    notice: row.contact_id === null && row.member_id === null && row.notice !== 'sent' ? 'erased' : row.notice,
    reason: row.reason,
    toldAt: row.told_at?.toString() ?? null,
  })
  return pageFrom(rows, wish.limit, shown, (row) => [row.id])
}

/** An incident in the list. */
export const presentBreach = (row: StoredBreach, now: Temporal.Instant): Breach => ({
  id: row.id,
  number: row.number,
  state: row.state,
  reportedBy: row.reported_by,
  what: row.what,
  beganAt: row.began_at.toString(),
  endedAt: row.ended_at?.toString() ?? null,
  detectedAt: row.detected_at.toString(),
  risk: row.risk,
  nextClock: nextClock(row, now),
  version: row.version,
})
