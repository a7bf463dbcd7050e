import type { ContactFilter, FilterCondition, FilterGroup } from '@frontdesk/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Menu, MenuItem } from '../../../ui/menu.tsx'
import { Select } from '../../../ui/select.tsx'
import { ConditionDialog } from './condition-dialog.tsx'
import { isCondition, type Join, partsOf } from './filter-value.ts'
import {
  added,
  bounds,
  depthOf,
  dissolved,
  fullBecause,
  groupsOf,
  joined,
  movedTo,
  type Path,
  partAt,
  pruned,
  replaced,
  wrapped,
} from './group-draft.ts'
import { countQuery } from './queries.ts'
import { useSayFilter } from './use-say-filter.ts'
import { segmentsWords } from './words.ts'

export type GroupsDialogProps = {
  readonly filter: ContactFilter
  readonly onClose: () => void
  /** The filter as it was arranged; undefined where nothing is left of it. */
  readonly onDone: (filter: ContactFilter | undefined) => void
}

type Editing = { readonly path: Path; readonly condition?: FilterCondition }

/** The whole filter with its groups: each joins its conditions in its own way, and stands in another one. Nothing happens to the list before it is used. */
export function GroupsDialog({ filter, onClose, onDone }: GroupsDialogProps) {
  const t = useWords(segmentsWords)
  const [draft, setDraft] = useState<FilterGroup>(filter)
  const [editing, setEditing] = useState<Editing>()
  const written = pruned(draft)
  const say = useSayFilter([draft])
  const counted = useQuery({ ...countQuery(written ?? { all: [] }), enabled: written !== undefined })
  if (editing)
    return (
      <ConditionDialog
        condition={editing.condition}
        onClose={() => setEditing(undefined)}
        onDone={(condition) => {
          setDraft(editing.condition ? replaced(draft, editing.path, condition) : added(draft, editing.path, condition))
          setEditing(undefined)
        }}
      />
    )
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="lg"
      title={t('arrange')}
      description={t('arrangeIntro')}
      footer={
        <>
          <span role="status" className="figures me-auto self-center text-sm text-ink-2">
            {written && (counted.data ? t('people', { count: counted.data.count }) : t('counting'))}
          </span>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="solid" onClick={() => onDone(written)}>
            {t('useFilter')}
          </Button>
        </>
      }
    >
      <Group draft={draft} path={[]} say={say.part} onChange={setDraft} onEdit={setEditing} />
    </Dialog>
  )
}

type GroupProps = {
  readonly draft: FilterGroup
  readonly path: Path
  readonly say: ReturnType<typeof useSayFilter>['part']
  readonly onChange: (draft: FilterGroup) => void
  readonly onEdit: (editing: Editing) => void
}

/** How a group is called by where it stands: 2.1 is the first part of the second. */
const numberOf = (path: Path): string => path.map((at) => at + 1).join('.')

function Group({ draft, path, say, onChange, onEdit }: GroupProps) {
  const t = useWords(segmentsWords)
  const group = partAt(draft, path)
  if (!group || isCondition(group)) return null
  const { join, parts } = partsOf(group)
  const full = fullBecause(draft, path)
  const name = path.length === 0 ? t('wholeFilter') : t('groupNamed', { number: numberOf(path) })
  return (
    <fieldset
      className={path.length === 0 ? 'grid min-w-0 gap-3' : 'grid min-w-0 gap-3 rounded-lg border border-line bg-sunken p-3 phone:p-2'}
    >
      <legend className="sr-only">{name}</legend>
      <div className="flex items-center gap-2">
        <Select<Join>
          label={t('joinOf', { group: name })}
          quiet
          value={join}
          onChange={(next) => onChange(joined(draft, path, next))}
          options={(['all', 'any', 'none'] as const).map((value) => ({ value, label: t(`join/${value}`) }))}
          className="min-w-0 flex-1"
        />
        {path.length > 0 && (
          <Menu trigger={<IconButton name={t('actsOn', { what: name })} icon="more" size="sm" tip="none" />} align="end">
            <MenuItem icon="undo" onSelect={() => onChange(dissolved(draft, path))}>
              {t('dissolve')}
            </MenuItem>
            <MenuItem icon="trash" onSelect={() => onChange(replaced(draft, path, undefined))}>
              {t('removeGroup')}
            </MenuItem>
          </Menu>
        )}
      </div>
      {parts.length === 0 && <p className="text-sm text-ink-3">{t('groupEmpty')}</p>}
      <ul className="grid min-w-0 gap-2 empty:hidden">
        {parts.map((part, at) => {
          const here = [...path, at]
          return (
            // Conditions have no name of their own, and two may be the same.
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <li key={at} className="min-w-0">
              {isCondition(part) ? (
                <Condition draft={draft} path={here} words={say(part)} condition={part} onChange={onChange} onEdit={onEdit} />
              ) : (
                <Group draft={draft} path={here} say={say} onChange={onChange} onEdit={onEdit} />
              )}
            </li>
          )
        })}
      </ul>
      <div className="flex flex-wrap items-center gap-2">
        <Button size="sm" icon="plus" disabled={full !== undefined} onClick={() => onEdit({ path })}>
          {t('addCondition')}
        </Button>
        {path.length + 1 < bounds.deep && (
          <Button
            size="sm"
            icon="plus"
            disabled={full !== undefined}
            onClick={() => onChange(added(draft, path, { [join === 'any' ? 'all' : 'any']: [] } as unknown as FilterGroup))}
          >
            {t('addGroup')}
          </Button>
        )}
        {full && <span className="text-xs text-ink-3">{t(full === 'inGroup' ? 'fullGroup' : 'fullFilter', { count: bounds[full] })}</span>}
      </div>
    </fieldset>
  )
}

type ConditionProps = Omit<GroupProps, 'say'> & { readonly words: string; readonly condition: FilterCondition }

function Condition({ draft, path, words, condition, onChange, onEdit }: ConditionProps) {
  const t = useWords(segmentsWords)
  const parent = path.slice(0, -1)
  const others = groupsOf(draft).filter((group) => numberOf(group) !== numberOf(parent) && fullBecause(draft, group) !== 'inGroup')
  const mayWrap = parent.length + 1 + depthOf(condition) < bounds.deep
  return (
    <div className="flex min-w-0 items-center gap-1 rounded-md border border-line bg-raised ps-3 pe-1">
      <button
        type="button"
        onClick={() => onEdit({ path, condition })}
        className="min-h-(--control-sm) min-w-0 flex-1 py-1 text-start text-sm wrap-anywhere hover:underline"
      >
        <bdi>{words}</bdi>
      </button>
      <Menu trigger={<IconButton name={t('actsOn', { what: words })} icon="more" size="sm" tip="none" />} align="end">
        <MenuItem icon="edit" onSelect={() => onEdit({ path, condition })}>
          {t('editCondition')}
        </MenuItem>
        {mayWrap && (
          <MenuItem icon="plus" onSelect={() => onChange(wrapped(draft, path, 'any'))}>
            {t('wrap')}
          </MenuItem>
        )}
        {others.map((group) => (
          <MenuItem key={numberOf(group)} icon="arrowRight" onSelect={() => onChange(movedTo(draft, path, group))}>
            {t('moveTo', { group: group.length === 0 ? t('wholeFilter') : t('groupNamed', { number: numberOf(group) }) })}
          </MenuItem>
        ))}
      </Menu>
      <IconButton
        name={t('removeCondition', { what: words })}
        icon="close"
        size="sm"
        tip="none"
        onClick={() => onChange(replaced(draft, path, undefined))}
      />
    </div>
  )
}
