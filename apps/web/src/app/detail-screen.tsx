import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useExplain } from '../lib/problems.ts'
import { Note } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { DetailPane } from '../ui/panes.tsx'
import { TextSkeleton } from '../ui/skeleton.tsx'

/** What `DetailScreen` is given. */
export type DetailScreenProps<Found> = {
  readonly asked: UseQueryResult<Found>
  /** What stands above while it is not here yet. */
  readonly title: string
  /** The name of the way back to the list. */
  readonly back: string
  readonly onBack: () => void
  /** Says that it could not be loaded, and why. */
  readonly failed: (reason: string) => string
  readonly again: string
  readonly lines?: number
  /** What is shown once it is here, with the way back for its header. */
  readonly children: (found: Found, back: ReactNode) => ReactNode
}

/** One thing of a list, in the detail pane: while it is asked for, when that failed, and once it is here. */
export function DetailScreen<Found>({ asked, title, back, onBack, failed, again, lines = 6, children }: DetailScreenProps<Found>) {
  const explain = useExplain()
  const way = <IconButton name={back} icon="chevronLeft" size="lg" tip="none" onClick={onBack} />
  if (asked.data) return children(asked.data, way)
  return (
    <DetailPane header={<PageHeader title={title} back={way} />} className="p-6">
      {asked.isError ? (
        <div className="grid justify-items-start gap-3">
          <Note tone="no" role="alert">
            {failed(explain(asked.error).message)}
          </Note>
          <Button onClick={() => void asked.refetch()}>{again}</Button>
        </div>
      ) : (
        <TextSkeleton lines={lines} />
      )}
    </DetailPane>
  )
}
