import type { ContactId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { ImportActor } from '../import/import-screen.ts'
import { insertTimelineLines } from '../import/write-history.ts'

/** What is done to each: a tag or a list, and whether it is put on or taken off. */
export type Act =
  | { readonly to: 'tag'; readonly on: boolean; readonly tagId: string }
  | { readonly to: 'list'; readonly on: boolean; readonly listId: string; readonly name: string }

/** Does an act to these contacts, as sets. Answers those whom it changed: who had it already, and who is merged or gone, is left as she is. */
export async function applyAct(tx: WorkspaceTx, actor: ImportActor, act: Act, contactIds: readonly ContactId[]): Promise<ContactId[]> {
  if (contactIds.length === 0) return []
  // Held in one order, so that two acts on the same people take turns.
  const { rows: held } = await sql<{ id: ContactId }>`
    select id from contact where workspace_id = ${tx.workspaceId} and id = any(${[...contactIds]}::uuid[]) and merged_into is null order by id for update`.execute(
    tx.db,
  )
  const ids = held.map(({ id }) => id)
  if (ids.length === 0) return []
  return act.to === 'tag' ? tagThem(tx, actor, act, ids) : listThem(tx, actor, act, ids)
}

async function listThem(
  tx: WorkspaceTx,
  actor: ImportActor,
  act: Extract<Act, { to: 'list' }>,
  ids: readonly ContactId[],
): Promise<ContactId[]> {
  const changed = act.on
    ? await sql<{ contact_id: ContactId }>`
        insert into list_member (workspace_id, id, list_id, contact_id, created_at)
        select ${tx.workspaceId}::uuid, one.id, ${act.listId}::uuid, one.contact, ${tx.now}
        from unnest(${ids.map(() => tx.newId())}::uuid[], ${[...ids]}::uuid[]) as one (id, contact)
        on conflict (workspace_id, contact_id, list_id) do nothing returning contact_id`.execute(tx.db)
    : await sql<{ contact_id: ContactId }>`
        delete from list_member where workspace_id = ${tx.workspaceId} and list_id = ${act.listId} and contact_id = any(${[...ids]}::uuid[])
        returning contact_id`.execute(tx.db)
  const contacts = changed.rows.map(({ contact_id }) => contact_id)
  await insertTimelineLines(
    tx,
    actor,
    contacts.map((contactId) => ({
      contactId,
      kind: act.on ? 'contact.listed' : 'contact.unlisted',
      subject: { type: 'list', id: act.listId },
      key: act.on ? 'contact_listed' : 'contact_unlisted',
      values: { list: act.name },
    })),
  )
  return contacts
}

async function tagThem(
  tx: WorkspaceTx,
  actor: ImportActor,
  act: Extract<Act, { to: 'tag' }>,
  ids: readonly ContactId[],
): Promise<ContactId[]> {
  const before = await tagsOf(tx, ids)
  const changed = act.on
    ? await sql<{ contact_id: ContactId }>`
        insert into contact_tag (workspace_id, id, contact_id, tag_id, created_at)
        select ${tx.workspaceId}::uuid, one.id, one.contact, ${act.tagId}::uuid, ${tx.now}
        from unnest(${ids.map(() => tx.newId())}::uuid[], ${[...ids]}::uuid[]) as one (id, contact)
        on conflict (workspace_id, contact_id, tag_id) do nothing returning contact_id`.execute(tx.db)
    : await sql<{ contact_id: ContactId }>`
        delete from contact_tag where workspace_id = ${tx.workspaceId} and tag_id = ${act.tagId} and contact_id = any(${[...ids]}::uuid[])
        returning contact_id`.execute(tx.db)
  const contacts = changed.rows.map(({ contact_id }) => contact_id)
  if (contacts.length === 0) return []
  const after = await tagsOf(tx, contacts)
  const { rows: versions } = await sql<{ id: ContactId; version: number }>`
    update contact set version = version + 1, updated_at = ${tx.now} where workspace_id = ${tx.workspaceId} and id = any(${contacts}::uuid[])
    returning id, version`.execute(tx.db)
  const rows = versions.map(({ id, version }) => ({
    id: tx.newId(),
    contact: id,
    version,
    before: before.get(id) ?? [],
    after: after.get(id) ?? [],
  }))
  await sql`
    insert into contact_change (workspace_id, id, contact_id, version, field, before, after, at, actor_kind, actor_id, source, restored, forgotten)
    select ${tx.workspaceId}::uuid, id, contact, version, 'tags', before, after, ${tx.now}, ${actor.kind}, ${actor.id},
      ${actor.kind === 'api_key' ? 'api' : actor.kind === 'system' ? 'system' : 'screen'}, false, false
    from json_to_recordset(${JSON.stringify(rows)}::json) as one (id uuid, contact uuid, version bigint, before jsonb, after jsonb)`.execute(
    tx.db,
  )
  await insertTimelineLines(
    tx,
    actor,
    contacts.map((contactId) => ({
      contactId,
      kind: 'contact.changed',
      subject: { type: 'contact', id: contactId },
      key: 'contact_changed',
      values: { fields: 'tags' },
    })),
  )
  return contacts
}

/** Names in the order in which the history keeps them. */
async function tagsOf(tx: WorkspaceTx, ids: readonly ContactId[]): Promise<ReadonlyMap<ContactId, readonly string[]>> {
  const { rows } = await sql<{ contact_id: ContactId; name: string }>`
    select ct.contact_id, t.name from contact_tag ct join tag t on t.workspace_id = ct.workspace_id and t.id = ct.tag_id
    where ct.workspace_id = ${tx.workspaceId} and ct.contact_id = any(${[...ids]}::uuid[])`.execute(tx.db)
  return new Map([...Map.groupBy(rows, ({ contact_id }) => contact_id)].map(([id, own]) => [id, own.map(({ name }) => name).toSorted()]))
}
