import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

/** The look of one tab, shared with links that work as tabs (`data-status="active"` comes from the router). */
export const tabLook = cx(
  'relative inline-flex h-9 shrink-0 items-center gap-1.5 px-2 text-sm font-medium whitespace-nowrap text-ink-2 no-underline hover:text-ink focus-visible:-outline-offset-2 phone:h-11',
  "data-[state=active]:text-ink data-[status=active]:text-ink after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 after:rounded-full after:content-['']",
  'data-[state=active]:after:bg-solid data-[status=active]:after:bg-solid forced-colors:data-[state=active]:after:bg-[Highlight] forced-colors:data-[status=active]:after:bg-[Highlight]',
)

/** The line on which tabs stand. */
export const tabListLook = 'flex shrink-0 scroll-none gap-1 overflow-x-auto overflow-y-hidden border-b border-line'

export type TabsProps<Key extends string> = {
  readonly label: string
  readonly tabs: readonly { readonly key: Key; readonly title: ReactNode; readonly content: ReactNode }[]
  readonly value: Key
  readonly onChange: (key: Key) => void
}

/** Several views of one thing. Which one is open belongs into the address, so that it can be sent on. */
export function Tabs<Key extends string>({ label, tabs, value, onChange }: TabsProps<Key>) {
  return (
    <Radix.Root
      value={value}
      onValueChange={(next) => {
        const tab = tabs.find(({ key }) => key === next)
        if (tab) onChange(tab.key)
      }}
    >
      <Radix.List aria-label={label} className={tabListLook}>
        {tabs.map(({ key, title }) => (
          <Radix.Trigger key={key} value={key} className={tabLook}>
            {title}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map(({ key, content }) => (
        <Radix.Content key={key} value={key} className="focus-visible:-outline-offset-2">
          {content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
