import type { ContactId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'

/**
 * Columns that name a contact and stay as they are in a merge, with the reason. Everything else that the database knows to point at a contact goes over to the one that stays: a
 * new table joins by its foreign key alone. A test fails for one that can do neither.
 */
export const staying: Readonly<Record<string, string>> = {
  'contact_change.contact_id': 'The history of each card is its own: versions count there, and after an undo it goes on where it was.',
  'contact_field_index.id': 'Made anew from the values of the contact that stays.',
  'contact_field_choice.contact_id': 'Made anew from the values of the contact that stays.',
  'duplicate_key.contact_id': 'Made anew for the contact that stays.',
  'duplicate_pair.first_id': 'What was decided of two stays about these two; it is read for whoever they are now.',
  'duplicate_pair.second_id': 'What was decided of two stays about these two; it is read for whoever they are now.',
  'standing_answer.id': 'Looked at anew for the contact that stays.',
  'contact_merge.survivor_id': 'The merges themselves.',
  'contact_merge.merged_id': 'The merges themselves.',
  'timeline_event.contact_id': 'Nothing rewrites what happened; the timeline is read with that of those who were merged.',
  'consent.contact_id': 'Nothing rewrites the ledger; the gate reads it with that of those who were merged, the stricter of the two.',
  'data_use_answer.contact_id': 'Nothing rewrites an answer; it is read with those of those who were merged, the stricter of the two.',
  'privacy_signal.contact_id': 'Nothing rewrites what a browser said; it is read with those who were merged.',
  'disclosure.contact_id': 'The account of who received what stays as it was written; it is read with those who were merged.',
  'sensitive_reveal.contact_id': 'Who saw what, and whose it was then.',
  'erasure.contact_id': 'While somebody is being erased nobody is merged; afterwards it names nobody.',
  'import_row.contact_id': 'What a list did is taken back on the card it did it to, and from whoever has it from there.',
  'bulk_change_row.contact_id': 'What an act on many did is taken back on the card it did it to, and from whoever has it from there.',
  'policy_telling.after_contact_id': 'How far a list was worked through; it names a place in the list.',
}

/** Columns that name a contact without a foreign key, because her row may go before theirs. They go over too. */
export const withoutForeignKey: readonly string[] = ['file_subject.contact_id', 'mail.about_contact_id']

/** Columns that name one of her addresses or numbers without a foreign key. */
export const pointsWithoutForeignKey: readonly string[] = ['request.point_id']

/** A column whose rows go over; `unique` are the keys in which it stands, so that nothing is given to the contact that stays twice. */
export type Place = { readonly table: string; readonly column: string; readonly unique: readonly UniqueKey[] }
type UniqueKey = { readonly others: readonly string[]; readonly where: string | null }

const nameOf = ({ table, column }: Pick<Place, 'table' | 'column'>): string => `${table}.${column}`

/** Where rows of a contact, or of one of her addresses, stand: as the database has it right now. What the app may not change only ever grows, and stays. */
export async function placesOf(tx: WorkspaceTx, root: 'contact' | 'contact_point'): Promise<readonly Place[]> {
  const named = root === 'contact' ? withoutForeignKey : pointsWithoutForeignKey
  const { rows } = await sql<Place>`
    with pointing as (
      select k.conrelid as relation, a.attname::text as name from pg_constraint k
      cross join lateral unnest(k.conkey, k.confkey) as pair (own, theirs)
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.own
      join pg_attribute f on f.attrelid = k.confrelid and f.attnum = pair.theirs
      where k.contype = 'f' and k.conparentid = 0 and k.confrelid = ${`public.${root}`}::regclass and f.attname = 'id' and a.attname <> 'id'
      union
      select ('public.' || split_part(place, '.', 1))::regclass, split_part(place, '.', 2) from unnest(${[...named]}::text[]) as place
    )
    select c.relname::text as "table", p.name as "column", coalesce((
      select json_agg(json_build_object(
        'others', (select coalesce(json_agg(a.attname order by a.attnum), '[]') from pg_attribute a
          where a.attrelid = i.indrelid and a.attnum = any (i.indkey) and a.attname not in ('workspace_id', p.name)),
        'where', pg_get_expr(i.indpred, i.indrelid)))
      from pg_index i join pg_attribute own on own.attrelid = i.indrelid and own.attname = p.name
      where i.indrelid = p.relation and i.indisunique and own.attnum = any (i.indkey)), '[]') as "unique"
    from pointing p join pg_class c on c.oid = p.relation
    where has_table_privilege(p.relation, 'update')
    order by 1, 2`.execute(tx.db)
  return rows.filter((place) => staying[nameOf(place)] === undefined)
}

type Move = {
  readonly mergeId: string
  readonly from: string
  readonly to: string
  /** Those whom `to` was merged into by later merges. */
  readonly above?: readonly string[]
}

/**
 * Gives every row at this place that names `from` to `to`, and writes down which. A row of which `to` has the like already, where only one may be, or gave it to one above, stays where it is.
 * Answers how many went.
 */
export async function moveRows(tx: WorkspaceTx, place: Place, { mergeId, from, to, above = [] }: Move): Promise<number> {
  const unless = sql.join([unlessThere(tx, place, from, to), ...above.map((id) => unlessThere(tx, place, from, id, to))], sql``)
  const { rows } = await sql<{ moved: number }>`
    with moved as (
      update ${sql.table(place.table)} t set ${sql.ref(place.column)} = ${to}::uuid
      where t.workspace_id = ${tx.workspaceId} and t.${sql.ref(place.column)} = ${from}::uuid ${unless}
      returning t.id
    ), noted as (
      insert into contact_merge_row (workspace_id, id, merge_id, place, row_id, from_id, to_id)
      select ${tx.workspaceId}, gen_random_uuid(), ${mergeId}, ${nameOf(place)}, moved.id, ${from}::uuid, ${to}::uuid from moved
      on conflict (workspace_id, merge_id, place, row_id) do nothing
    )
    select count(*)::int as moved from moved`.execute(tx.db)
  return rows[0]?.moved ?? 0
}

/** Leaves out the rows of `from` of which `to` has the like where only one may be; with `giver`, only the like of what that one gave away in a merge. */
function unlessThere(tx: WorkspaceTx, place: Place, from: string, to: string, giver?: string) {
  const { table, column, unique } = place
  const given = giver
    ? sql` and s.id in (select row_id from contact_merge_row where workspace_id = ${tx.workspaceId} and place = ${nameOf(place)} and from_id = ${giver}::uuid)`
    : sql``
  const met = unique.map(({ others, where }) => {
    const narrowed = sql.raw(where === null ? '' : ` and ${where}`)
    const whose = (id: string) =>
      sql`(select * from ${sql.table(table)} where workspace_id = ${tx.workspaceId} and ${sql.ref(column)} = ${id}::uuid${narrowed})`
    const alike = sql.join(
      others.map((other) => sql`l.${sql.ref(other)} = s.${sql.ref(other)}`),
      sql` and `,
    )
    return sql` and t.id not in (select l.id from ${whose(from)} l join ${whose(to)} s on ${others.length > 0 ? alike : sql`true`}${given})`
  })
  return sql.join(met, sql``)
}

/** Gives rows back that a merge gave away, as far as they still are where it put them. */
export async function moveBack(tx: WorkspaceTx, place: Place, mergeId: string): Promise<void> {
  const { rows: ways } = await sql<{ from: string; to: string; ids: string[] }>`
    select from_id as "from", to_id as "to", array_agg(row_id) as ids from contact_merge_row
    where workspace_id = ${tx.workspaceId} and merge_id = ${mergeId} and place = ${nameOf(place)} group by 1, 2`.execute(tx.db)
  for (const { from, to, ids } of ways) await giveRows(tx, place, { ids, from: to, to: from })
}

/** Gives these rows from one to another, where they are the first one's. Answers those that went. */
export async function giveRows(
  tx: WorkspaceTx,
  place: Place,
  { ids, from, to }: { readonly ids: readonly string[]; readonly from: string; readonly to: string },
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    update ${sql.table(place.table)} t set ${sql.ref(place.column)} = ${to}::uuid
    where t.workspace_id = ${tx.workspaceId} and t.${sql.ref(place.column)} = ${from}::uuid and t.id = any (${[...ids]}::uuid[]) ${unlessThere(tx, place, from, to)}
    returning t.id`.execute(tx.db)
  return rows.map(({ id }) => id)
}

/** How many rows a contact has at a place. */
export async function countRows(tx: WorkspaceTx, { table, column }: Place, contactId: ContactId): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${sql.table(table)} t where t.workspace_id = ${tx.workspaceId} and t.${sql.ref(column)} = ${contactId}`.execute(
    tx.db,
  )
  return rows[0]?.count ?? 0
}
