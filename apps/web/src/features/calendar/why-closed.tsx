import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { bookingWords } from './booking-words.ts'
import { type WhyWish, whyQuery } from './queries.ts'
import { closedWords, roomWords } from './verdict-words.ts'

/** Says why a time is not offered, person by person and room by room; or that it can be had. `children` is what can be done about it. */
export function WhyClosed({ children, ...wish }: WhyWish & { readonly children?: ReactNode }) {
  const t = useWords(bookingWords)
  const { zone } = useWorkspace()
  const formats = useFormats(zone)
  const { data: why } = useQuery(whyQuery(wish))
  if (!why) return null
  if (why.open) {
    return (
      <Note tone="ok" role="status">
        {t('timeIsFree')}
      </Note>
    )
  }
  // Where somebody could come, the others are not what stands in the way.
  const someone = why.staff.some((person) => person.open)
  const closed = someone ? [] : why.staff.filter((person) => !person.open)
  const rooms = why.resources.filter(({ inTheWay }) => inTheWay)
  return (
    <Note tone="wait" role="status">
      <p className="font-medium">{t('whyClosed')}</p>
      <ul className="mt-1 grid gap-1">
        {why.service.map((reason) => (
          <li key={reason.code}>{closedWords(t, formats, reason)}</li>
        ))}
        {closed.map(({ staffId, name, reasons }) => (
          <li key={staffId}>
            {why.staff.length > 1 && (
              <>
                <bdi className="font-medium">{name}</bdi>:{' '}
              </>
            )}
            {reasons.map((reason) => closedWords(t, formats, reason)).join(' ')}
          </li>
        ))}
        {rooms.map(({ resourceId, name, reasons }) => (
          <li key={resourceId}>{roomWords(t, formats, name, reasons)}</li>
        ))}
      </ul>
      {children && <div className="mt-2">{children}</div>}
    </Note>
  )
}
