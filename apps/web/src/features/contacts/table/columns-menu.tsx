import { useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Popover } from '../../../ui/popover.tsx'
import { type ColumnKey, column, moved, plainColumns, type TableColumn, usualColumns } from './columns.ts'
import { tableWords } from './words.ts'

export type ColumnsMenuProps = {
  readonly columns: readonly TableColumn[]
  /** The keys of own fields, in their order. */
  readonly own: readonly string[]
  readonly titleOf: (key: ColumnKey) => string
  readonly onChange: (columns: readonly TableColumn[]) => void
}

/** Which columns the table shows, and in which order. */
export function ColumnsMenu({ columns, own, titleOf, onChange }: ColumnsMenuProps) {
  const t = useWords(tableWords)
  const [open, setOpen] = useState(false)
  const shown = columns.map(({ key }) => key)
  const others = [...plainColumns, ...own.map((key): ColumnKey => `own.${key}`)].filter((key) => !shown.includes(key))
  const turn = (key: ColumnKey, on: boolean) => onChange(on ? [...columns, column(key)] : columns.filter((one) => one.key !== key))
  return (
    <Popover
      label={t('columns')}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" icon="table">
          {t('columns')}
        </Button>
      }
    >
      <div className="grid w-72 gap-1">
        <ul className="grid">
          {columns.slice(1).map(({ key }, at) => (
            <li key={key} className="flex items-center gap-1">
              <span className="min-w-0 flex-1">
                <Checkbox label={<bdi>{titleOf(key)}</bdi>} value onChange={(on) => turn(key, on)} />
              </span>
              <IconButton
                name={t('earlier', { column: titleOf(key) })}
                icon="chevronUp"
                size="sm"
                tip="none"
                disabled={at === 0}
                onClick={() => onChange(moved(columns, key, -1))}
              />
              <IconButton
                name={t('later', { column: titleOf(key) })}
                icon="chevronDown"
                size="sm"
                tip="none"
                disabled={at === columns.length - 2}
                onClick={() => onChange(moved(columns, key, 1))}
              />
            </li>
          ))}
        </ul>
        <ul className="grid border-t border-line pt-1 empty:hidden">
          {others.map((key) => (
            <li key={key}>
              <Checkbox label={<bdi>{titleOf(key)}</bdi>} value={false} onChange={(on) => turn(key, on)} />
            </li>
          ))}
        </ul>
        <p className="border-t border-line pt-2 text-xs text-ink-3">{t('columnsHint')}</p>
        <span>
          <Button size="sm" variant="quiet" onClick={() => onChange(usualColumns)}>
            {t('usual')}
          </Button>
        </span>
      </div>
    </Popover>
  )
}
