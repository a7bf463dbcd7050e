import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import type { ContactsSearch } from '../address.ts'
import { membersQuery } from '../queries.ts'
import { optionsOf } from './field-filter.tsx'
import { fieldsQuery } from './queries.ts'
import { fieldsWords } from './words.ts'

export type FieldChipProps = { readonly search: ContactsSearch; readonly children: (label: string) => ReactNode }

/** Says which own field the list is narrowed by: "Level: Gold". */
export function FieldChip({ search: { field: key, is }, children }: FieldChipProps) {
  const t = useWords(fieldsWords)
  const fields = useQuery(fieldsQuery).data?.items ?? []
  const members = useQuery(membersQuery).data?.items ?? []
  const field = fields.find((each) => each.key === key)
  const value = field && optionsOf(field, members, t).find((option) => option.value === is)?.label
  return children(t('filterChip', { field: field?.label ?? key ?? '', value: value ?? is ?? '' }))
}
