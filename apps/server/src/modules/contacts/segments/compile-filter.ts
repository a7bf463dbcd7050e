import type { ReachChannel } from '@frontdesk/contract'
import { type RawBuilder, sql } from 'kysely'
import { typedValue } from '../fields/typed-value.ts'
import {
  type IndexedValue,
  isResolvedCondition,
  type ResolvedCondition,
  type ResolvedFilter,
  type ResolvedPart,
} from './resolved-filter.ts'
import type { ContactSource } from './standing-permission.ts'

/**
 * `walk`: contacts are looked at one after the other, and each condition is a look into an index for that one; for a page of a filter that many meet.
 * `set`: each condition is a set of contacts that the database joins as it finds best; for counts, and for filters that few meet.
 */
export type CompileHow = 'walk' | 'set'

/** What the SQL of a filter is made for. */
export type CompileAround = {
  readonly workspaceId: string
  readonly how: CompileHow
  readonly mayBeReached: (channel: ReachChannel) => ContactSource
}

/** The condition on contacts, called `alias`, that a filter stands for. Only allow-listed columns and tables; whatever was typed travels as a parameter. */
export function compileFilter(filter: ResolvedFilter, around: CompileAround, alias = 'c'): RawBuilder<boolean> {
  return compile(filter, around, alias, false)
}

/** Negation is carried down to the conditions, so that only `all` and `any` are left: a negated condition is an anti-join, which no OR could be. */
function compile(part: ResolvedPart, around: CompileAround, alias: string, negated: boolean): RawBuilder<boolean> {
  if (isResolvedCondition(part)) return compileCondition(part, around, alias, part.not !== negated)
  const inner = part.join === 'none' ? !negated : negated
  const all = part.join === 'any' ? negated : !negated
  if (part.parts.length === 0) return all ? sql`true` : sql`false`
  return all ? allOf(part.parts, around, alias, inner) : anyOf(part.parts, around, alias, inner)
}

function allOf(parts: readonly ResolvedPart[], around: CompileAround, alias: string, negated: boolean): RawBuilder<boolean> {
  return sql<boolean>`(${sql.join(
    parts.map((part) => compile(part, around, alias, negated)),
    sql` and `,
  )})`
}

function anyOf(parts: readonly ResolvedPart[], around: CompileAround, alias: string, negated: boolean): RawBuilder<boolean> {
  if (parts.length === 1) return allOf(parts, around, alias, negated)
  if (around.how === 'walk' || parts.every(isOfRow))
    return sql<boolean>`(${sql.join(
      parts.map((part) => compile(part, around, alias, negated)),
      sql` or `,
    )})`
  // An OR of sets is no join; a union of them is one.
  const inner = `${alias}i`
  const each = parts.map(
    (part) =>
      sql`select ${sql.ref(`${inner}.id`)} from contact as ${sql.ref(inner)} where ${sql.ref(`${inner}.workspace_id`)} = ${around.workspaceId} and ${compile(part, around, inner, negated)}`,
  )
  return sql<boolean>`exists (select from (${sql.join(each, sql` union all `)}) u where u.id = ${sql.ref(`${alias}.id`)})`
}

/** Conditions that a contact's own row answers. */
const ofRow: readonly string[] = ['name', 'company', 'owner', 'created', 'last_activity', 'archived']
const isOfRow = (part: ResolvedPart): boolean => (isResolvedCondition(part) ? ofRow.includes(part.on) : part.parts.every(isOfRow))

function compileCondition(condition: ResolvedCondition, around: CompileAround, alias: string, not: boolean): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  const holds = (yes: RawBuilder<unknown>): RawBuilder<boolean> => (not ? sql<boolean>`not (${yes})` : sql<boolean>`(${yes})`)
  switch (condition.on) {
    case 'name':
      return holds(named(column('name_sort'), condition))
    case 'company':
      return equals(column('company_id'), condition.companyId, not)
    case 'owner':
      return equals(column('owner_member_id'), condition.memberId, not)
    case 'created':
    case 'last_activity': {
      const at = column(condition.on === 'created' ? 'created_at' : 'last_activity_at')
      const bounds = [
        ...(condition.from ? [sql`${at} >= ${condition.from}`] : []),
        ...(condition.before ? [sql`${at} < ${condition.before}`] : []),
      ]
      return holds(sql.join(bounds, sql` and `))
    }
    case 'archived':
      return not ? sql<boolean>`${column('archived_at')} is null` : sql<boolean>`${column('archived_at')} is not null`
    case 'tag':
      return among(
        simple('contact_tag', around, condition.tagId === null ? sql`true` : sql`s.tag_id = ${condition.tagId}`),
        around,
        alias,
        not,
      )
    case 'has':
      return among(simple('contact_point', around, sql`s.kind = ${condition.what}`), around, alias, not)
    case 'list':
      return among(simple('list_member', around, sql`s.list_id = ${condition.listId}`), around, alias, not)
    case 'may':
      return among(around.mayBeReached(condition.channel), around, alias, not)
    case 'field':
      return among(ofField(condition, around), around, alias, not)
    case 'event':
      return happened(condition, around, alias, not)
  }
}

function named(name: RawBuilder<unknown>, { how, folded }: Extract<ResolvedCondition, { on: 'name' }>): RawBuilder<unknown> {
  if (how === 'is') return sql`${name} = ${folded}`
  // As a range, which the index by name answers; nothing stands behind the last code point.
  if (how === 'starts') return sql`${name} >= ${folded} and ${name} < ${`${folded}\u{10ffff}`}`
  return sql`position(${folded} in ${name}) > 0`
}

const equals = (column: RawBuilder<unknown>, value: string | null, not: boolean): RawBuilder<boolean> => {
  if (value === null) return not ? sql<boolean>`${column} is not null` : sql<boolean>`${column} is null`
  return not ? sql<boolean>`${column} is distinct from ${value}::uuid` : sql<boolean>`${column} = ${value}::uuid`
}

type Table = 'contact_tag' | 'contact_point' | 'list_member' | 'contact_field_choice'

const simple = (table: Table, { workspaceId }: CompileAround, where: RawBuilder<unknown>): ContactSource => ({
  from: sql`${sql.table(table)} s`,
  where: sql`s.workspace_id = ${workspaceId} and ${where}`,
  id: sql`s.contact_id`,
})

/** Whether the contact is among those that rows name. `offset 0` keeps a look at one contact from becoming a join with all. */
function among({ from, where, id }: ContactSource, { how }: CompileAround, alias: string, not: boolean): RawBuilder<boolean> {
  const found = sql<boolean>`exists (select from ${from} where ${where} and ${id} = ${sql.ref(`${alias}.id`)}${how === 'walk' ? sql` offset 0` : sql``})`
  return not ? sql<boolean>`not ${found}` : found
}

function ofField({ field, is, from, to }: Extract<ResolvedCondition, { on: 'field' }>, around: CompileAround): ContactSource {
  const slot = field.slot
  const value = (one: IndexedValue) => typedValue(field.type, one)
  const oneOf = (column: RawBuilder<unknown>) => (is === null ? sql`true` : sql`${column} in (${sql.join(is.map(value), sql`, `)})`)
  if (slot === null) return simple('contact_field_choice', around, sql`s.field_id = ${field.id} and ${oneOf(sql`s.choice`)}`)
  const column = sql.ref(`s.${slot}`)
  const bounds = [
    sql`${column} is not null`,
    ...(is === null ? [] : [oneOf(column)]),
    ...(from === null ? [] : [sql`${column} >= ${value(from)}`]),
    ...(to === null ? [] : [sql`${column} <= ${value(to)}`]),
  ]
  return {
    from: sql`contact_field_index s`,
    where: sql`s.workspace_id = ${around.workspaceId} and ${sql.join(bounds, sql` and `)}`,
    id: sql`s.id`,
  }
}

/** What happened to those who were merged into her happened to her; the timeline keeps their names. */
function happened(
  { kind, times, since }: Extract<ResolvedCondition, { on: 'event' }>,
  around: CompileAround,
  alias: string,
  not: boolean,
): RawBuilder<boolean> {
  const { workspaceId, how } = around
  const event = sql`e.workspace_id = ${workspaceId} and e.kind = ${kind}${since ? sql` and e.at >= ${since}` : sql``}`
  const hers: ContactSource = { from: sql`timeline_event e`, where: event, id: sql`e.contact_id` }
  const merged: ContactSource = {
    from: sql`contact m join timeline_event e on e.workspace_id = m.workspace_id and e.contact_id = m.id`,
    where: sql`m.workspace_id = ${workspaceId} and m.merged_into is not null and ${event}`,
    id: sql`m.merged_into`,
  }
  if (how === 'set') {
    const both = sql`select ${hers.id} as id from ${hers.from} where ${hers.where} union all select ${merged.id} as id from ${merged.from} where ${merged.where}`
    const often = times === 1 ? both : sql`select b.id from (${both}) b group by b.id having count(*) >= ${times}`
    const found = sql<boolean>`exists (select from (${often}) h where h.id = ${sql.ref(`${alias}.id`)})`
    return not ? sql<boolean>`not ${found}` : found
  }
  const yes =
    times === 1
      ? sql<boolean>`(${among(hers, around, alias, false)} or ${among(merged, around, alias, false)})`
      : sql<boolean>`(${countedUpTo(times, hers, alias)} + ${countedUpTo(times, merged, alias)} >= ${times})`
  return not ? sql<boolean>`not ${yes}` : yes
}

const countedUpTo = (most: number, { from, where, id }: ContactSource, alias: string) =>
  sql`(select count(*) from (select from ${from} where ${where} and ${id} = ${sql.ref(`${alias}.id`)} limit ${most}) l)`
