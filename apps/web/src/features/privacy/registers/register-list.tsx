import type { ReactNode } from 'react'
import { EmptyState } from '../../../ui/empty-state.tsx'
import type { IconName } from '../../../ui/icon.tsx'
import { List } from '../../../ui/list.tsx'
import { More } from '../../../ui/table.tsx'
import { rowsOf } from '../../settings/business/queries.ts'
import { Asked, type AskedProps } from '../../settings/settings-pane.tsx'

/** The list of a register: what it is for, what can be added, and its rows. The pane has its title. */
export function RegisterList({
  intro,
  action,
  children,
}: {
  readonly intro: string
  readonly action?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3 border-b border-line p-4 last:border-b-0 *:max-w-168">
      <div className="flex flex-wrap items-start gap-3">
        <p className="min-w-48 flex-1 text-sm text-ink-2">{intro}</p>
        {action}
      </div>
      {children}
    </div>
  )
}

type Pages<Row> = { readonly pages: readonly { readonly items: readonly Row[] }[] }

/** A register whose entries have a page of their own, newest first; `children` is the row that leads there. */
export function EntryList<Row extends { readonly id: string }>({
  asked,
  title,
  intro,
  empty,
  icon,
  action,
  children,
}: {
  readonly asked: AskedProps<Pages<Row>>['asked'] & {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly fetchNextPage: () => unknown
  }
  readonly title: string
  readonly intro: string
  readonly empty: string
  readonly icon: IconName
  /** Adds an entry; it stands at the head, or in the middle while there is none. */
  readonly action: ReactNode
  readonly children: (row: Row) => ReactNode
}) {
  return (
    <RegisterList intro={intro} action={asked.data && rowsOf(asked.data).length > 0 && action}>
      <Asked asked={asked}>
        {(data) =>
          rowsOf(data).length === 0 ? (
            <EmptyState icon={icon} action={action}>
              {empty}
            </EmptyState>
          ) : (
            <List
              label={title}
              items={rowsOf(data)}
              keyOf={({ id }) => id}
              end={<More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />}
            >
              {children}
            </List>
          )
        }
      </Asked>
    </RegisterList>
  )
}
