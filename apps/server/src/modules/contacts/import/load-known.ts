import type { ContactId, ContactPointId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { PointKind } from '../contact-point.rules.ts'
import type { OwnValues } from '../fields/field.tables.ts'
import { foldText } from '../fold-text.ts'
import { type Draft, type Known, pointKey } from './plan-batch.rules.ts'
import type { ListRow } from './read-list.ts'

/** A company's switchboard may be the number of thousands; so many of them are looked at. */
const mostHolders = 20

type HolderRow = {
  readonly kind: PointKind
  readonly value: string
  readonly id: ContactId
  readonly archived: boolean
  readonly active: Temporal.Instant
}

/** Who is in use before who was put away, and whom the business dealt with last before the others. */
const firstComes = (one: HolderRow, other: HolderRow): number =>
  Number(one.archived) - Number(other.archived) || Temporal.Instant.compare(other.active, one.active) || (one.id < other.id ? -1 : 1)
type ContactRead = {
  readonly id: ContactId
  readonly version: number
  readonly name: string
  readonly given_name: string | null
  readonly family_name: string | null
  readonly company: string | null
  readonly company_id: string | null
  readonly company_role: string | null
  readonly locale: string | null
  readonly zone: string | null
  readonly own_values: OwnValues
  readonly archived: boolean
  readonly touched: boolean
}

/** Reads who of the people of some rows is here already, with all that the rows may change of them. `hold` keeps them until the transaction ends. */
export async function loadKnown(
  tx: WorkspaceTx,
  rows: readonly ListRow[],
  { importId, hold }: { readonly importId: string; readonly hold: boolean },
): Promise<Known> {
  const wanted = new Map(rows.flatMap(({ incoming }) => (incoming?.points ?? []).map((point) => [pointKey(point), point] as const)))
  if (wanted.size === 0) return { holders: new Map(), notes: new Map() }
  const points = [...wanted.values()]
  // Each number by its key and nothing else: while a list comes in, the database knows nothing of how large the tables are.
  const { rows: read } = await sql<HolderRow>`
    select k.kind, k.value, h.id, h.archived, h.active
    from unnest(${points.map(({ kind }) => kind)}::text[], ${points.map(({ value }) => value)}::text[]) as k (kind, value)
      cross join lateral (
        select p.contact_id from contact_point p
        where p.workspace_id = ${tx.workspaceId} and p.kind = k.kind and p.value_normalized = k.value
        limit ${mostHolders}
      ) p
      cross join lateral (
        select c.id, c.archived_at is not null as archived, c.last_activity_at as active, c.merged_into from contact c
        where c.workspace_id = ${tx.workspaceId} and c.id = p.contact_id offset 0
      ) h
    where h.merged_into is null`.execute(tx.db)
  const holding = read.toSorted(firstComes)
  const ids = [...new Set(holding.map(({ id }) => id))]
  if (ids.length === 0) return { holders: new Map(), notes: new Map() }
  const drafts = await draftsOf(tx, ids, importId, hold)
  const holders = new Map<string, Draft[]>()
  for (const row of holding) {
    const draft = drafts.get(row.id)
    if (!draft) continue
    const key = pointKey(row)
    const others = holders.get(key)
    if (others) others.push(draft)
    else holders.set(key, [draft])
  }
  const noted = rows.some(({ incoming }) => incoming?.note) ? await notesOf(tx, ids) : new Map()
  return { holders, notes: noted }
}

/** These contacts as drafts of themselves. */
export async function draftsOf(
  tx: WorkspaceTx,
  ids: readonly ContactId[],
  importId: string,
  hold: boolean,
): Promise<ReadonlyMap<ContactId, Draft>> {
  // In one order, so that two who hold many never wait for each other.
  if (hold)
    await sql`select id from contact where workspace_id = ${tx.workspaceId} and id = any(${[...ids]}::uuid[]) order by id for update`.execute(
      tx.db,
    )
  const { rows } = await sql<ContactRead>`
    select c.*
    from unnest(${[...ids]}::uuid[]) as k (id) cross join lateral (
      select c.id, c.version, c.name, c.given_name, c.family_name, c.company_id, c.company_role, c.locale, c.zone, c.own_values,
        c.archived_at is not null as archived,
        (select f.name from company f where f.workspace_id = c.workspace_id and f.id = c.company_id) as company,
        exists (
          select from import_row r where r.workspace_id = c.workspace_id and r.contact_id = c.id and r.import_id::text = ${importId}
        ) as touched
      from contact c where c.workspace_id = ${tx.workspaceId} and c.id = k.id offset 0
    ) c`.execute(tx.db)
  const { rows: points } = await sql<PointRead>`
    select p.*
    from unnest(${[...ids]}::uuid[]) as k (id) cross join lateral (
      select p.id, p.contact_id, p.kind, p.value_normalized as value, p.value_as_typed as typed, p.label, p.preferred, p.shared
      from contact_point p where p.workspace_id = ${tx.workspaceId} and p.contact_id = k.id offset 0
    ) p
    order by p.id`.execute(tx.db)
  const { rows: tags } = await sql<{ contact_id: ContactId; name: string }>`
    select t.contact_id, tag.name
    from unnest(${[...ids]}::uuid[]) as k (id)
      cross join lateral (select t.contact_id, t.tag_id from contact_tag t where t.workspace_id = ${tx.workspaceId} and t.contact_id = k.id offset 0) t
      cross join lateral (select tag.name from tag where tag.workspace_id = ${tx.workspaceId} and tag.id = t.tag_id offset 0) tag`.execute(
    tx.db,
  )
  const drafts = new Map(
    rows.map((row): [ContactId, Draft] => [
      row.id,
      {
        id: row.id,
        isNew: false,
        version: row.version,
        archived: row.archived,
        ofThisList: row.touched,
        name: row.name,
        givenName: row.given_name,
        familyName: row.family_name,
        company: row.company,
        companyId: row.company_id,
        companyRole: row.company_role,
        locale: row.locale,
        zone: row.zone,
        own: row.own_values,
        tags: new Map(),
        points: [],
        notes: [],
        before: new Map(),
      },
    ]),
  )
  for (const { contact_id, typed, ...point } of points) drafts.get(contact_id)?.points.push({ ...point, asTyped: typed, isNew: false })
  for (const { contact_id, name } of tags) drafts.get(contact_id)?.tags.set(foldText(name), name)
  return drafts
}

type PointRead = {
  readonly id: ContactPointId
  readonly contact_id: ContactId
  readonly kind: PointKind
  readonly value: string
  readonly typed: string
  readonly label: string | null
  readonly preferred: boolean
  readonly shared: boolean
}

async function notesOf(tx: WorkspaceTx, ids: readonly ContactId[]): Promise<ReadonlyMap<ContactId, ReadonlySet<string>>> {
  const rows = await tx.db
    .selectFrom('note')
    .select(['contact_id', 'body'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', 'in', [...ids])
    .where('audience', '=', 'everybody')
    .execute()
  return new Map([...Map.groupBy(rows, ({ contact_id }) => contact_id)].map(([id, own]) => [id, new Set(own.map(({ body }) => body))]))
}

/** Lets this transaction find rows by their keys alone: plans for tables that were empty a moment ago would walk through them whole, again for each batch. */
export async function byKeys(tx: WorkspaceTx): Promise<void> {
  await sql`select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`.execute(
    tx.db,
  )
}
