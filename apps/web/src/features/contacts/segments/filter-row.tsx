import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useCommands } from '../../../lib/commands.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { onDemandMenu } from '../../../ui/on-demand-menu.tsx'
import type { FilterProps } from '../list-filters.tsx'
import { hasOwnLook } from '../table/look.ts'
import { contactsWords } from '../words.ts'
import { filterOf, partsOf } from './filter-value.ts'

const SegmentsMenu = onDemandMenu<FilterProps>(() => import('./segments-menu.tsx').then((file) => file.SegmentsMenu))
const FilterBar = lazy(() => import('./filter-bar.tsx').then((file) => ({ default: file.FilterBar })))
const ConditionDialog = lazy(() => import('./condition-dialog.tsx').then((file) => ({ default: file.ConditionDialog })))

/** The conditions the list is filtered by, and the segments and lists one goes to from here. */
export function FilterRow({
  search,
  onChange,
  wide = false,
  children,
}: FilterProps & { readonly wide?: boolean; readonly children?: ReactNode }) {
  const t = useWords(contactsWords)
  const [adding, setAdding] = useState(false)
  const add = () => setAdding(true)
  useCommands([{ label: t('addCondition'), group: t('group'), keys: 'f', icon: 'filter', run: add }])
  // A table that is ordered or laid out in an own way can be kept without any condition.
  const kept = search.filter ?? (search.look === 'table' && (search.segment || hasOwnLook(search)) ? { all: [] } : undefined)
  const { join, parts } = search.filter ? partsOf(search.filter) : { join: 'all' as const, parts: [] }
  return (
    <div className={wide ? 'flex min-h-(--control) flex-wrap items-center gap-x-4 gap-y-2' : 'grid gap-2'}>
      <div className="flex flex-wrap items-center gap-1.5">
        <SegmentsMenu
          search={search}
          onChange={onChange}
          trigger={
            <Button size="sm" icon="users">
              {t('segments')}
            </Button>
          }
        />
        <Button size="sm" icon="plus" onClick={add}>
          {t('addCondition')}
        </Button>
        {children}
      </div>
      <Suspense>
        {kept && <FilterBar search={search} filter={kept} onChange={onChange} wide={wide} />}
        {adding && (
          <ConditionDialog
            onClose={() => setAdding(false)}
            onDone={(condition) => {
              setAdding(false)
              onChange({ filter: filterOf(join, [...parts, condition]), q: undefined })
            }}
          />
        )}
      </Suspense>
    </div>
  )
}
