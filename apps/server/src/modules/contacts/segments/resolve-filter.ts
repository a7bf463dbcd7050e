import type { ContactFilter, FilterCondition, FilterGroup, FilterPart } from '@frontdesk/contract'
import { isCondition, partsOf } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { type FieldRow, readFields } from '../fields/list-fields.ts'
import { lookedFor, rangedTypes } from '../fields/looked-for.rules.ts'
import { foldText } from '../fold-text.ts'
import type { ResolvedCondition, ResolvedFilter, ResolvedPart } from './resolved-filter.ts'

type Fault = { readonly path: string; readonly code: string; readonly message: string }

/** What a filter's names stand for in this workspace. */
type Known = {
  readonly zone: string
  readonly fields: readonly FieldRow[]
  readonly tags: ReadonlyMap<string, string>
  readonly companies: ReadonlySet<string>
  readonly members: ReadonlySet<string>
  readonly lists: ReadonlySet<string>
}

/**
 * The filter against the rows of this workspace. Throws `contacts/filter-not-usable` with a fault for each condition that means nothing here: a tag, a company or a list
 * that is not there, a field that is not, is archived or is none that lists are narrowed by, a value of another type.
 */
export async function resolveFilter(tx: WorkspaceTx, filter: ContactFilter, at = 'filter'): Promise<ResolvedFilter> {
  const known = await load(tx, conditionsIn(filter))
  const faults: Fault[] = []
  const resolved = resolveGroup(filter, at)
  if (faults.length === 0) return resolved
  throw new Refusal('contacts/filter-not-usable', {
    detail: `${faults.map(({ message }) => message).join(' ')} Nothing was changed.`,
    faults,
  })

  function resolveGroup(group: FilterGroup, path: string): ResolvedFilter {
    const { join, parts } = partsOf(group)
    return { join, parts: parts.flatMap((part, place): ResolvedPart[] => resolvePart(part, `${path}.${join}.${place}`)) }
  }

  function resolvePart(part: FilterPart, path: string): ResolvedPart[] {
    if (!isCondition(part)) return [resolveGroup(part, path)]
    const found = resolveCondition(part, known, tx.now)
    if ('message' in found) faults.push({ path, ...found })
    return 'message' in found ? [] : [found]
  }
}

const conditionsIn = (group: FilterGroup): readonly FilterCondition[] =>
  partsOf(group).parts.flatMap((part) => (isCondition(part) ? [part] : conditionsIn(part)))

type Unknown = Omit<Fault, 'path'>

function resolveCondition(condition: FilterCondition, known: Known, now: Temporal.Instant): ResolvedCondition | Unknown {
  const not = condition.not === true
  switch (condition.on) {
    case 'name': {
      const folded = foldText(condition.text)
      return folded === ''
        ? { code: 'filter_text', message: 'Write a name, or a part of one.' }
        : { on: 'name', how: condition.how, folded, not }
    }
    case 'company':
      return condition.companyId === null || known.companies.has(condition.companyId)
        ? { on: 'company', companyId: condition.companyId, not }
        : { code: 'filter_company', message: 'A company of this filter is not there any more.' }
    case 'owner':
      return condition.memberId === null || known.members.has(condition.memberId)
        ? { on: 'owner', memberId: condition.memberId, not }
        : { code: 'filter_member', message: 'Somebody whom this filter names does not work here.' }
    case 'tag': {
      const tagId = known.tags.get(foldText(condition.tag))
      return tagId === undefined ? { code: 'filter_tag', message: `There is no tag “${condition.tag}”.` } : { on: 'tag', tagId, not }
    }
    case 'list':
      return known.lists.has(condition.listId)
        ? { on: 'list', listId: condition.listId, not }
        : { code: 'filter_list', message: 'A list of this filter is not there any more, or is archived.' }
    case 'created':
    case 'last_activity':
      return resolveTime(condition, known.zone, now)
    case 'field':
      return resolveField(condition, known.fields)
    case 'event': {
      const since = condition.withinDays === undefined ? null : daysAgo(now, condition.withinDays)
      return { on: 'event', kind: condition.kind, times: condition.times, since, not }
    }
    case 'archived':
      return { on: 'archived', not }
    case 'has':
      return { on: 'has', what: condition.what, not }
    case 'may':
      return { on: 'may', channel: condition.channel, not }
  }
}

const daysAgo = (now: Temporal.Instant, days: number): Temporal.Instant => now.subtract({ hours: 24 * days })

function resolveTime(
  { on, withinDays, from, to, not }: Extract<FilterCondition, { on: 'created' | 'last_activity' }>,
  zone: string,
  now: Temporal.Instant,
): ResolvedCondition | Unknown {
  if (withinDays !== undefined) return { on, from: daysAgo(now, withinDays), before: null, not: not === true }
  const dayBegins = (day: string, later: number) => Temporal.PlainDate.from(day).add({ days: later }).toZonedDateTime(zone).toInstant()
  try {
    return {
      on,
      from: from === undefined ? null : dayBegins(from, 0),
      before: to === undefined ? null : dayBegins(to, 1),
      not: not === true,
    }
  } catch {
    return { code: 'filter_date', message: 'Write the date like 2026-11-22.' }
  }
}

function resolveField(
  { key, is, from, to, not }: Extract<FilterCondition, { on: 'field' }>,
  fields: readonly FieldRow[],
): ResolvedCondition | Unknown {
  const field = fields.find((each) => each.key === key)
  if (!field) return { code: 'filter_field', message: `There is no field ${key}.` }
  if (field.archived_at !== null) return { code: 'filter_field_archived', message: `The field “${field.label}” is archived.` }
  if (field.filter !== 'ready')
    return {
      code: 'filter_field_off',
      message: `Lists are not narrowed by “${field.label}”. Turn that on in the settings, or wait a moment.`,
    }
  if ((from !== undefined || to !== undefined) && !rangedTypes.includes(field.type))
    return { code: 'filter_value', message: `“${field.label}” has no order: say which values.` }
  const read = (text: string) => {
    const found = lookedFor(field, text)
    const offered = !field.type.startsWith('choice') || field.choices.some(({ key: choice }) => choice === text)
    return offered ? found : { message: 'Choose one of the choices of this field.' }
  }
  const bounds = [...(is ?? []), ...(from === undefined ? [] : [from]), ...(to === undefined ? [] : [to])].map(read)
  const wrong = bounds.find((one) => 'message' in one)
  if (wrong && 'message' in wrong) return { code: 'filter_value', message: `${field.label}: ${wrong.message}` }
  const value = (text: string | undefined) => {
    const found = text === undefined ? undefined : read(text)
    return found && 'value' in found ? found.value : null
  }
  return {
    on: 'field',
    field: { id: field.id, key: field.key, slot: field.slot, type: field.type },
    is: is === undefined ? null : is.flatMap((text) => value(text) ?? []),
    from: value(from),
    to: value(to),
    not: not === true,
  }
}

async function load(tx: WorkspaceTx, conditions: readonly FilterCondition[]): Promise<Known> {
  const asked = <On extends FilterCondition['on']>(on: On) =>
    conditions.filter((one): one is Extract<FilterCondition, { on: On }> => one.on === on)
  const ids = async (table: 'company' | 'member' | 'list', wanted: readonly (string | null)[]): Promise<ReadonlySet<string>> => {
    const some = wanted.filter((id) => id !== null)
    if (some.length === 0) return new Set()
    const rows = await tx.db
      .selectFrom(table)
      .select(`${table}.id`)
      .where(`${table}.workspace_id`, '=', tx.workspaceId)
      .where(`${table}.id`, 'in', some as never[])
      .$if(table === 'list', (query) => query.where('archived_at' as never, 'is', null as never))
      .execute()
    return new Set(rows.map(({ id }) => id as string))
  }
  const tags = asked('tag').map(({ tag }) => foldText(tag))
  const tagRows =
    tags.length === 0
      ? []
      : await tx.db
          .selectFrom('tag')
          .select(['id', 'name_folded'])
          .where('workspace_id', '=', tx.workspaceId)
          .where('name_folded', 'in', tags)
          .execute()
  return {
    zone: asked('created').length + asked('last_activity').length > 0 ? (await workspaceFacts(tx)).zone : 'UTC',
    fields: asked('field').length > 0 ? await readFields(tx) : [],
    tags: new Map(tagRows.map(({ id, name_folded }) => [name_folded, id])),
    companies: await ids(
      'company',
      asked('company').map(({ companyId }) => companyId),
    ),
    members: await ids(
      'member',
      asked('owner').map(({ memberId }) => memberId),
    ),
    lists: await ids(
      'list',
      asked('list').map(({ listId }) => listId),
    ),
  }
}
