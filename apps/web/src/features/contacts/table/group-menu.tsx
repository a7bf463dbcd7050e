import { useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Popover } from '../../../ui/popover.tsx'
import { SegmentedControl } from '../../../ui/segmented-control.tsx'
import { Select } from '../../../ui/select.tsx'
import type { ContactsSearch, GroupBy } from '../address.ts'
import type { OwnField } from '../fields/queries.ts'
import { tableWords } from './words.ts'

/** Own fields whose values are few: by these people are grouped. */
export const groupedTypes: readonly string[] = ['choice', 'choices', 'yes_no']
/** Whether people are grouped by it: what everybody has, and fields that are there and narrow lists. */
export function canBeGrouped(group: GroupBy, fields: ReadonlyMap<string, OwnField>): boolean {
  const field = fields.get(group.slice('own.'.length))
  return !group.startsWith('own.') || (field?.filter === 'ready' && groupedTypes.includes(field.type))
}

const boardTypes: readonly string[] = ['choice', 'yes_no']

/** Whether there can be a board of it: everybody stands in one of its columns. */
export const canBeBoard = (group: GroupBy | undefined, fields: ReadonlyMap<string, OwnField>): boolean =>
  group === 'owner' || boardTypes.includes(fields.get(group?.slice('own.'.length) ?? '')?.type ?? '')

export type GroupMenuProps = {
  readonly search: ContactsSearch
  readonly fields: ReadonlyMap<string, OwnField>
  readonly onChange: (change: Partial<ContactsSearch>) => void
}

/** What the table is grouped by, and whether it is shown as rows or as a board. */
export function GroupMenu({ search, fields, onChange }: GroupMenuProps) {
  const t = useWords(tableWords)
  const [open, setOpen] = useState(false)
  const own = [...fields.values()].filter(({ key }) => canBeGrouped(`own.${key}`, fields))
  const options = [
    { value: '', label: t('groupNone') },
    ...(['owner', 'company', 'tag'] as const).map((value) => ({ value: value as string, label: t(`group/${value}`) })),
    ...own.map(({ key, label }) => ({ value: `own.${key}`, label })),
  ]
  const groupBy = (value: string) => {
    const group = (value || undefined) as GroupBy | undefined
    onChange({ group, shut: undefined, board: search.board && canBeBoard(group, fields) ? true : undefined })
  }
  const boards = options.filter(({ value }) => canBeBoard(value as GroupBy, fields))
  return (
    <Popover
      label={t('groups')}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" icon="rows" aria-pressed={search.group !== undefined}>
          {t('groups')}
        </Button>
      }
    >
      <div className="grid w-72 gap-3">
        <SegmentedControl
          label={t('shownAs')}
          value={search.board ? 'board' : 'rows'}
          wide
          onChange={(value) =>
            onChange(
              value === 'rows'
                ? { board: undefined }
                : { board: true, shut: undefined, group: canBeBoard(search.group, fields) ? search.group : 'owner' },
            )
          }
          options={[
            { value: 'rows', label: t('asRows') },
            { value: 'board', label: t('asBoard') },
          ]}
        />
        <Select
          label={t(search.board ? 'boardOf' : 'groupBy')}
          value={search.group ?? ''}
          onChange={groupBy}
          options={search.board ? boards : options}
        />
        <p className="text-xs text-ink-3">{t('groupsHint')}</p>
      </div>
    </Popover>
  )
}
