import type { ContactId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { ImportActor } from '../import/import-screen.ts'
import { insertTimelineLines, type TimelineLine } from '../import/write-history.ts'

/** What is done to each: a tag or a list, and whether it is put on or taken off. */
export type Act =
  | { readonly to: 'tag'; readonly on: boolean; readonly tagId: string }
  | { readonly to: 'list'; readonly on: boolean; readonly listId: string; readonly name: string }

/** Where the rows of an act stand, and the column of what is put on. */
export const placeOf = ({ to }: Act) =>
  to === 'tag' ? ({ table: 'contact_tag', column: 'tag_id' } as const) : ({ table: 'list_member', column: 'list_id' } as const)
/** What is put on: the id of the tag or of the list. */
export const subjectOf = (act: Act): string => (act.to === 'tag' ? act.tagId : act.listId)

/** A row that an act made or took away, and when it had been made. */
export type Changed = { readonly contactId: ContactId; readonly rowId: string; readonly madeAt: Temporal.Instant }

/** Does an act to these contacts, as sets. Answers what it changed: who had it already, and who is merged or gone, is left as she is. */
export async function applyAct(tx: WorkspaceTx, actor: ImportActor, act: Act, contactIds: readonly ContactId[]): Promise<Changed[]> {
  if (contactIds.length === 0) return []
  // Held in one order, so that two acts on the same people take turns.
  const { rows: held } = await sql<{ id: ContactId }>`
    select id from contact where workspace_id = ${tx.workspaceId} and id = any(${[...contactIds]}::uuid[]) and merged_into is null order by id for update`.execute(
    tx.db,
  )
  const ids = held.map(({ id }) => id)
  if (ids.length === 0) return []
  const before = act.to === 'tag' ? await tagsOf(tx, ids) : undefined
  const { table, column } = placeOf(act)
  const { rows } = act.on
    ? await sql<Changed>`
        insert into ${sql.table(table)} (workspace_id, id, contact_id, ${sql.ref(column)}, created_at)
        select ${tx.workspaceId}::uuid, one.id, one.contact, ${subjectOf(act)}::uuid, ${tx.now}
        from unnest(${ids.map(() => tx.newId())}::uuid[], ${[...ids]}::uuid[]) as one (id, contact)
        on conflict (workspace_id, contact_id, ${sql.ref(column)}) do nothing
        returning contact_id as "contactId", id as "rowId", created_at as "madeAt"`.execute(tx.db)
    : await sql<Changed>`
        delete from ${sql.table(table)} where workspace_id = ${tx.workspaceId} and ${sql.ref(column)} = ${subjectOf(act)} and contact_id = any(${[...ids]}::uuid[])
        returning contact_id as "contactId", id as "rowId", created_at as "madeAt"`.execute(tx.db)
  await tellAct(tx, actor, act, { contacts: rows.map(({ contactId }) => contactId), before })
  return rows
}

export type ToldAct = {
  readonly contacts: readonly ContactId[]
  /** The tags that they carried before, where the act is about a tag. */
  readonly before: ReadonlyMap<ContactId, readonly string[]> | undefined
  readonly restored?: boolean
}

/** Says on the timelines, and for tags in the history, what an act changed of whom. */
export async function tellAct(tx: WorkspaceTx, actor: ImportActor, act: Act, { contacts, before, restored }: ToldAct): Promise<void> {
  if (contacts.length === 0) return
  if (before) await recordTags(tx, actor, { contacts, before, restored: restored ?? false })
  await insertTimelineLines(
    tx,
    actor,
    contacts.map(
      (contactId): TimelineLine =>
        act.to === 'list'
          ? {
              contactId,
              kind: act.on ? 'contact.listed' : 'contact.unlisted',
              subject: { type: 'list', id: act.listId },
              key: act.on ? 'contact_listed' : 'contact_unlisted',
              values: { list: act.name },
            }
          : {
              contactId,
              kind: 'contact.changed',
              subject: { type: 'contact', id: contactId },
              key: 'contact_changed',
              values: { fields: 'tags' },
            },
    ),
  )
}

type RecordTags = Required<Omit<ToldAct, 'before'>> & { readonly before: ReadonlyMap<ContactId, readonly string[]> }

async function recordTags(tx: WorkspaceTx, actor: ImportActor, { contacts, before, restored }: RecordTags): Promise<void> {
  const after = await tagsOf(tx, contacts)
  const { rows: versions } = await sql<{ id: ContactId; version: number }>`
    update contact set version = version + 1, updated_at = ${tx.now} where workspace_id = ${tx.workspaceId} and id = any(${[...contacts]}::uuid[])
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
      ${actor.kind === 'api_key' ? 'api' : actor.kind === 'system' ? 'system' : 'screen'}, ${restored}, false
    from json_to_recordset(${JSON.stringify(rows)}::json) as one (id uuid, contact uuid, version bigint, before jsonb, after jsonb)`.execute(
    tx.db,
  )
}

/** Names of tags in the order in which the history keeps them. */
export async function tagsOf(tx: WorkspaceTx, ids: readonly ContactId[]): Promise<ReadonlyMap<ContactId, readonly string[]>> {
  const { rows } = await sql<{ contact_id: ContactId; name: string }>`
    select ct.contact_id, t.name from contact_tag ct join tag t on t.workspace_id = ct.workspace_id and t.id = ct.tag_id
    where ct.workspace_id = ${tx.workspaceId} and ct.contact_id = any(${[...ids]}::uuid[])`.execute(tx.db)
  return new Map([...Map.groupBy(rows, ({ contact_id }) => contact_id)].map(([id, own]) => [id, own.map(({ name }) => name).toSorted()]))
}
