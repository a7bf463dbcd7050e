import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { ListSkeleton } from '../../ui/skeleton.tsx'
import { servicesWords } from './words.ts'

/** A list that could not be loaded. */
function ListFailed({ error, onAgain }: { readonly error: unknown; readonly onAgain: () => void }) {
  const t = useWords(servicesWords)
  const explain = useExplain()
  return (
    <div className="grid justify-items-start gap-3 p-2">
      <Note tone="no" role="alert">
        {t('listFailed', { reason: explain(error).message })}
      </Note>
      <Button onClick={onAgain}>{t('again')}</Button>
    </div>
  )
}

export type LoadedListProps<Item> = {
  readonly asked: UseQueryResult<readonly Item[]>
  /** Whether what was put away is shown, and what is said where nothing was. */
  readonly archived: boolean
  readonly emptyArchived: string
  /** What is said where there is nothing yet, and how the first is added. */
  readonly empty: { readonly icon: IconName; readonly text: string; readonly add: string; readonly onAdd: () => void }
  readonly children: (items: readonly Item[]) => ReactNode
}

/** A list on its way, failed, empty, or here. */
export function LoadedList<Item>({ asked, archived, emptyArchived, empty, children }: LoadedListProps<Item>) {
  if (asked.isError && !asked.data) return <ListFailed error={asked.error} onAgain={() => void asked.refetch()} />
  if (!asked.data) return <ListSkeleton rows={4} />
  if (asked.data.length > 0) return children(asked.data)
  if (archived) return <EmptyState icon="archive">{emptyArchived}</EmptyState>
  return (
    <EmptyState
      icon={empty.icon}
      action={
        <Button variant="solid" icon="plus" onClick={empty.onAdd}>
          {empty.add}
        </Button>
      }
    >
      {empty.text}
    </EmptyState>
  )
}
