import type { BulkAct, BulkChange, BulkWho, ContactId, Principal } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { system } from '../../../platform/inventory/index.ts'
import { defineJob, enqueue, type Job } from '../../../platform/jobs/index.ts'
import { contactsPolicy, noSuchContact, seesOnlyOf } from '../contacts.policy.ts'
import { foldText } from '../fold-text.ts'
import { idsOfNames } from '../import/names-in-bulk.ts'
import { type Act, applyAct } from './apply-act.ts'
import { countFiltered, readyFilter, walkFiltered } from './filter-contacts.ts'
import { requireOpenList } from './lists.ts'
import { listActor } from './on-list.ts'
import type { BulkChangeRow } from './segment.tables.ts'
import { takeBackAct } from './take-back-act.ts'

type Row = Selectable<BulkChangeRow>

const AT_ONCE = 1000

/**
 * Does one thing to many contacts: at once to those who are named, in the background to all of a filter. Of a representative both mean her own people.
 * Throws 404 for a list or a contact that is not there, `contacts/filter-not-usable`.
 */
export async function changeMany(
  tx: WorkspaceTx,
  by: Principal,
  { what, who }: { readonly what: BulkAct; readonly who: BulkWho },
): Promise<BulkChange> {
  requireMay(by, what.act)
  const owner = seesOnlyOf(by)
  const filter = 'filter' in who ? who.filter : null
  const total = filter
    ? await countFiltered(tx, await readyFilter(tx, filter, { owner }))
    : 'contactIds' in who
      ? new Set(who.contactIds).size
      : 0
  if ('contactIds' in who) await requireAllVisible(tx, owner, who.contactIds)
  const { kind, id } = listActor(by)
  const row = await tx.db
    .insertInto('bulk_change')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      act: what.act,
      tag_id: 'tag' in what ? await tagIdOf(tx, what) : null,
      list_id: 'listId' in what ? (await requireOpenList(tx, what.listId)).id : null,
      filter: filter && JSON.stringify(filter),
      of_member_id: owner,
      state: 'running',
      after_id: null,
      total,
      done: 0,
      changed: 0,
      actor_kind: kind,
      actor_id: id,
      created_at: tx.now,
      finished_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await audit(tx, by, { action: 'contacts.changed_many', object: { type: 'bulk_change', id: row.id }, result: 'done' })
  if ('contactIds' in who) {
    await doBatch(tx, row, [...new Set(who.contactIds)], null)
    return presentBulkChange(tx, row.id)
  }
  await enqueue(tx, bulkChangeJob, { bulkChangeId: row.id }, { singletonKey: row.id })
  return presentBulkChange(tx, row.id)
}

/** How far an act is: for whoever began it, and those who may do the same to everybody. Throws 404. */
export async function loadBulkChange(tx: WorkspaceTx, by: Principal, bulkChangeId: string): Promise<BulkChange> {
  await requireOwn(tx, by, bulkChangeId, false)
  return presentBulkChange(tx, bulkChangeId)
}

/** Takes an act back from those whom it changed and who still are as it left them. Twice changes nothing more. Throws 404, and 409 while it runs. */
export async function undoBulkChange(tx: WorkspaceTx, by: Principal, bulkChangeId: string): Promise<BulkChange> {
  const row = await requireOwn(tx, by, bulkChangeId, true)
  requireMay(by, row.act)
  if (row.state === 'undoing' || row.state === 'undone') return presentBulkChange(tx, row.id)
  if (row.state === 'running')
    throw new Refusal('http/conflict', { detail: 'This is not finished yet. Wait until it is, then take it back. Nothing was changed.' })
  await setRow(tx, row, { state: 'undoing', after_id: null })
  await audit(tx, by, { action: 'contacts.changed_many_undone', object: { type: 'bulk_change', id: row.id }, result: 'done' })
  // A few are done when the answer comes.
  if (row.changed <= AT_ONCE) await undoBatch(tx, { ...row, state: 'undoing', after_id: null })
  else await enqueue(tx, bulkChangeJob, { bulkChangeId: row.id }, { singletonKey: row.id })
  return presentBulkChange(tx, row.id)
}

/** Goes on with an act, or with taking it back, a thousand contacts a transaction, from where it was. */
export const bulkChangeJob: Job<{ bulkChangeId: string }> = defineJob({
  name: 'contacts.change-many',
  payload: z.strictObject({ bulkChangeId: z.uuid() }),
  fields: { bulkChangeId: system },
  timeoutSeconds: 4 * 3600,
  concurrency: 1,
  run: async ({ inWorkspace, signal, halfTimeOver }, { bulkChangeId }) => {
    let more = true
    while (more) {
      signal.throwIfAborted()
      if (halfTimeOver())
        return void (await inWorkspace((tx) => enqueue(tx, bulkChangeJob, { bulkChangeId }, { singletonKey: bulkChangeId })))
      more = await inWorkspace((tx) => nextBatch(tx, bulkChangeId))
    }
  },
})

async function nextBatch(tx: WorkspaceTx, bulkChangeId: string): Promise<boolean> {
  const row = await lockRow(tx, bulkChangeId)
  if (row?.state === 'undoing') return undoBatch(tx, row)
  if (row?.state !== 'running' || row.filter === null) return false
  const ready = await readyFilter(tx, row.filter, { owner: row.of_member_id }).catch((error: unknown) => {
    // What the filter names went meanwhile: then nobody more is meant.
    if (error instanceof Refusal) return undefined
    throw error
  })
  const page = ready ? await walkFiltered(tx, ready, { after: row.after_id ?? undefined, most: AT_ONCE }) : { items: [], next: null }
  await doBatch(tx, row, page.items, page.next)
  return page.next !== null
}

async function doBatch(tx: WorkspaceTx, row: Row, contactIds: readonly ContactId[], next: string | null): Promise<void> {
  const act = await actOf(tx, row)
  const changed = act ? await applyAct(tx, actorOfRow(row), act, contactIds) : []
  if (changed.length > 0)
    await sql`
      insert into bulk_change_row (workspace_id, id, bulk_change_id, contact_id, row_id, row_made_at, created_at)
      select ${tx.workspaceId}::uuid, one.id, ${row.id}::uuid, one.contact, one.row, one.made, ${tx.now}
      from unnest(${changed.map(() => tx.newId())}::uuid[], ${changed.map(({ contactId }) => contactId)}::uuid[], ${changed.map(({ rowId }) => rowId)}::uuid[],
        ${changed.map(({ madeAt }) => (act?.on ? null : madeAt.toString()))}::timestamptz[]) as one (id, contact, row, made)`.execute(tx.db)
  const done = { done: row.done + contactIds.length, changed: row.changed + changed.length }
  const finished = next === null
  await setRow(tx, row, { ...done, after_id: next, ...(finished ? { state: 'finished' as const, finished_at: tx.now } : {}) })
  if (finished) await emit(tx, 'bulk_change.finished', { bulkChangeId: row.id, count: done.changed })
  else await emit(tx, 'bulk_change.changed', { bulkChangeId: row.id, state: 'running' })
}

async function undoBatch(tx: WorkspaceTx, row: Row): Promise<boolean> {
  const rows = await tx.db
    .selectFrom('bulk_change_row')
    .select(['id', 'contact_id', 'row_id', 'row_made_at', 'created_at', 'taken_back_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('bulk_change_id', '=', row.id)
    .$if(row.after_id !== null, (query) => query.where('id', '>', row.after_id ?? ''))
    .orderBy('id')
    .limit(AT_ONCE)
    .execute()
  const act = await actOf(tx, row)
  const standing = rows.filter(({ taken_back_at }) => taken_back_at === null)
  if (act && standing.length > 0) await takeBackAct(tx, actorOfRow(row), act, standing)
  const more = rows.length === AT_ONCE
  await setRow(tx, row, more ? { after_id: rows.at(-1)?.id ?? null } : { state: 'undone', after_id: null })
  await emit(tx, 'bulk_change.changed', { bulkChangeId: row.id, state: more ? 'undoing' : 'undone' })
  return more
}

const isOn = (act: BulkChangeRow['act']): boolean => act === 'add_tag' || act === 'add_to_list'
const actorOfRow = ({ actor_kind, actor_id }: Row) => ({ kind: actor_kind, id: actor_id })

/** The act of a row; undefined once its list is gone. */
async function actOf(tx: WorkspaceTx, row: Row): Promise<Act | undefined> {
  const on = isOn(row.act)
  if (row.tag_id !== null) return { to: 'tag', on, tagId: row.tag_id }
  const list = await tx.db
    .selectFrom('list')
    .select(['id', 'name'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', row.list_id ?? '')
    .executeTakeFirst()
  return list && { to: 'list', on, listId: list.id, name: list.name }
}

/** A tag that is put on may be new; one that is taken off has to be there. */
async function tagIdOf(tx: WorkspaceTx, { act, tag }: Extract<BulkAct, { tag: string }>): Promise<string> {
  const known = await tx.db
    .selectFrom('tag')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('name_folded', '=', foldText(tag))
    .executeTakeFirst()
  if (known) return known.id
  if (act === 'remove_tag') throw new Refusal('http/not-found', { detail: `There is no tag “${tag}”. Nothing was changed.` })
  const { ids } = await idsOfNames(tx, 'tag', [tag])
  const [made] = [...ids.values()]
  if (made === undefined) throw new Error('The tag could neither be made nor found.')
  return made
}

const requireMay = (by: Principal, act: BulkChangeRow['act']): void =>
  contactsPolicy.require(by, act === 'add_tag' || act === 'remove_tag' ? 'contacts.write' : 'lists.fill')

async function requireAllVisible(tx: WorkspaceTx, owner: string | null, contactIds: readonly ContactId[]): Promise<void> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from contact where workspace_id = ${tx.workspaceId} and id = any(${[...contactIds]}::uuid[])
    ${owner === null ? sql`` : sql`and owner_member_id = ${owner}`}`.execute(tx.db)
  if ((rows[0]?.count ?? 0) < new Set(contactIds).size) throw noSuchContact()
}

async function requireOwn(tx: WorkspaceTx, by: Principal, bulkChangeId: string, hold: boolean): Promise<Row> {
  contactsPolicy.require(by, 'contacts.read')
  const row = hold ? await lockRow(tx, bulkChangeId) : await rowOf(tx, bulkChangeId)
  const { kind, id } = listActor(by)
  const own = row !== undefined && row.actor_kind === kind && row.actor_id === id
  if (row && (own || contactsPolicy.decide(by, 'lists.write').allowed)) return row
  throw new Refusal('http/not-found', { detail: 'There is no such change.' })
}

const rowOf = (tx: WorkspaceTx, id: string) =>
  tx.db.selectFrom('bulk_change').selectAll().where('workspace_id', '=', tx.workspaceId).where('id', '=', id).executeTakeFirst()
const lockRow = (tx: WorkspaceTx, id: string) =>
  tx.db.selectFrom('bulk_change').selectAll().where('workspace_id', '=', tx.workspaceId).where('id', '=', id).forUpdate().executeTakeFirst()

const setRow = (tx: WorkspaceTx, { id }: Row, change: Partial<Pick<Row, 'state' | 'after_id' | 'done' | 'changed' | 'finished_at'>>) =>
  tx.db.updateTable('bulk_change').set(change).where('workspace_id', '=', tx.workspaceId).where('id', '=', id).execute()

async function presentBulkChange(tx: WorkspaceTx, id: string): Promise<BulkChange> {
  const row = await tx.db
    .selectFrom('bulk_change')
    .leftJoin('tag', (join) => join.onRef('tag.workspace_id', '=', 'bulk_change.workspace_id').onRef('tag.id', '=', 'bulk_change.tag_id'))
    .selectAll('bulk_change')
    .select('tag.name as tag_name')
    .where('bulk_change.workspace_id', '=', tx.workspaceId)
    .where('bulk_change.id', '=', id)
    .executeTakeFirstOrThrow()
  return {
    id: row.id,
    act: row.act,
    tag: row.tag_name,
    listId: row.list_id,
    state: row.state,
    total: row.total,
    done: row.done,
    changed: row.changed,
    createdAt: row.created_at.toString(),
    finishedAt: row.finished_at?.toString() ?? null,
  }
}
