import type { ContactId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { fieldsInUse } from '../fields/list-fields.ts'
import { compare, keysOf, type Likeness, type PersonFacts, tellingFields } from './duplicate.rules.ts'

/** What more contacts than this have in common says nothing: a front desk's number, a town's commonest name. */
const MOST_OF_ONE_KEY = 40

/**
 * Looks for contacts that may be the same person as these, and writes down each pair with its reasons. What is no longer so goes; what somebody decided stays.
 * Set-based: the cost is that of a few look-ups by index for each contact, however many the workspace has.
 * Answers how many pairs are new.
 */
export async function findDuplicates(tx: WorkspaceTx, contactIds: readonly ContactId[]): Promise<number> {
  const ids = [...new Set(contactIds)].toSorted()
  if (ids.length === 0) return 0
  await takeTurn(tx)
  const fields = tellingFields(await fieldsInUse(tx))
  const people = await factsOf(tx, ids, fields)
  await writeKeys(tx, ids, people)
  const met = await candidatesOf(tx, [...people.keys()])
  const others = await factsOf(
    tx,
    [...new Set(met.map(({ other }) => other))].filter((id) => !people.has(id)),
    fields,
  )
  const found = new Map<string, Pair>()
  for (const { one, other } of met) {
    const [first, second] = one < other ? [one, other] : [other, one]
    const name = `${first} ${second}`
    if (found.has(name)) continue
    const [a, b] = [first, second].map((id) => people.get(id) ?? others.get(id))
    const likeness = a && b && compare(a, b)
    if (likeness) found.set(name, { first, second, ...likeness })
  }
  return writePairs(tx, ids, await undecided(tx, [...found.values()]))
}

/** One at a time in a workspace: two that came at once would each look before the other's keys are there, and neither would find the pair. */
const takeTurn = (tx: WorkspaceTx) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`duplicates ${tx.workspaceId}`}, 0))`.execute(tx.db)

type Pair = Likeness & { readonly first: ContactId; readonly second: ContactId }
type Telling = ReturnType<typeof tellingFields>

/** What is known of these people. Those who were merged or archived are left out. */
async function factsOf(tx: WorkspaceTx, ids: readonly ContactId[], fields: Telling): Promise<ReadonlyMap<ContactId, PersonFacts>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{
    id: ContactId
    name: string
    company: string | null
    own: Readonly<Record<string, unknown>>
    points: PersonFacts['points'] | null
  }>`
    select c.id, c.name, c.company_id as company, c.own_values as own,
      (select json_agg(json_build_object('kind', p.kind, 'value', p.value_normalized)) from contact_point p
        where p.workspace_id = c.workspace_id and p.contact_id = c.id and p.kind <> 'handle') as points
    from contact c where c.workspace_id = ${tx.workspaceId} and c.id = any (${[...ids]}::uuid[]) and c.merged_into is null and c.archived_at is null`.execute(
    tx.db,
  )
  const textOf = (own: Readonly<Record<string, unknown>>, keys: readonly string[]) =>
    keys.map((key) => own[key]).find((value): value is string => typeof value === 'string' && value !== '') ?? null
  return new Map(
    rows.map(({ id, name, company, own, points }) => [
      id,
      { id, name, companyId: company, birthday: textOf(own, fields.birthday), city: textOf(own, fields.city), points: points ?? [] },
    ]),
  )
}

async function writeKeys(tx: WorkspaceTx, ids: readonly ContactId[], people: ReadonlyMap<ContactId, PersonFacts>): Promise<void> {
  const keys = [...people.values()].flatMap((person) => keysOf(person).map((key) => ({ contact_id: person.id, key })))
  const wanted = JSON.stringify(keys)
  await sql`
    delete from duplicate_key k where k.workspace_id = ${tx.workspaceId} and k.contact_id = any (${[...ids]}::uuid[])
      and not exists (select from jsonb_to_recordset(${wanted}::jsonb) as w (contact_id uuid, key text) where w.contact_id = k.contact_id and w.key = k.key)`.execute(
    tx.db,
  )
  if (keys.length === 0) return
  await sql`
    insert into duplicate_key (workspace_id, id, contact_id, key)
    select ${tx.workspaceId}, gen_random_uuid(), w.contact_id, w.key from jsonb_to_recordset(${wanted}::jsonb) as w (contact_id uuid, key text)
    order by w.contact_id, w.key on conflict (workspace_id, contact_id, key) do nothing`.execute(tx.db)
}

/** Who shares a key with these. A key of very many is passed over. */
async function candidatesOf(tx: WorkspaceTx, ids: readonly ContactId[]): Promise<readonly { one: ContactId; other: ContactId }[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ one: ContactId; others: ContactId[] | null }>`
    select k.contact_id as one, x.others from duplicate_key k cross join lateral (
      select array_agg(o.contact_id) as others from (
        select s.contact_id from duplicate_key s where s.workspace_id = ${tx.workspaceId} and s.key = k.key limit ${MOST_OF_ONE_KEY + 1}) o
    ) x where k.workspace_id = ${tx.workspaceId} and k.contact_id = any (${[...ids]}::uuid[])`.execute(tx.db)
  return rows.flatMap(({ one, others }) =>
    (others ?? []).length > MOST_OF_ONE_KEY ? [] : (others ?? []).filter((other) => other !== one).map((other) => ({ one, other })),
  )
}

/** Without those of whom somebody said that they are not the same person, also where it was said of one who was merged into one of them since. */
async function undecided(tx: WorkspaceTx, pairs: readonly Pair[]): Promise<readonly Pair[]> {
  if (pairs.length === 0) return []
  const ids = [...new Set(pairs.flatMap(({ first, second }) => [first, second]))]
  const { rows } = await sql<{ first: ContactId; second: ContactId }>`
    with whole (id, is_now) as (
      select c.id, c.id from contact c where c.workspace_id = ${tx.workspaceId} and c.id = any (${ids}::uuid[])
      union all
      select c.id, c.merged_into from contact c where c.workspace_id = ${tx.workspaceId} and c.merged_into = any (${ids}::uuid[])
    )
    select least(a.is_now, b.is_now) as first, greatest(a.is_now, b.is_now) as second
    from duplicate_pair p join whole a on a.id = p.first_id join whole b on b.id = p.second_id
    where p.workspace_id = ${tx.workspaceId} and p.first_id in (select id from whole) and p.state = 'not_same'`.execute(tx.db)
  const decided = new Set(rows.map(({ first, second }) => `${first} ${second}`))
  return pairs.filter(({ first, second }) => !decided.has(`${first} ${second}`))
}

async function writePairs(tx: WorkspaceTx, ids: readonly ContactId[], pairs: readonly Pair[]): Promise<number> {
  const wanted = JSON.stringify(
    pairs.map(({ first, second, likeness, score, reasons }) => ({ first_id: first, second_id: second, likeness, score, reasons })),
  )
  await sql`
    delete from duplicate_pair p where p.workspace_id = ${tx.workspaceId} and p.state = 'open' and p.id in (
        select a.id from duplicate_pair a where a.workspace_id = ${tx.workspaceId} and a.first_id = any (${[...ids]}::uuid[])
        union all select b.id from duplicate_pair b where b.workspace_id = ${tx.workspaceId} and b.second_id = any (${[...ids]}::uuid[]))
      and not exists (select from jsonb_to_recordset(${wanted}::jsonb) as w (first_id uuid, second_id uuid) where w.first_id = p.first_id and w.second_id = p.second_id)`.execute(
    tx.db,
  )
  if (pairs.length === 0) return 0
  const { rows } = await sql<{ new: boolean }>`
    insert into duplicate_pair (workspace_id, id, first_id, second_id, likeness, score, reasons, state, found_at)
    select ${tx.workspaceId}, gen_random_uuid(), w.first_id, w.second_id, w.likeness, w.score, w.reasons, 'open', ${tx.now}
    from jsonb_to_recordset(${wanted}::jsonb) as w (first_id uuid, second_id uuid, likeness text, score int, reasons jsonb)
    order by w.first_id, w.second_id
    on conflict (workspace_id, first_id, second_id) do update set likeness = excluded.likeness, score = excluded.score, reasons = excluded.reasons
      where duplicate_pair.state = 'open' returning xmax = 0 as new`.execute(tx.db)
  return rows.filter((row) => row.new).length
}
