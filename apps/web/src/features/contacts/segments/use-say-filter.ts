import type { FilterGroup, FilterPart } from '@frontdesk/contract'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { companyQuery } from '../companies/queries.ts'
import { fieldsQuery } from '../fields/queries.ts'
import { useShownValue } from '../fields/use-shown-value.ts'
import { membersQuery } from '../queries.ts'
import { isCondition, partsOf } from './filter-value.ts'
import { listsQuery } from './queries.ts'
import { type FilterNames, sayFilter, sayPart } from './say-filter.ts'
import { segmentsWords } from './words.ts'

/** Says filters and their parts in the reader's words, with the names of what they are about. */
export function useSayFilter(filters: readonly FilterGroup[]): {
  readonly filter: (filter: FilterGroup) => string
  readonly part: (part: FilterPart) => string
} {
  const t = useWords(segmentsWords)
  const formats = useFormats()
  const shown = useShownValue()
  const wished = filters.flatMap(conditionsIn)
  const fields = useQuery({ ...fieldsQuery, enabled: wished.some(({ on }) => on === 'field') }).data?.items ?? []
  const members = useQuery({ ...membersQuery, enabled: wished.some(({ on }) => on === 'owner') }).data?.items ?? []
  const lists = useQuery({ ...listsQuery(), enabled: wished.some(({ on }) => on === 'list') }).data?.items ?? []
  const companyIds = [...new Set(wished.flatMap((one) => (one.on === 'company' && one.companyId !== null ? [one.companyId] : [])))]
  const companies = useQueries({ queries: companyIds.map((id) => companyQuery(id)) }).flatMap(({ data }) => data ?? [])
  const names: FilterNames = {
    members,
    companies,
    lists,
    field: (key) => {
      const field = fields.find((one) => one.key === key)
      if (!field) return undefined
      const value = (text: string): unknown => {
        if (field.type === 'money') return { minor: text, currency: field.currency ?? 'USD' }
        return field.type === 'yes_no' ? text === 'yes' : text
      }
      // Several choices are asked for one by one.
      const one = field.type === 'choices' ? { ...field, type: 'choice' as const } : field
      return { label: field.label, value: (text) => shown(one, value(text)) }
    },
  }
  const around = { t, formats, names }
  return { filter: (filter) => sayFilter(filter, around), part: (part) => sayPart(part, around) }
}

const conditionsIn = (group: FilterGroup): readonly Extract<FilterPart, { on: string }>[] =>
  partsOf(group).parts.flatMap((part) => (isCondition(part) ? [part] : conditionsIn(part)))
