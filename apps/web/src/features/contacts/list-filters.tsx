import { lazy, Suspense, useState } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { type ContactsSearch, isNarrowed } from './address.ts'
import { contactsWords } from './words.ts'

const load = () => import('./filter-popover.tsx').then((file) => ({ default: file.FilterPopover }))
const FilterPopover = lazy(load)
const FilterChips = lazy(() => import('./filter-chips.tsx').then((file) => ({ default: file.FilterChips })))

/** The list as the address narrows it, and how to change that. */
export type FilterProps = { readonly search: ContactsSearch; readonly onChange: (change: Partial<ContactsSearch>) => void }

/** How the list is narrowed and ordered; what opens is loaded when somebody points at the button. */
export function FilterMenu(props: FilterProps) {
  const t = useWords(contactsWords)
  const [wanted, setWanted] = useState(false)
  const preload = () => void load()
  const button = (
    <IconButton
      name={t('filter')}
      icon="filter"
      tip="none"
      aria-haspopup="dialog"
      aria-expanded={false}
      onClick={() => setWanted(true)}
      onPointerEnter={preload}
      onFocus={preload}
      {...(isNarrowed(props.search) ? { variant: 'plain' as const } : {})}
    />
  )
  return wanted ? (
    <Suspense fallback={button}>
      <FilterPopover {...props} />
    </Suspense>
  ) : (
    button
  )
}

/** What the list is narrowed to, each to be taken away with one press; loaded where it is. */
export function NarrowedTo({ search, onChange }: FilterProps) {
  const { tag, owner, archived, sort, look, field } = search
  const isShown = Boolean(tag ?? owner ?? field) || archived || (sort && look !== 'table')
  return isShown ? (
    <Suspense>
      <FilterChips search={search} onChange={onChange} />
    </Suspense>
  ) : null
}
