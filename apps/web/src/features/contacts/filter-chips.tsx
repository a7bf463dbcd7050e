import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { ContactsSearch } from './address.ts'
import type { FilterProps } from './list-filters.tsx'
import { membersQuery } from './queries.ts'
import { contactsWords } from './words.ts'

const FieldChip = lazy(() => import('./fields/field-chip.tsx').then((file) => ({ default: file.FieldChip })))

/** What the list is narrowed to, each to be taken away with one press. */
export function FilterChips({ search, onChange }: FilterProps) {
  const t = useWords(contactsWords)
  const members = useQuery({ ...membersQuery, enabled: search.owner !== undefined }).data?.items ?? []
  const owner = members.find(({ id }) => id === search.owner)?.name
  const chips: readonly { readonly label: string; readonly away: Partial<ContactsSearch> }[] = [
    ...(search.tag ? [{ label: search.tag, away: { tag: undefined } }] : []),
    ...(search.owner ? [{ label: owner ?? t('owner'), away: { owner: undefined } }] : []),
    ...(search.archived ? [{ label: t('archived'), away: { archived: undefined } }] : []),
  ]
  const chip = (label: string, away: Partial<ContactsSearch>) => (
    <button
      key={label}
      type="button"
      onClick={() => onChange(away)}
      aria-label={t('removeFilter', { what: label })}
      className="inline-flex h-6 max-w-44 items-center gap-1.5 rounded-xs bg-accent-tint px-2 font-medium text-accent-ink hover:bg-selected phone:h-9"
    >
      <bdi className="truncate">{label}</bdi>
      <Icon name="close" size="xs" />
    </button>
  )
  return (
    <div className="flex flex-wrap items-center gap-1.5 text-xs">
      <span className="sr-only">{chips.length > 0 && t('filters')}</span>
      {chips.map(({ label, away }) => chip(label, away))}
      {search.field && (
        <Suspense>
          <FieldChip search={search}>{(label) => chip(label, { field: undefined, is: undefined })}</FieldChip>
        </Suspense>
      )}
      {search.sort === 'name' && search.look !== 'table' && <span className="ms-auto text-ink-3">{t('sort/name')}</span>}
    </div>
  )
}
