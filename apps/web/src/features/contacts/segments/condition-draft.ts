import type { FilterCondition } from '@frontdesk/contract'
import { typedAmount } from '../../../lib/money.ts'
import { valueFrom } from '../fields/own-value.ts'
import type { OwnField } from '../fields/queries.ts'

/** What a condition looks at, as it is chosen: an own field by its key. */
export type Look =
  | 'name'
  | 'company'
  | 'owner'
  | 'tag'
  | 'list'
  | 'created'
  | 'last_activity'
  | 'archived'
  | 'email'
  | 'phone'
  | 'event'
  | 'may_email'
  | 'may_sms'
  | 'may_call'
  | `field:${string}`

/** A condition as it is being written. */
export type Draft = {
  readonly look: Look
  readonly not: boolean
  readonly how: 'is' | 'starts' | 'has'
  readonly text: string
  /** The id of a member, a company or a list; empty: none of them. */
  readonly chosen: string
  readonly when: 'within' | 'between' | 'ever'
  readonly days: string
  readonly from: string
  readonly to: string
  readonly filled: boolean
  /** Of a field with few values. */
  readonly values: readonly string[]
  readonly kind: string
  readonly times: string
}

/** What a new one begins with. */
export const emptyDraft: Draft = {
  look: 'tag',
  not: false,
  how: 'has',
  text: '',
  chosen: '',
  when: 'within',
  days: '30',
  from: '',
  to: '',
  filled: false,
  values: [],
  kind: 'booking.confirmed',
  times: '1',
}

/** Types of own fields that are chosen from a few values. */
export const chosenTypes: readonly string[] = ['choice', 'choices', 'yes_no', 'person']
/** Those that have an order. */
export const rangedTypes: readonly string[] = ['number', 'money', 'date']

/** A condition as its form begins with it. */
export function draftOf(condition: FilterCondition, fields: readonly OwnField[]): Draft {
  const draft = { ...emptyDraft, not: condition.not === true }
  const time = (wish: { withinDays?: number | undefined; from?: string | undefined; to?: string | undefined }) =>
    wish.withinDays === undefined
      ? ({ when: 'between', from: wish.from ?? '', to: wish.to ?? '' } as const)
      : ({ when: 'within', days: String(wish.withinDays) } as const)
  switch (condition.on) {
    case 'name':
      return { ...draft, look: 'name', how: condition.how, text: condition.text }
    case 'company':
      return { ...draft, look: 'company', chosen: condition.companyId ?? '' }
    case 'owner':
      return { ...draft, look: 'owner', chosen: condition.memberId ?? '' }
    case 'tag':
      return { ...draft, look: 'tag', text: condition.tag }
    case 'list':
      return { ...draft, look: 'list', chosen: condition.listId }
    case 'created':
    case 'last_activity':
      return { ...draft, look: condition.on, ...time(condition) }
    case 'archived':
      return { ...draft, look: 'archived' }
    case 'has':
      return { ...draft, look: condition.what }
    case 'may':
      return { ...draft, look: `may_${condition.channel}` }
    case 'event':
      return {
        ...draft,
        look: 'event',
        kind: condition.kind,
        times: String(condition.times),
        ...(condition.withinDays === undefined
          ? { when: 'ever' as const }
          : { when: 'within' as const, days: String(condition.withinDays) }),
      }
    case 'field': {
      const field = fields.find(({ key }) => key === condition.key)
      const typed = (text: string | undefined): string => {
        if (text === undefined || field?.type !== 'money') return text ?? ''
        return typedAmount(text, field.currency ?? 'USD')
      }
      return {
        ...draft,
        look: `field:${condition.key}`,
        filled: condition.filled === true,
        values: condition.is ?? [],
        text: condition.is?.[0] ?? '',
        from: typed(condition.from),
        to: typed(condition.to),
      }
    }
  }
}

const whole = (text: string, most: number): number | undefined => {
  const number = Number(text)
  return Number.isInteger(number) && number >= 1 && number <= most ? number : undefined
}

/** The condition that was written; undefined where something is missing. The server looks again. */
export function conditionFrom(draft: Draft, fields: readonly OwnField[]): FilterCondition | undefined {
  const not = draft.not ? ({ not: true } as const) : {}
  const text = draft.text.trim()
  if (draft.look.startsWith('field:')) {
    const field = fields.find(({ key }) => `field:${key}` === draft.look)
    return field && fieldCondition(field, draft, not)
  }
  switch (draft.look) {
    case 'name':
      return text === '' ? undefined : { on: 'name', how: draft.how, text, ...not }
    case 'tag':
      return text === '' ? undefined : { on: 'tag', tag: text, ...not }
    case 'company':
      return { on: 'company', companyId: draft.chosen || null, ...not }
    case 'owner':
      return { on: 'owner', memberId: (draft.chosen || null) as never, ...not }
    case 'list':
      return draft.chosen === '' ? undefined : { on: 'list', listId: draft.chosen, ...not }
    case 'archived':
      return { on: 'archived', ...not }
    case 'email':
    case 'phone':
      return { on: 'has', what: draft.look, ...not }
    case 'may_email':
      return { on: 'may', channel: 'email', ...not }
    case 'may_sms':
      return { on: 'may', channel: 'sms', ...not }
    case 'may_call':
      return { on: 'may', channel: 'call', ...not }
    case 'created':
    case 'last_activity': {
      if (draft.when !== 'between') {
        const withinDays = whole(draft.days, 3660)
        return withinDays === undefined ? undefined : { on: draft.look, withinDays, ...not }
      }
      if (draft.from === '' && draft.to === '') return undefined
      return { on: draft.look, ...(draft.from ? { from: draft.from } : {}), ...(draft.to ? { to: draft.to } : {}), ...not }
    }
    case 'event': {
      const times = whole(draft.times, 100)
      const withinDays = draft.when === 'ever' ? undefined : whole(draft.days, 3660)
      if (times === undefined || (draft.when !== 'ever' && withinDays === undefined)) return undefined
      return { on: 'event', kind: draft.kind, times, ...(withinDays === undefined ? {} : { withinDays }), ...not }
    }
    default:
      return undefined
  }
}

function fieldCondition(field: OwnField, draft: Draft, not: { not?: true }): FilterCondition | undefined {
  const base = { on: 'field', key: field.key, ...not } as const
  if (draft.filled) return { ...base, filled: true }
  if (chosenTypes.includes(field.type)) return draft.values.length === 0 ? undefined : { ...base, is: [...draft.values] }
  if (!rangedTypes.includes(field.type)) return draft.text.trim() === '' ? undefined : { ...base, is: [draft.text.trim()] }
  const bound = (typed: string): string | undefined => {
    const read = valueFrom(field, typed)
    if ('fault' in read || read.value === null) return undefined
    return typeof read.value === 'object' && 'minor' in read.value ? read.value.minor : String(read.value)
  }
  const [from, to] = [bound(draft.from), bound(draft.to)]
  const unread = (typed: string, value: string | undefined) => typed.trim() !== '' && value === undefined
  if ((from === undefined && to === undefined) || unread(draft.from, from) || unread(draft.to, to)) return undefined
  return { ...base, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}
