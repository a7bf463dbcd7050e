import type { ContactId, OwnershipChange, OwnershipInventory, Principal } from '@frontdesk/contract'
import { sql } from 'kysely'
import { z } from 'zod'
import { audit } from '../../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { Refusal } from '../../../../platform/errors/index.ts'
import { emit } from '../../../../platform/events/index.ts'
import { pageFrom, readCursor } from '../../../../platform/http/index.ts'
import { enqueue } from '../../../../platform/jobs/index.ts'
import { workspaceFacts } from '../../../accounts/index.ts'
import { businessDay } from '../business-day.ts'
import { recordDisclosure } from '../disclosures/record-disclosure.ts'
import { ownershipPolicy } from './ownership.policy.ts'
import type { StoredChange } from './ownership.tables.ts'
import { takeStock } from './take-stock.ts'
import { tellMembers } from './tell-members.ts'
import { noteEverybody, tellOfChangeJob } from './tell-of-change.ts'

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

/** Begins to tell everybody who can be reached: each contact who is there, is not put away, and works at an address, and whoever works here. Too late is refused. */
export async function tellOfChange(tx: WorkspaceTx, by: Principal, changeId: string): Promise<OwnershipChange> {
  ownershipPolicy.require(by, 'ownership.manage')
  const row = await lockChange(tx, changeId, 'planned')
  if (Temporal.PlainDate.compare(await businessDay(tx), tellBy(row)) > 0)
    throw new Refusal('http/conflict', {
      detail: `The last day to tell people was ${tellBy(row).toString()}. Cancel this, and plan it for a later day. Nobody was written to.`,
    })
  await noteEverybody(tx, row.id)
  const changed = await setState(tx, row, 'telling')
  await tellMembers(tx, row)
  await enqueue(tx, tellOfChangeJob, { changeId: row.id })
  return told(tx, by, changed, 'telling')
}

/** It has happened: from its day on, and only once everybody was told. Recorded as a hand-over of everybody but those who object. */
export async function completeOwnershipChange(tx: WorkspaceTx, by: Principal, changeId: string): Promise<OwnershipChange> {
  ownershipPolicy.require(by, 'ownership.manage')
  const row = await lockChange(tx, changeId, 'told')
  if (Temporal.PlainDate.compare(await businessDay(tx), row.effective_on) < 0)
    throw new Refusal('http/conflict', { detail: `It happens on ${row.effective_on.toString()}. Nothing was recorded yet.` })
  const { people, objecting, tables } = await takeStock(tx, row)
  await recordDisclosure(tx, by, {
    recipientKind: 'successor',
    recipient: row.successor,
    purpose: 'business_transfer',
    contactId: null,
    people: Math.max(1, people - objecting),
    categories: [...new Set(tables.flatMap(({ categories }) => categories))].sort(),
    about: { type: 'ownership_change', id: row.id },
  })
  return told(tx, by, await setState(tx, row, 'done'), 'done')
}

/** What goes over, to be given to the successor: numbers and kinds of data, and nobody's row. Throws 404. */
export async function readOwnershipInventory(tx: WorkspaceTx, by: Principal, changeId: string): Promise<OwnershipInventory> {
  ownershipPolicy.require(by, 'ownership.read')
  const row = await tx.db
    .selectFrom('ownership_change')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', changeId)
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'There is no such change here.' })
  return takeStock(tx, row)
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
  const { zone } = await workspaceFacts(tx)
  const late = tellBy(row).add({ days: 1 }).toZonedDateTime(zone).toInstant()
  const { rows } = await sql<Pick<OwnershipChange, 'people' | 'sent' | 'notOut' | 'sentLater' | 'unreachable' | 'objections'>>`
    select count(*)::int as people, count(*) filter (where notice = 'sent')::int as sent,
      count(*) filter (where notice = 'sent' and m.state <> 'sent')::int as "notOut",
      count(*) filter (where notice = 'sent' and told_at >= ${late})::int as "sentLater",
      count(*) filter (where notice = 'unreachable')::int as unreachable, count(objected_at)::int as objections
    from ownership_notice n left join mail m on m.workspace_id = n.workspace_id and m.id = n.mail_id
    where n.workspace_id = ${tx.workspaceId} and change_id = ${row.id}`.execute(tx.db)
  const counts = rows[0] ?? { people: 0, sent: 0, notOut: 0, sentLater: 0, unreachable: 0, objections: 0 }
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
