import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { cx } from './cx.ts'

/** The look of one tab, shared with links that work as tabs (`data-status="active"` comes from the router). */
export const tabLook = cx(
  'relative inline-flex h-9 shrink-0 items-center gap-1.5 px-2 text-sm font-medium whitespace-nowrap text-ink-2 no-underline hover:text-ink focus-visible:-outline-offset-2 phone:h-11',
  "after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 after:rounded-full after:content-['']",
  'aria-selected:text-ink aria-selected:after:bg-solid data-[status=active]:text-ink data-[status=active]:after:bg-solid',
  'forced-colors:aria-selected:after:bg-[Highlight] forced-colors:data-[status=active]:after:bg-[Highlight]',
)

/** The line on which tabs stand. */
export const tabListLook = 'flex shrink-0 scroll-none gap-1 overflow-x-auto overflow-y-hidden border-b border-line'

/** What `Tabs` is given. */
export type TabsProps<Key extends string> = {
  readonly label: string
  readonly tabs: readonly { readonly key: Key; readonly title: ReactNode; readonly content: ReactNode }[]
  readonly value: Key
  readonly onChange: (key: Key) => void
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 }

/** In a narrow place the line of tabs is longer than what is seen of it: the one that is open is moved into it, and nothing else moves. */
export function intoLine(line: HTMLElement | null, open: string): void {
  const tab = line?.querySelector<HTMLElement>(`[data-tab="${open}"]`)
  if (!line || !tab) return
  const [seen, whole] = [tab.getBoundingClientRect(), line.getBoundingClientRect()]
  if (seen.right > whole.right) line.scrollLeft += seen.right - whole.right + MARGIN_PX
  else if (seen.left < whole.left) line.scrollLeft -= whole.left - seen.left + MARGIN_PX
}

const MARGIN_PX = 16

/** Several views of one thing. Which one is open belongs into the address, so that it can be sent on. The arrows, Home and End choose at once (WAI-ARIA tabs). */
export function Tabs<Key extends string>({ label, tabs, value, onChange }: TabsProps<Key>) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const open = tabs.find(({ key }) => key === value)
  useEffect(() => intoLine(list.current, value), [value])

  const walk = (event: KeyboardEvent) => {
    const here = tabs.findIndex(({ key }) => key === value)
    const reading = list.current && getComputedStyle(list.current).direction === 'rtl' ? -1 : 1
    const step = steps[event.key]
    const to =
      step !== undefined
        ? (here + step * reading + tabs.length) % tabs.length
        : event.key === 'Home'
          ? 0
          : event.key === 'End'
            ? tabs.length - 1
            : undefined
    const target = to === undefined ? undefined : tabs[to]
    if (!target) return
    event.preventDefault()
    onChange(target.key)
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[to ?? 0]?.focus()
  }
  return (
    <div>
      <div ref={list} role="tablist" aria-label={label} onKeyDown={walk} className={tabListLook}>
        {tabs.map(({ key, title }) => (
          <button
            key={key}
            type="button"
            role="tab"
            data-tab={key}
            id={`${id}-${key}`}
            aria-selected={key === value}
            aria-controls={`${id}-panel`}
            tabIndex={key === value ? 0 : -1}
            onClick={() => onChange(key)}
            className={tabLook}
          >
            {title}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`} className="focus-visible:-outline-offset-2">
        {open?.content}
      </div>
    </div>
  )
}
