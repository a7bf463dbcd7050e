import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Icon } from '../../../ui/icon.tsx'
import type { Group } from './queries.ts'
import { said } from './roles.ts'
import { stays } from './table-row.tsx'
import { ROW_PX } from './window.rules.ts'
import { tableWords } from './words.ts'

export type GroupRowProps = {
  readonly index: number
  readonly group: Group
  readonly title: string
  readonly top: number
  /** How many columns its one cell stands for. */
  readonly columns: number
  readonly isShut: boolean
  /** Whether the keys are at it. */
  readonly here: boolean
  readonly onTurn: () => void
}

/** The head of a group: what it is called, how many are in it, and whether they are shown. */
export function GroupRow({ index, group, title, top, columns, isShut, here, onTurn }: GroupRowProps) {
  const t = useWords(tableWords)
  const formats = useFormats()
  return (
    <div
      {...said.row(index, undefined)}
      style={{ top, height: ROW_PX }}
      className="absolute inset-x-0 border-b border-line bg-sunken text-sm"
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the table do it */}
      {/* biome-ignore lint/a11y/useSemanticElements: a table lays its rows out itself, and here only some are drawn */}
      <div
        role="gridcell"
        aria-colindex={1}
        aria-colspan={columns}
        data-at={`${index}:0`}
        data-group={index}
        tabIndex={here ? 0 : -1}
        {...(here ? { 'data-row': '' } : {})}
        onClick={onTurn}
        className="h-full cursor-pointer focus-visible:-outline-offset-2"
      >
        <span className={`${stays} start-0 inline-flex h-full max-w-full items-center gap-2 px-3`}>
          <Icon name="chevronRight" size="sm" className={isShut ? 'text-ink-3' : 'rotate-90 text-ink-3'} />
          <bdi className="truncate font-strong">{title}</bdi>
          <span className="figures text-xs text-ink-3">{formats.number(group.count)}</span>
          <span className="sr-only">{t(isShut ? 'isShut' : 'isOpen')}</span>
        </span>
      </div>
    </div>
  )
}
