import { lazy, Suspense, useState } from 'react'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import type { Booking } from '../../calendar/queries.ts'
import { movable } from '../../calendar/use-drag.ts'
import { resourceWords } from './words.ts'

const ChangeResourcesDialog = lazy(() => import('./change-resources-dialog.tsx').then((file) => ({ default: file.ChangeResourcesDialog })))

/** What a booking has beside a person, and the way to give it something else. */
export function BookedResources({ booking }: { readonly booking: Booking }) {
  const t = useWords(resourceWords)
  const { list } = useFormats()
  const [changing, setChanging] = useState(false)
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <bdi className="min-w-0">{list(booking.resources.map(({ name }) => name))}</bdi>
      {movable.has(booking.status) && (
        <Button size="sm" onClick={() => setChanging(true)}>
          {t('change')}
        </Button>
      )}
      <Suspense>{changing && <ChangeResourcesDialog booking={booking} onClose={() => setChanging(false)} />}</Suspense>
    </span>
  )
}

/** What it is called in the list of facts: a room where there is one. */
export function useResourceTerm(): (booking: Booking) => string {
  const t = useWords(resourceWords)
  return ({ resources }) => t(`kind/${resources.some(({ kind }) => kind === 'room') ? 'room' : 'equipment'}`)
}
