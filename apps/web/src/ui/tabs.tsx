import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { intoLine, tabListLook, tabLook } from './tab-look.ts'

/** What `Tabs` is given. */
export type TabsProps<Key extends string> = {
  readonly label: string
  readonly tabs: readonly { readonly key: Key; readonly title: ReactNode; readonly content: ReactNode }[]
  readonly value: Key
  readonly onChange: (key: Key) => void
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 }

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
