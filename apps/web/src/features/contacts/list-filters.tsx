import { useQuery } from '@tanstack/react-query'
import { useWords } from '../../lib/i18n.tsx'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Popover } from '../../ui/popover.tsx'
import { Select } from '../../ui/select.tsx'
import { Switch } from '../../ui/switch.tsx'
import { type ContactsSearch, isNarrowed } from './address.ts'
import { membersQuery, tagsQuery } from './queries.ts'
import { contactsWords } from './words.ts'

type FilterProps = { readonly search: ContactsSearch; readonly onChange: (change: Partial<ContactsSearch>) => void }

/** How the list is narrowed and ordered. */
export function FilterMenu({ search, onChange }: FilterProps) {
  const t = useWords(contactsWords)
  const tags = useQuery(tagsQuery).data?.items ?? []
  const members = useQuery(membersQuery).data?.items ?? []
  return (
    <Popover
      label={t('filter')}
      align="end"
      trigger={<IconButton name={t('filter')} icon="filter" tip="none" {...(isNarrowed(search) ? { variant: 'plain' as const } : {})} />}
    >
      <div className="grid w-64 gap-4">
        <Select
          label={t('sort')}
          value={search.sort ?? 'recent'}
          onChange={(sort) => onChange({ sort: sort === 'name' ? 'name' : undefined })}
          options={[
            { value: 'recent', label: t('sort/recent') },
            { value: 'name', label: t('sort/name') },
          ]}
        />
        <Select
          label={t('tag')}
          value={search.tag ?? ''}
          onChange={(tag) => onChange({ tag: tag || undefined })}
          options={[
            { value: '', label: t('anyTag') },
            ...withChosen(
              tags.map(({ name }) => name),
              search.tag,
            ).map((name) => ({ value: name, label: name })),
          ]}
        />
        {members.length > 1 && (
          <Select
            label={t('owner')}
            value={search.owner ?? ''}
            onChange={(owner) => onChange({ owner: owner || undefined })}
            options={[{ value: '', label: t('anyOwner') }, ...members.map(({ id, name }) => ({ value: id as string, label: name }))]}
          />
        )}
        <Switch label={t('archivedOnly')} value={search.archived ?? false} onChange={(on) => onChange({ archived: on || undefined })} />
      </div>
    </Popover>
  )
}

/** What the list is narrowed to, each to be taken away with one press. */
export function FilterChips({ search, onChange }: FilterProps) {
  const t = useWords(contactsWords)
  const members = useQuery({ ...membersQuery, enabled: search.owner !== undefined }).data?.items ?? []
  const owner = members.find(({ id }) => id === search.owner)?.name
  const chips: readonly { readonly key: string; readonly label: string; readonly away: Partial<ContactsSearch> }[] = [
    ...(search.tag ? [{ key: 'tag', label: search.tag, away: { tag: undefined } }] : []),
    ...(search.owner ? [{ key: 'owner', label: owner ?? t('owner'), away: { owner: undefined } }] : []),
    ...(search.archived ? [{ key: 'archived', label: t('archived'), away: { archived: undefined } }] : []),
  ]
  if (chips.length === 0 && !search.sort) return null
  return (
    <div className="flex flex-wrap items-center gap-1.5 text-xs">
      <span className="sr-only">{chips.length > 0 && t('filters')}</span>
      {chips.map(({ key, label, away }) => (
        <button
          key={key}
          type="button"
          onClick={() => onChange(away)}
          aria-label={t('removeFilter', { what: label })}
          className="inline-flex h-6 max-w-44 items-center gap-1.5 rounded-xs bg-accent-tint px-2 font-medium text-accent-ink hover:bg-selected phone:h-9"
        >
          <bdi className="truncate">{label}</bdi>
          <Icon name="close" size="xs" />
        </button>
      ))}
      {search.sort === 'name' && <span className="ms-auto text-ink-3">{t('sort/name')}</span>}
    </div>
  )
}

const withChosen = (names: readonly string[], chosen: string | undefined): readonly string[] =>
  chosen && !names.includes(chosen) ? [...names, chosen] : names
