import type { ContactFilter, FieldType, FieldValue, FilterCondition, FilterGroup, FilterPart, ReachChannel } from '@frontdesk/contract'
import { isCondition, partsOf } from '@frontdesk/contract'
import { indexed } from '../fields/field-value.rules.ts'
import { lookedFor } from '../fields/looked-for.rules.ts'
import { foldText } from '../fold-text.ts'

/** What a filter can know of somebody. */
export type Person = {
  readonly id: string
  readonly name: string
  readonly companyId: string | null
  readonly ownerId: string | null
  readonly tags: readonly string[]
  readonly createdAt: Temporal.Instant
  readonly lastActivityAt: Temporal.Instant
  readonly archived: boolean
  readonly own: Readonly<Record<string, FieldValue>>
  readonly has: readonly ('email' | 'phone')[]
  readonly lists: readonly string[]
  /** Hers, and those of whoever was merged into her. */
  readonly events: readonly { readonly kind: string; readonly at: Temporal.Instant }[]
  readonly may: readonly ReachChannel[]
}

type Around = { readonly now: Temporal.Instant; readonly zone: string; readonly types: Readonly<Record<string, FieldType>> }

/** Whether somebody meets a filter: the oracle, which knows no SQL. */
export const meets = (filter: ContactFilter, person: Person, around: Around): boolean =>
  (speaksOfArchived(filter) || !person.archived) && group(filter, person, around)

const speaksOfArchived = (part: FilterPart): boolean =>
  isCondition(part) ? part.on === 'archived' : partsOf(part).parts.some(speaksOfArchived)

function group(filter: FilterGroup, person: Person, around: Around): boolean {
  const { join, parts } = partsOf(filter)
  const one = (part: FilterPart) =>
    isCondition(part) ? condition(part, person, around) !== (part.not === true) : group(part, person, around)
  if (join === 'all') return parts.every(one)
  return join === 'any' ? parts.some(one) : !parts.some(one)
}

function condition(wish: FilterCondition, person: Person, { now, zone, types }: Around): boolean {
  switch (wish.on) {
    case 'name': {
      const [name, text] = [foldText(person.name), foldText(wish.text)]
      return { is: name === text, starts: name.startsWith(text), has: name.includes(text) }[wish.how]
    }
    case 'company':
      return person.companyId === wish.companyId
    case 'owner':
      return person.ownerId === wish.memberId
    case 'tag':
      return person.tags.some((tag) => foldText(tag) === foldText(wish.tag))
    case 'created':
    case 'last_activity': {
      const at = wish.on === 'created' ? person.createdAt : person.lastActivityAt
      if (wish.withinDays !== undefined) return !isBefore(at, now.subtract({ hours: 24 * wish.withinDays }))
      const day = at.toZonedDateTimeISO(zone).toPlainDate().toString()
      return (wish.from === undefined || day >= wish.from) && (wish.to === undefined || day <= wish.to)
    }
    case 'archived':
      return person.archived
    case 'field': {
      const value = person.own[wish.key]
      const type = types[wish.key]
      if (value === undefined || type === undefined) return false
      if (wish.filled) return true
      const found = Array.isArray(value) ? value : [indexed(type, value)]
      const wanted = (text: string) => {
        const read = lookedFor({ type }, text)
        if ('message' in read) throw new Error(read.message)
        return read.value
      }
      if (wish.is) return wish.is.some((text) => found.includes(wanted(text) as never))
      const [own] = found
      return own !== undefined && (wish.from === undefined || own >= wanted(wish.from)) && (wish.to === undefined || own <= wanted(wish.to))
    }
    case 'has':
      return person.has.includes(wish.what)
    case 'list':
      return person.lists.includes(wish.listId)
    case 'event': {
      const since = wish.withinDays === undefined ? undefined : now.subtract({ hours: 24 * wish.withinDays })
      return person.events.filter(({ kind, at }) => kind === wish.kind && (!since || !isBefore(at, since))).length >= wish.times
    }
    case 'may':
      return person.may.includes(wish.channel)
  }
}

const isBefore = (one: Temporal.Instant, other: Temporal.Instant): boolean => Temporal.Instant.compare(one, other) < 0
