import type { FilterCondition, FilterGroup, FilterPart } from '@frontdesk/contract'
import type { Formats } from '@frontdesk/i18n'
import { isCondition, partsOf } from './filter-value.ts'
import { hasSegmentsWord, type SegmentsTranslator } from './words.ts'

/** Something that has a name. */
export type Named = { readonly id: string; readonly name: string }

/** What the ids of a filter are called. */
export type FilterNames = {
  readonly members: readonly Named[]
  readonly companies: readonly Named[]
  readonly lists: readonly Named[]
  /** What an own field is called, and how one of its values reads. */
  readonly field: (key: string) => { readonly label: string; readonly value: (text: string) => string } | undefined
}

/** The `t` for keys that are put together by what stands in a condition. */
type Say = (key: string, vars: Record<string, string | number>) => string

type Around = { readonly t: SegmentsTranslator; readonly formats: Formats; readonly names: FilterNames }

/** A filter as a sentence: "Tag is VIP and booked never". */
export const sayFilter = (filter: FilterGroup, around: Around): string => capital(group(filter, around))

/** A part of one, as it stands alone. */
export const sayPart = (part: FilterPart, around: Around): string =>
  capital(isCondition(part) ? condition(part, around) : group(part, around))

const capital = (text: string): string => text.slice(0, 1).toLocaleUpperCase() + text.slice(1)

function group(filter: FilterGroup, around: Around): string {
  const { t } = around
  const { join, parts } = partsOf(filter)
  const said = parts.map((part) => (isCondition(part) ? condition(part, around) : t('join/group', { inside: group(part, around) })))
  const key = join === 'all' ? 'join/and' : 'join/or'
  const inside = said.reduce((one, other) => (one === '' ? other : t(key, { one, other })), '')
  return join === 'none' ? t('join/noneOf', { inside }) : inside
}

function condition(wish: FilterCondition, { t, formats, names }: Around): string {
  const not = wish.not ? '/not' : ''
  const say = (key: string, vars: Record<string, string | number> = {}): string => {
    const full = `say/${key}${not}`
    return hasSegmentsWord(full) ? (t as unknown as Say)(full, vars) : t('say/gone')
  }
  const named = (list: readonly Named[], id: string) => list.find((one) => one.id === id)?.name ?? t('say/gone')
  switch (wish.on) {
    case 'name':
      return say(`name/${wish.how}`, { text: wish.text })
    case 'company':
      return wish.companyId === null ? say('company/none') : say('company', { company: named(names.companies, wish.companyId) })
    case 'owner':
      return wish.memberId === null ? say('owner/none') : say('owner', { name: named(names.members, wish.memberId) })
    case 'tag':
      return say('tag', { tag: wish.tag })
    case 'created':
    case 'last_activity': {
      if (wish.withinDays !== undefined) return say(`${wish.on}/within`, { count: wish.withinDays })
      return say(
        `${wish.on}/${between(wish)}`,
        range(wish, (day) => formats.plainDate(day)),
      )
    }
    case 'archived':
      return say('archived')
    case 'field': {
      const field = names.field(wish.key)
      const label = field?.label ?? wish.key
      const value = field?.value ?? ((text: string) => text)
      if (wish.filled) return say('field/filled', { field: label })
      if (wish.is) return say('field/is', { field: label, values: wish.is.map(value).reduce((one, other) => t('join/or', { one, other })) })
      return say(`field/${between(wish)}`, { field: label, ...range(wish, value) })
    }
    case 'has':
      return say(`has/${wish.what}`)
    case 'list':
      return say('list', { list: named(names.lists, wish.listId) })
    case 'event': {
      const key = `kind/${wish.kind}`
      const what = hasSegmentsWord(key) ? t(key as 'kind/note.added') : wish.kind
      const often = wish.times > 1 ? '/times' : ''
      const within = wish.withinDays === undefined ? '' : '/within'
      return say(`event${often}${within}`, { what, count: wish.times, days: wish.withinDays ?? 0 })
    }
    case 'may':
      return say(`may/${wish.channel}`)
  }
}

type Range = { readonly from?: string | undefined; readonly to?: string | undefined }

function between({ from, to }: Range): 'between' | 'from' | 'to' {
  if (from !== undefined && to !== undefined) return 'between'
  return from !== undefined ? 'from' : 'to'
}

const range = ({ from, to }: Range, say: (text: string) => string): Record<string, string> => ({
  ...(from === undefined ? {} : { from: say(from) }),
  ...(to === undefined ? {} : { to: say(to) }),
})
