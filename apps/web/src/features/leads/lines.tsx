import type { ReactNode } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { newKey } from '../../lib/keys.ts'
import { Button } from '../../ui/button.tsx'
import { FieldNote } from '../../ui/field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { leadsWords } from './words.ts'

/** One line of a list that is written whole; `key` tells it from the others while it has no id. */
export type Line = { readonly key: string; readonly id?: string }

/** A line that is new. */
export const newLine = (): Line => ({ key: newKey() })

export type LinesProps<Item extends Line> = {
  readonly label: string
  readonly add: string
  readonly lines: readonly Item[]
  /** So many stay. */
  readonly least?: number
  readonly nameOf: (line: Item) => string
  readonly make: () => Item
  readonly onChange: (lines: Item[]) => void
  readonly error?: string | undefined
  /** The fields of a line. */
  readonly children: (line: Item, set: (line: Item) => void) => ReactNode
}

/** Lines in an order that is changed with two buttons each, so that a mouse, a finger and a keyboard do the same. */
export function Lines<Item extends Line>({ label, add, lines, least = 0, nameOf, make, onChange, error, children }: LinesProps<Item>) {
  const t = useWords(leadsWords)
  const swap = (at: number, by: number) => {
    const next = [...lines]
    const [moved] = next.splice(at, 1)
    if (moved) next.splice(at + by, 0, moved)
    onChange(next)
  }
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <ol className="grid gap-2">
        {lines.map((line, at) => (
          <li key={line.key} className="flex min-w-0 flex-wrap items-start gap-2">
            <span className="flex min-w-0 flex-1 basis-56 gap-2">
              {children(line, (changed) => onChange(lines.map((each) => (each.key === line.key ? changed : each))))}
            </span>
            <span className="flex shrink-0">
              <IconButton name={t('up', { name: nameOf(line) })} icon="chevronUp" disabled={at === 0} onClick={() => swap(at, -1)} />
              <IconButton
                name={t('down', { name: nameOf(line) })}
                icon="chevronDown"
                disabled={at === lines.length - 1}
                onClick={() => swap(at, 1)}
              />
              <IconButton
                name={t('takeAway', { name: nameOf(line) })}
                icon="trash"
                disabled={lines.length <= least}
                onClick={() => onChange(lines.filter(({ key }) => key !== line.key))}
              />
            </span>
          </li>
        ))}
      </ol>
      <div className="grid justify-items-start gap-2">
        <FieldNote id={`${label}-note`} error={error} />
        <Button size="sm" icon="plus" onClick={() => onChange([...lines, make()])}>
          {add}
        </Button>
      </div>
    </fieldset>
  )
}
