import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { useNarrow } from '../../lib/narrow.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Popover } from '../../ui/popover.tsx'
import { Select } from '../../ui/select.tsx'
import { Switch } from '../../ui/switch.tsx'
import { isNarrowed } from './address.ts'
import { FieldFilter } from './fields/field-filter.tsx'
import type { FilterProps } from './list-filters.tsx'
import { membersQuery, tagsQuery } from './queries.ts'
import { contactsWords } from './words.ts'

/** Order, tag, who looks after, what was put away. It opens at once, because it is drawn when its button was pressed. */
export function FilterPopover({ search, onChange }: FilterProps) {
  const t = useWords(contactsWords)
  const narrow = useNarrow()
  const [open, setOpen] = useState(true)
  const tags = useQuery(tagsQuery).data?.items ?? []
  const members = useQuery(membersQuery).data?.items ?? []
  return (
    <Popover
      label={t('filter')}
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={<IconButton name={t('filter')} icon="filter" tip="none" {...(isNarrowed(search) ? { variant: 'plain' as const } : {})} />}
    >
      <div className="grid w-64 gap-4">
        {(search.look !== 'table' || narrow) && (
          <Select
            label={t('sort')}
            value={search.sort === 'name' ? 'name' : 'recent'}
            onChange={(sort) => onChange({ sort: sort === 'name' ? 'name' : undefined })}
            options={[
              { value: 'recent', label: t('sort/recent') },
              { value: 'name', label: t('sort/name') },
            ]}
          />
        )}
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
        <FieldFilter search={search} onChange={onChange} />
        <Switch label={t('archivedOnly')} value={search.archived ?? false} onChange={(on) => onChange({ archived: on || undefined })} />
      </div>
    </Popover>
  )
}

const withChosen = (names: readonly string[], chosen: string | undefined): readonly string[] =>
  chosen && !names.includes(chosen) ? [...names, chosen] : names
