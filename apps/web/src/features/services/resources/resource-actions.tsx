import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { ApiProblem, call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { type Resource, resourceQuery } from './queries.ts'
import { resourceWords } from './words.ts'

const MoveBookingsDialog = lazy(() => import('./move-bookings-dialog.tsx').then((file) => ({ default: file.MoveBookingsDialog })))

/** Putting away, where bookings ahead are moved first, and bringing back. */
export function ResourceActions({ resource }: { readonly resource: Resource }) {
  const t = useWords(resourceWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const [ahead, setAhead] = useState<number>()
  const params = { resourceId: resource.id }
  const take = async (answer: Promise<Resource>): Promise<Resource> => {
    const changed = await answer
    queries.setQueryData(resourceQuery(changed.id).queryKey, changed)
    void queries.invalidateQueries({ queryKey: ['scheduling'] })
    return changed
  }
  const archive = async () => {
    try {
      await take(call('DELETE /resources/{resourceId}', { params, version: resource.version }))
      notices.show({
        text: t('archived', { name: resource.name }),
        undo: () => take(call('POST /resources/{resourceId}/restore', { params })),
      })
    } catch (error) {
      const bookings = error instanceof ApiProblem && error.slug === 'scheduling/resource-has-bookings' ? error.details.bookings : undefined
      if (typeof bookings === 'number') setAhead(bookings)
      else notices.show({ tone: 'no', text: explain(error).message })
    }
  }
  const restore = async () => {
    try {
      await take(call('POST /resources/{resourceId}/restore', { params }))
      notices.show({ tone: 'ok', text: t('restored', { name: resource.name }) })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    }
  }
  return (
    <>
      {resource.archivedAt ? (
        <Button icon="undo" onClick={() => void restore()}>
          {t('restore')}
        </Button>
      ) : (
        <IconButton name={t('archive')} icon="archive" onClick={() => void archive()} />
      )}
      <Suspense>
        {ahead !== undefined && <MoveBookingsDialog resource={resource} bookings={ahead} onClose={() => setAhead(undefined)} />}
      </Suspense>
    </>
  )
}
