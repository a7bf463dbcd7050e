import type { ContactId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { ImportActor } from '../import/import-screen.ts'
import { carryUp, holdAllParts } from '../merge/carry-up.ts'
import { type Act, applyAct, placeOf, subjectOf, tagsOf, tellAct } from './apply-act.ts'

/** What an act did to one contact; `row_id` is null where it was done before rows were kept. */
export type ActRow = {
  readonly id: string
  readonly contact_id: ContactId
  readonly row_id: string | null
  readonly row_made_at: Temporal.Instant | null
  readonly created_at: Temporal.Instant
}

/**
 * Takes an act back: the very rows that it made go, and those that it took away stand again, with the card that they were of. What somebody put on or took off since stays; who is part of
 * another contact by now gets hers back behind it.
 */
export async function takeBackAct(tx: WorkspaceTx, actor: ImportActor, act: Act, rows: readonly ActRow[]): Promise<void> {
  const inverse = { ...act, on: !act.on }
  const old = rows.filter(({ row_id }) => row_id === null)
  await applyAct(
    tx,
    actor,
    inverse,
    old.map(({ contact_id }) => contact_id),
  )
  const exact = rows.filter((row): row is ExactRow => row.row_id !== null)
  if (exact.length > 0) {
    const parts = await holdAllParts(
      tx,
      exact.map(({ contact_id }) => contact_id),
    )
    const before = await heldOf(tx, act, parts)
    if (act.on) await removeRows(tx, act, exact)
    else await bringRowsBack(tx, act, exact)
    await carryUp(tx, placeOf(act).table, parts)
    const after = await heldOf(tx, act, parts)
    const contacts = parts.filter((id) => before.has(id) !== after.has(id))
    const tags = act.to === 'tag' ? await tagsBefore(tx, act, contacts, before) : undefined
    await tellAct(tx, actor, inverse, { contacts, before: tags, restored: true })
  }
  await sql`update bulk_change_row set taken_back_at = ${tx.now} where workspace_id = ${tx.workspaceId} and id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(
    tx.db,
  )
}

type ExactRow = ActRow & { readonly row_id: string }

/** Who of these has it. */
async function heldOf(tx: WorkspaceTx, act: Act, contactIds: readonly ContactId[]): Promise<ReadonlySet<ContactId>> {
  const { table, column } = placeOf(act)
  const { rows } = await sql<{ contact_id: ContactId }>`
    select contact_id from ${sql.table(table)}
    where workspace_id = ${tx.workspaceId} and ${sql.ref(column)} = ${subjectOf(act)} and contact_id = any(${[...contactIds]}::uuid[])`.execute(
    tx.db,
  )
  return new Set(rows.map(({ contact_id }) => contact_id))
}

/** The tags of these before: those of now, but for the one that the act is about. */
async function tagsBefore(
  tx: WorkspaceTx,
  act: Extract<Act, { to: 'tag' }>,
  contacts: readonly ContactId[],
  had: ReadonlySet<ContactId>,
): Promise<ReadonlyMap<ContactId, readonly string[]>> {
  const name = await tagName(tx, act.tagId)
  const now = await tagsOf(tx, contacts)
  return new Map(
    contacts.map((id) => {
      const others = (now.get(id) ?? []).filter((each) => each !== name)
      return [id, (had.has(id) ? [...others, name] : others).toSorted()]
    }),
  )
}

async function tagName(tx: WorkspaceTx, tagId: string): Promise<string> {
  const { name } = await tx.db
    .selectFrom('tag')
    .select('name')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', tagId)
    .executeTakeFirstOrThrow()
  return name
}

async function removeRows(tx: WorkspaceTx, act: Act, rows: readonly ExactRow[]): Promise<void> {
  const ids = rows.map(({ row_id }) => row_id)
  await sql`delete from ${sql.table(placeOf(act).table)} where workspace_id = ${tx.workspaceId} and id = any(${ids}::uuid[])`.execute(tx.db)
  await forgetTaken(tx, ids)
}

/** Rows that are no more, because what made them was taken back: nobody who took them off later brings them back. */
export async function forgetTaken(tx: WorkspaceTx, rowIds: readonly string[]): Promise<void> {
  await sql`
    update bulk_change_row set taken_back_at = ${tx.now}
    where workspace_id = ${tx.workspaceId} and row_id = any(${[...rowIds]}::uuid[]) and row_made_at is not null and taken_back_at is null`.execute(
    tx.db,
  )
}

/** Those that somebody took off again since stay away; another act on many that did brings them back in its turn. */
async function bringRowsBack(tx: WorkspaceTx, act: Act, rows: readonly ExactRow[]): Promise<void> {
  const since = await takenOffSince(tx, act, rows)
  for (const id of await handOver(
    tx,
    act,
    rows.filter(({ id }) => !since.has(id)),
  ))
    since.add(id)
  const back = rows.filter(({ id }) => !since.has(id))
  if (back.length === 0) return
  const { table, column } = placeOf(act)
  const cards = back.map(({ contact_id }) => contact_id)
  // What came to her by a merge since is the other card's own.
  await sql`
    update ${sql.table(table)} t set contact_id = m.from_id
    from contact_merge_row m
    where t.workspace_id = ${tx.workspaceId} and t.${sql.ref(column)} = ${subjectOf(act)} and t.contact_id = any(${cards}::uuid[])
      and m.workspace_id = t.workspace_id and m.place = ${`${table}.contact_id`} and m.row_id = t.id and m.to_id = t.contact_id
      and t.id <> all(${back.map(({ row_id }) => row_id)}::uuid[])`.execute(tx.db)
  await sql`
    insert into ${sql.table(table)} (workspace_id, id, contact_id, ${sql.ref(column)}, created_at)
    select ${tx.workspaceId}::uuid, one.id, one.contact, ${subjectOf(act)}::uuid, one.at
    from unnest(${back.map(({ row_id }) => row_id)}::uuid[], ${cards}::uuid[],
      ${back.map(({ row_made_at, created_at }) => (row_made_at ?? created_at).toString())}::timestamptz[]) as one (id, contact, at)
    on conflict (workspace_id, contact_id, ${sql.ref(column)}) do update set id = excluded.id, created_at = excluded.created_at`.execute(
    tx.db,
  )
  // Whatever arrives about somebody who is merged goes to whom she is now by itself; here it is hers first, so that it is written down from whom it goes.
  await sql`
    update ${sql.table(table)} t set contact_id = one.contact
    from unnest(${back.map(({ row_id }) => row_id)}::uuid[], ${cards}::uuid[]) as one (id, contact)
    where t.workspace_id = ${tx.workspaceId} and t.id = one.id and t.contact_id <> one.contact`.execute(tx.db)
}

/** Gives rows to the next act on many that took the same off the same people and still stands. Answers whose. */
async function handOver(tx: WorkspaceTx, act: Act, rows: readonly ExactRow[]): Promise<readonly string[]> {
  const { rows: given } = await sql<{ id: string }>`
    with next as (
      select distinct on (b.id) b.id, b.row_id, b.row_made_at, o.id as to_id
      from bulk_change_row b
        join bulk_change_row o on o.workspace_id = b.workspace_id and o.contact_id = b.contact_id and o.id > b.id
          and o.row_made_at is not null and o.taken_back_at is null
        join bulk_change c on c.workspace_id = o.workspace_id and c.id = o.bulk_change_id
          and c.${sql.ref(placeOf(act).column)} = ${subjectOf(act)}
      where b.workspace_id = ${tx.workspaceId} and b.id = any(${rows.map(({ id }) => id)}::uuid[])
      order by b.id, o.id
    )
    update bulk_change_row t set row_id = next.row_id, row_made_at = next.row_made_at from next
    where t.workspace_id = ${tx.workspaceId} and t.id = next.to_id
    returning next.id`.execute(tx.db)
  return given.map(({ id }) => id)
}

/** From whom somebody took it off later, other than by an act on many, which is taken back by itself. */
async function takenOffSince(tx: WorkspaceTx, act: Act, rows: readonly ExactRow[]): Promise<Set<string>> {
  const ofMany = sql`exists (
    select from bulk_change_row o where o.workspace_id = b.workspace_id and o.contact_id = b.contact_id and h.at in (o.created_at, o.taken_back_at))`
  const name = act.to === 'tag' ? await tagName(tx, act.tagId) : ''
  const removal =
    act.to === 'tag'
      ? sql`select from contact_change h where h.workspace_id = b.workspace_id and h.contact_id = b.contact_id and h.field = 'tags' and h.at > b.created_at
          and not h.restored and h.before ? ${name} and not coalesce(h.after ? ${name}, false) and not ${ofMany}`
      : sql`select from timeline_event h where h.workspace_id = b.workspace_id and h.contact_id = b.contact_id and h.kind = 'contact.unlisted'
          and h.subject_id = ${act.listId} and h.at > b.created_at and not ${ofMany}`
  const { rows: found } = await sql<{ id: string }>`
    select b.id from bulk_change_row b
    where b.workspace_id = ${tx.workspaceId} and b.id = any(${rows.map(({ id }) => id)}::uuid[]) and exists (${removal})`.execute(tx.db)
  return new Set(found.map(({ id }) => id))
}
