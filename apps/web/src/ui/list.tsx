import { type FocusEvent, type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import { cx } from './cx.ts'

/** Marks a row of a list for the keys and the router; put it on the one link or button that a row is. */
export const rowProps = { 'data-row': '' } as const

/** The look of a row: a grid of a mark and lines. `data-status="active"` (from the router) and `aria-current` select it. */
export const rowLook = cx(
  'relative grid w-full grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 gap-y-0.5 rounded-md px-3 py-2 text-start text-sm no-underline hover:bg-hover focus-visible:-outline-offset-2 phone:min-h-14 phone:py-2.5',
  'aria-[current]:bg-selected data-[status=active]:bg-selected',
  "before:absolute before:inset-y-2.5 before:start-0 before:w-0.5 before:rounded-full before:content-[''] aria-[current]:before:bg-solid data-[status=active]:before:bg-solid forced-colors:aria-[current]:before:bg-[Highlight]",
)

/** What `List` is given. */
export type ListProps<Item> = {
  /** What the list holds, for screen readers. */
  readonly label: string
  readonly items: readonly Item[]
  readonly keyOf: (item: Item) => string
  /** One link or button with `rowLook` and `rowProps`. */
  readonly children: (item: Item) => ReactNode
  /** After the last row: "Show more" or its skeleton. */
  readonly end?: ReactNode
}

const steps: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }

/**
 * A list one walks through with j and k, the arrows, Home and End. It is one stop of the Tab key: at the selected row, or else where one last was.
 */
export function List<Item>({ label, items, keyOf, children, end }: ListProps<Item>) {
  const list = useRef<HTMLUListElement>(null)
  const id = useId()
  const rows = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]

  const walk = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return
    const all = rows()
    const here = all.findIndex((row) => row.contains(document.activeElement))
    const step = steps[event.key]
    const target =
      step !== undefined
        ? all[Math.min(Math.max(here + step, 0), all.length - 1)]
        : event.key === 'Home'
          ? all[0]
          : event.key === 'End'
            ? all.at(-1)
            : undefined
    if (!target) return
    event.preventDefault()
    target.focus()
    target.scrollIntoView({ block: 'nearest' })
  }
  // The browser's Tab order follows: only the row one last was on takes part, as long as the focus is in the list.
  const settle = (event: FocusEvent) => {
    for (const row of rows()) row.tabIndex = row.contains(event.target) ? 0 : -1
  }

  return (
    <>
      <ul ref={list} id={id} aria-label={label} data-list onKeyDown={walk} onFocus={settle} className="grid gap-px">
        {items.map((item) => (
          <li key={keyOf(item)}>{children(item)}</li>
        ))}
      </ul>
      {end}
    </>
  )
}

/** Takes the keyboard into the first list of the page, at its selected row. The keys j and k do this from anywhere. */
export function enterList(): boolean {
  const list = document.querySelector('[data-list]')
  const row =
    list?.querySelector<HTMLElement>('[data-row][aria-current], [data-row][data-status=active]') ??
    list?.querySelector<HTMLElement>('[data-row]')
  row?.focus()
  return row !== null && row !== undefined
}

/** Whether a letter belongs to where it is pressed: a box one types into, and not one that is only ticked. */
export const takesLetters = (target: EventTarget | null): boolean =>
  isTyping(target) && !(target instanceof HTMLInputElement && /^(radio|checkbox)$/.test(target.type))

/** Whether a key belongs to a box one types into. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
