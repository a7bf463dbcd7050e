import type { ContactGroups, ContactGroupsQuery, Principal } from '@frontdesk/contract'
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { contactsPolicy, seesOnlyOf } from '../contacts.policy.ts'
import { foldText } from '../fold-text.ts'
import { readyList } from '../list-contacts.ts'
import { moreMemory, whereBegins, whereFilter } from '../segments/filter-contacts.ts'
import { type Grouping, NO_GROUP, readGrouping } from './grouping.ts'

/** So many groups are a list that somebody reads; the largest ones. */
const MOST_GROUPS = 500

type Counted = { readonly key: string | null; readonly count: number; readonly groups: number }

/** The groups of a list, as it is narrowed, and how many are in each. A representative's groups hold her own contacts. Throws `contacts/filter-not-usable`, and 400 for what cannot be grouped by. */
export async function groupContacts(tx: WorkspaceTx, by: Principal, wish: z.output<typeof ContactGroupsQuery>): Promise<ContactGroups> {
  contactsPolicy.require(by, 'contacts.read')
  const grouping = await readGrouping(tx, wish.by)
  const ready = await readyList(tx, seesOnlyOf(by), wish)
  await moreMemory(tx)
  const meant = sql<boolean>`${whereBegins(tx, ready)} and ${whereFilter(tx, ready, 'set')}`
  const counted = await countedBy(tx, grouping, meant)
  const nobody = counted.find(({ key }) => key === null)
  const counts = new Map(counted.flatMap(({ key, count }) => (key === null ? [] : [[key, count] as const])))
  const named = await namesOf(tx, grouping, [...counts.keys()], seesOnlyOf(by) !== null)
  const groups = named.flatMap(({ key, name, always }) => {
    const count = counts.get(key) ?? 0
    return count > 0 || always ? [{ key, name, count }] : []
  })
  const all = counted[0]?.groups ?? 0
  return {
    groups: [...groups, ...(nobody && nobody.count > 0 ? [{ key: NO_GROUP, name: null, count: nobody.count }] : [])],
    left: Math.max(0, all - counted.length),
  }
}

/** How many are in each group, the largest first, those in none before all; and how many groups there are. */
async function countedBy(tx: WorkspaceTx, grouping: Grouping, meant: RawBuilder<boolean>): Promise<readonly Counted[]> {
  const { rows } = await sql<Counted>`
    with counted as (${countsOf(tx, grouping, meant)})
    select key::text as key, count, (select count(*)::int from counted where count > 0) as groups from counted where count > 0
    order by (key is null) desc, count desc, key limit ${MOST_GROUPS + 1}`.execute(tx.db)
  return rows
}

function countsOf(tx: WorkspaceTx, grouping: Grouping, meant: RawBuilder<boolean>): RawBuilder<unknown> {
  const of = (column: string) =>
    sql`select ${sql.ref(`c.${column}`)} as key, count(*)::int as count from contact c where ${meant} group by 1`
  if (grouping.by !== 'field') {
    if (grouping.by === 'tag') return ofSeveral(meant, sql`contact_tag s`, sql`s.tag_id`, sql`s.workspace_id = ${tx.workspaceId}`)
    return of(grouping.by === 'owner' ? 'owner_member_id' : 'company_id')
  }
  const { field } = grouping
  if (field.slot === null)
    return ofSeveral(
      meant,
      sql`contact_field_choice s`,
      sql`s.choice`,
      sql`s.workspace_id = ${tx.workspaceId} and s.field_id = ${field.id}`,
    )
  const slot = sql.ref(`s.${field.slot}`)
  return sql`select ${slot} as key, count(*)::int as count from contact c
    left join contact_field_index s on s.workspace_id = ${tx.workspaceId} and s.id = c.id and ${slot} is not null
    where ${meant} group by 1`
}

/** Of what one may have several: somebody counts in each, and in none where there is nothing. */
const ofSeveral = (meant: RawBuilder<boolean>, from: RawBuilder<unknown>, key: RawBuilder<unknown>, where: RawBuilder<unknown>) => sql`
  select ${key} as key, count(*)::int as count from ${from} join contact c on c.workspace_id = s.workspace_id and c.id = s.contact_id
  where ${where} and ${meant} group by 1
  union all
  select null, count(*)::int from contact c where ${meant} and not exists (select from ${from} where ${where} and s.contact_id = c.id)`

/** A group; one that is `always` there is shown without anybody in it too. */
type Named = { readonly key: string; readonly name: string; readonly always: boolean }

/** What the groups are called, in the order in which they are shown: choices in theirs, all others by name. */
async function namesOf(tx: WorkspaceTx, grouping: Grouping, keys: readonly string[], ownOnly: boolean): Promise<readonly Named[]> {
  if (grouping.by === 'field') {
    const { field } = grouping
    if (field.type === 'yes_no') return ['yes', 'no'].map((key) => ({ key, name: key, always: true }))
    return field.choices.map(({ key, label, archived }) => ({ key, name: label, always: !archived }))
  }
  if (grouping.by === 'owner') {
    const members = await tx.db
      .selectFrom('member')
      .select(['id', 'name', 'deactivated_at'])
      .where('workspace_id', '=', tx.workspaceId)
      .execute()
    return byName(members.map(({ id, name, deactivated_at }) => ({ key: id, name, always: !ownOnly && deactivated_at === null })))
  }
  if (keys.length === 0) return []
  const rows = await tx.db
    .selectFrom(grouping.by)
    .select(['id', 'name'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', [...keys])
    .execute()
  return byName(rows.map(({ id, name }) => ({ key: id, name, always: false })))
}

const byName = (named: readonly Named[]): readonly Named[] =>
  named
    .map((one) => ({ one, folded: foldText(one.name) }))
    .toSorted((a, b) => (a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : a.one.key < b.one.key ? -1 : 1))
    .map(({ one }) => one)
