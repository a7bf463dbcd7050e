import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { Field, RetentionRule, RowEnd, SubjectPath, TableInventory } from '../../../platform/inventory/index.ts'
import { type Inventory, quote } from '../erasure/plan.rules.ts'
import { retentionRules } from './retention-rules.ts'

/** A foreign key: `table.column` names an id of `to`. `cascade` takes the row along, `block` keeps the other one from going, `empty` forgets it. */
export type Link = { readonly table: string; readonly column: string; readonly to: string; readonly then: 'cascade' | 'block' | 'empty' }

/** What one rule does to one table. */
export type TablePart = {
  readonly rule: RetentionRule
  readonly table: string
  readonly after: string
  readonly how: 'delete_row' | 'empty' | 'erase'
  /** SQL over `t`: the row may go, its age aside. */
  readonly mayGo: string
  /** SQL over `t` and `:held`, an array of contact ids: the row is about one of them. */
  readonly isHeld: string
  /** SQL over `t`: whom the row is about; null where its table does not say it. */
  readonly contact: string | null
  /** Columns that are emptied. */
  readonly emptied: readonly string[]
}

export type RetentionPlan = { readonly parts: readonly TablePart[]; readonly links: readonly Link[] }

/** Reads how the workspace tables hang together, from the database itself. */
export async function readLinks({ db }: Pick<WorkspaceTx, 'db'>): Promise<readonly Link[]> {
  const { rows } = await sql<Link>`
    select k.conrelid::regclass::text as "table", a.attname as "column", k.confrelid::regclass::text as "to",
      case k.confdeltype when 'c' then 'cascade' when 'n' then 'empty' else 'block' end as "then"
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    cross join lateral unnest(k.conkey, k.confkey) as pair (own, theirs)
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.own
    join pg_attribute f on f.attrelid = k.confrelid and f.attnum = pair.theirs
    where k.contype = 'f' and k.conparentid = 0 and f.attname = 'id' and a.attname not in ('workspace_id', 'id')
    order by 1, 2`.execute(db)
  return rows
}

/** Derives from the inventory what ends by which rule, in the order of the rules. Throws where a declaration makes no sense against the database. */
export function planRetention(inventory: Inventory, links: readonly Link[]): RetentionPlan {
  const parts = retentionRules.flatMap(({ rule }) =>
    inventory.flatMap((declared) => (declared.ends?.rule === rule ? [partOf(declared, declared.ends, links)] : [])),
  )
  return { parts, links }
}

function partOf(declared: TableInventory, ends: RowEnd<Record<string, unknown>>, links: readonly Link[]): TablePart {
  const { table } = declared
  const emptied = ends.how === 'empty' ? emptiedColumns(declared.columns) : []
  if (ends.how === 'empty' && emptied.length === 0) throw new Error(`${table} is to be emptied, but none of its columns can be.`)
  const only = Object.entries(ends.only ?? {}).map(
    ([column, values]) => `t.${quote(column)} in (${(values ?? []).map(literal).join(', ')})`,
  )
  const blocked = links
    .filter(({ to, then }) => ends.how === 'delete_row' && to === table && then === 'block')
    .map(
      (link) => `not exists (select from ${quote(link.table)} b where b.workspace_id = t.workspace_id and b.${quote(link.column)} = t.id)`,
    )
  const something = emptied.length > 0 ? [`num_nonnulls(${emptied.map((column) => `t.${quote(column)}`).join(', ')}) > 0`] : []
  const paths = declared.subjects.flatMap((path) => (path.root === 'contact' && 'via' in path ? [path.via] : []))
  const direct = paths.find((via) => via.length === 1)?.[0]
  return {
    rule: ends.rule,
    table,
    after: ends.after,
    how: ends.how,
    mayGo: [...only, ...blocked, ...something, ...(ends.how === 'erase' ? wholePerson(table) : [])].join(' and ') || 'true',
    isHeld: paths.length > 0 ? `(${paths.map((via) => leadsToHeld(table, via, links)).join(' or ')})` : 'false',
    contact: direct === undefined ? null : `t.${quote(direct)}`,
    emptied,
  }
}

/**
 * What keeps a whole person, whatever her age: a request of hers that is open, data that is only kept at her word, an erasure under way, somebody younger who was merged
 * into her, and advertising whose proof has not had its days (`:proof`, the moment before which it has).
 */
function wholePerson(table: string): readonly string[] {
  if (table !== 'contact') throw new Error(`${table} holds no people; only contacts are erased as a whole.`)
  const none = (from: string, where: string) => `not exists (select from ${from} x where x.workspace_id = t.workspace_id and ${where})`
  return [
    't.merged_into is null',
    none('request', 'x.contact_id = t.id and x.closed_at is null'),
    none('restriction', 'x.contact_id = t.id and x.lifted_at is null'),
    none('erasure', 'x.contact_id = t.id'),
    none('contact', 'x.merged_into = t.id and x.last_dealing_at > t.last_dealing_at'),
    none('permit', `x.contact_id = t.id and x.purpose = 'marketing' and x.used_at is not null and x.created_at > :proof`),
  ]
}

/** What an erasure would clear while the row stays: personal columns, not what links rows. */
const emptiedColumns = (columns: Readonly<Record<string, Field>>): readonly string[] =>
  Object.entries(columns).flatMap(([column, field]) => (field.kind === 'personal' && field.erase === 'null' ? [column] : []))

function leadsToHeld(table: string, via: Extract<SubjectPath, { via: readonly string[] }>['via'], links: readonly Link[]): string {
  const step = (at: string, alias: string, rest: readonly string[]): string => {
    const [first = '', ...others] = rest
    if (others.length === 0) return `${alias}.${quote(first)} = any (:held)`
    const link = links.find((each) => each.table === at && each.column === first)
    if (!link) throw new Error(`The inventory leads from ${table} over ${at}.${first}, which is no foreign key.`)
    const next = `p${rest.length}`
    return `exists (select from ${quote(link.to)} ${next} where ${next}.workspace_id = ${alias}.workspace_id and ${next}.id = ${alias}.${quote(first)} and ${step(link.to, next, others)})`
  }
  return step(table, 't', via)
}

/** A text of SQL. Texts come from the inventory, never from outside. */
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
