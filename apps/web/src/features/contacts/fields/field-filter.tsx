import { useQuery } from '@tanstack/react-query'
import { useWords } from '../../../lib/i18n.tsx'
import { Select } from '../../../ui/select.tsx'
import type { FilterProps } from '../list-filters.tsx'
import { type Member, membersQuery } from '../queries.ts'
import { fieldsQuery, type OwnField } from './queries.ts'
import { type FieldsTranslator, fieldsWords } from './words.ts'

/** Narrows the list by own fields that have few values; a select for each, of which one counts at a time. */
export function FieldFilter({ search, onChange }: FilterProps) {
  const t = useWords(fieldsWords)
  const fields = useQuery(fieldsQuery).data?.items ?? []
  const members = useQuery(membersQuery).data?.items ?? []
  return fields
    .filter(({ filter, archivedAt }) => filter === 'ready' && archivedAt === null)
    .map((field) => ({ field, options: optionsOf(field, members, t) }))
    .filter(({ options }) => options.length > 0)
    .map(({ field, options }) => (
      <Select
        key={field.id}
        label={field.label}
        value={search.field === field.key ? (search.is ?? '') : ''}
        onChange={(is) => onChange(is === '' ? { field: undefined, is: undefined } : { field: field.key, is })}
        options={[{ value: '', label: t('any') }, ...options]}
      />
    ))
}

/** What a field with few values can say. */
export function optionsOf(field: OwnField, members: readonly Member[], t: FieldsTranslator): { value: string; label: string }[] {
  switch (field.type) {
    case 'choice':
    case 'choices':
      return field.choices.map(({ key, label }) => ({ value: key, label }))
    case 'yes_no':
      return [
        { value: 'yes', label: t('yes') },
        { value: 'no', label: t('no') },
      ]
    case 'person':
      return members.map(({ id, name }) => ({ value: id as string, label: name }))
    default:
      return []
  }
}
