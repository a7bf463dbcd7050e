import type { ContactId, OwnershipChange, Principal } from '@frontdesk/contract'
import { sql } from 'kysely'
import { z } from 'zod'
import { audit } from '../../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { Refusal } from '../../../../platform/errors/index.ts'
import { emit } from '../../../../platform/events/index.ts'
import { pageFrom, readCursor } from '../../../../platform/http/index.ts'
import { enqueue } from '../../../../platform/jobs/index.ts'
import { businessDay } from '../business-day.ts'
import { ownershipPolicy } from './ownership.policy.ts'
import type { StoredChange } from './ownership.tables.ts'
import { tellOfChangeJob } from './tell-of-change.ts'

/** Plans a change: there have to be enough days left to tell everybody. */
export async function planOwnershipChange(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly successor: string; readonly effectiveOn: string; readonly noticeDays: number; readonly note: string },
): Promise<OwnershipChange> {
  ownershipPolicy.require(by, 'ownership.manage')
  const effectiveOn = Temporal.PlainDate.from(wish.effectiveOn)
  const today = await businessDay(tx)
  if (Temporal.PlainDate.compare(today.add({ days: wish.noticeDays }), effectiveOn) > 0)
    throw new Refusal('http/invalid-request', {
      detail: `The people have to be told ${wish.noticeDays} days before, so it can happen on ${today.add({ days: wish.noticeDays }).toString()} at the earliest. Nothing was saved.`,
    })
  const row = await tx.db
    .insertInto('ownership_change')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version: 1,
      successor: wish.successor,
      effective_on: effectiveOn,
      notice_days: wish.noticeDays,
      note: wish.note,
      state: 'planned',
      created_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return told(tx, by, row, 'planned')
}

/** Begins to tell everybody who can be reached: whoever is there, is not put away, and works at an address. Too late is refused. */
export async function tellOfChange(tx: WorkspaceTx, by: Principal, changeId: string): Promise<OwnershipChange> {
  ownershipPolicy.require(by, 'ownership.manage')
  const row = await lockChange(tx, changeId, 'planned')
  if (Temporal.PlainDate.compare(await businessDay(tx), tellBy(row)) > 0)
    throw new Refusal('http/conflict', {
      detail: `The last day to tell people was ${tellBy(row).toString()}. Cancel this, and plan it for a later day. Nobody was written to.`,
    })
  await sql`
    insert into ownership_notice (workspace_id, id, change_id, contact_id, notice, mail_id, told_at, objected_at, objection)
    select c.workspace_id, gen_random_uuid(), ${row.id}::uuid, c.id, 'waiting', null, null, null, null
    from contact c where c.workspace_id = ${tx.workspaceId} and c.merged_into is null and c.archived_at is null
    on conflict (workspace_id, change_id, contact_id) do nothing`.execute(tx.db)
  const changed = await setState(tx, row, 'telling')
  await enqueue(tx, tellOfChangeJob, { changeId: row.id })
  return told(tx, by, changed, 'telling')
}

/** It does not happen. Whoever was told already has to be told by you. */
export async function cancelOwnershipChange(tx: WorkspaceTx, by: Principal, changeId: string): Promise<OwnershipChange> {
  ownershipPolicy.require(by, 'ownership.manage')
  return told(tx, by, await setState(tx, await lockChange(tx, changeId, 'planned', 'told'), 'cancelled'), 'cancelled')
}

/** One page of changes, newest first. */
export async function listOwnershipChanges(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: OwnershipChange[]; next: string | null }> {
  ownershipPolicy.require(by, 'ownership.read')
  const before = readCursor(wish.cursor, [z.uuid()])?.[0]
  const rows = await tx.db
    .selectFrom('ownership_change')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(wish.limit + 1)
    .execute()
  const page = pageFrom(
    rows,
    wish.limit,
    (row) => row,
    (row) => [row.id],
  )
  const items: OwnershipChange[] = []
  for (const row of page.items) items.push(await present(tx, row))
  return { items, next: page.next }
}

/** One page of objections, newest first. Throws 404. */
export async function listObjections(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly changeId: string; readonly cursor?: string | undefined; readonly limit: number },
) {
  ownershipPolicy.require(by, 'ownership.read')
  const before = readCursor(wish.cursor, [z.string(), z.uuid()])
  const rows = await tx.db
    .selectFrom('ownership_notice')
    .leftJoin('contact', (join) =>
      join.onRef('contact.workspace_id', '=', 'ownership_notice.workspace_id').onRef('contact.id', '=', 'ownership_notice.contact_id'),
    )
    .select(['ownership_notice.id', 'ownership_notice.contact_id', 'contact.name', 'objected_at', 'objection'])
    .where('ownership_notice.workspace_id', '=', tx.workspaceId)
    .where('change_id', '=', wish.changeId)
    .where('objected_at', 'is not', null)
    .$if(before !== undefined, (query) =>
      query.where(sql<boolean>`(objected_at, ownership_notice.id) < (${before?.[0]}::timestamptz, ${before?.[1]}::uuid)`),
    )
    .orderBy('objected_at', 'desc')
    .orderBy('ownership_notice.id', 'desc')
    .limit(wish.limit + 1)
    .execute()
  return pageFrom(
    rows,
    wish.limit,
    (row) => ({
      id: row.id,
      contactId: row.contact_id as ContactId | null,
      name: row.name,
      at: (row.objected_at ?? tx.now).toString(),
      text: row.objection,
    }),
    (row) => [(row.objected_at ?? tx.now).toString(), row.id],
  )
}

const tellBy = (row: Pick<StoredChange, 'effective_on' | 'notice_days'>): Temporal.PlainDate =>
  row.effective_on.subtract({ days: row.notice_days })

async function lockChange(tx: WorkspaceTx, id: string, ...states: readonly StoredChange['state'][]): Promise<StoredChange> {
  const row = await tx.db
    .selectFrom('ownership_change')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'There is no such change here.' })
  if (states.includes(row.state)) return row
  throw new Refusal('http/conflict', { detail: 'It went on in the meantime. Load it again. Nothing was changed.', state: row.state })
}

const setState = (tx: WorkspaceTx, row: StoredChange, state: StoredChange['state']): Promise<StoredChange> =>
  tx.db
    .updateTable('ownership_change')
    .set({ state, version: row.version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()

async function told(tx: WorkspaceTx, by: Principal, row: StoredChange, what: StoredChange['state']): Promise<OwnershipChange> {
  await audit(tx, by, { action: `ownership_change.${what}`, object: { type: 'ownership_change', id: row.id }, result: 'done' })
  await emit(tx, 'ownership_change.changed', { changeId: row.id, state: row.state })
  return present(tx, row)
}

async function present(tx: WorkspaceTx, row: StoredChange): Promise<OwnershipChange> {
  const { rows } = await sql<{ people: number; sent: number; unreachable: number; objections: number }>`
    select count(*)::int as people, count(*) filter (where notice = 'sent')::int as sent,
      count(*) filter (where notice = 'unreachable')::int as unreachable, count(objected_at)::int as objections
    from ownership_notice where workspace_id = ${tx.workspaceId} and change_id = ${row.id}`.execute(tx.db)
  const counts = rows[0] ?? { people: 0, sent: 0, unreachable: 0, objections: 0 }
  return {
    id: row.id,
    successor: row.successor,
    effectiveOn: row.effective_on.toString(),
    tellBy: tellBy(row).toString(),
    noticeDays: row.notice_days,
    note: row.note,
    state: row.state,
    ...counts,
    version: row.version,
  }
}
