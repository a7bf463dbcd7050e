import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../../../ui/menu.tsx'
import type { FilterProps } from '../list-filters.tsx'
import { addressOfSegment } from './address-of-segment.ts'
import { listsQuery, segmentsQuery } from './queries.ts'
import { segmentsWords } from './words.ts'

/** The segments and lists there are; choosing one filters the list by it. */
export function SegmentsMenu({ trigger, onChange }: FilterProps & { readonly trigger: ReactElement }) {
  const t = useWords(segmentsWords)
  const { slug: workspace } = useWorkspace()
  const navigate = useNavigate()
  const segments = useQuery(segmentsQuery).data?.items ?? []
  const lists = useQuery(listsQuery()).data?.items ?? []
  return (
    <Menu trigger={trigger} startOpen align="start" label={t('menu')}>
      {segments.length > 0 && <MenuLabel>{t('segments')}</MenuLabel>}
      {segments.map((segment) => (
        <MenuItem
          key={segment.id}
          icon={segment.look ? 'table' : 'filter'}
          note={segment.shared ? undefined : t('private')}
          onSelect={() => onChange(addressOfSegment(segment))}
        >
          {segment.name}
        </MenuItem>
      ))}
      {lists.length > 0 && <MenuLabel>{t('lists')}</MenuLabel>}
      {lists.map((list) => (
        <MenuItem
          key={list.id}
          icon="users"
          note={list.contacts}
          onSelect={() => onChange({ segment: undefined, filter: { all: [{ on: 'list', listId: list.id }] }, q: undefined })}
        >
          {list.name}
        </MenuItem>
      ))}
      {segments.length + lists.length > 0 && <MenuSeparator />}
      <MenuItem
        icon="settings"
        onSelect={() => void navigate({ to: '/w/$workspace/contacts/segments', params: { workspace }, search: {} })}
      >
        {t('all')}
      </MenuItem>
    </Menu>
  )
}
