import { useQuery } from '@tanstack/react-query'
import { contactQuery } from '../contacts/queries.ts'
import { BookSheet } from './book-sheet.tsx'
import type { CalendarData } from './use-calendar-data.ts'
import type { CalendarView } from './use-calendar-view.ts'

/** The sheet that books, open as long as the address says so. */
export function AddressedBooking({ view, data }: { readonly view: CalendarView; readonly data: CalendarData }) {
  const { search, go } = view
  const contact = useQuery({
    ...contactQuery(search.contact ?? ''),
    enabled: search.contact !== undefined && search.book !== undefined,
  }).data
  const over = { book: undefined, contact: undefined, person: undefined }
  const ready = search.book !== undefined && (search.contact === undefined || contact !== undefined)
  if (!ready) return null
  const alone = data.shown.length === 1 ? data.shown[0]?.id : undefined
  return (
    <BookSheet
      open
      onOpenChange={() => go(over)}
      prefill={{
        start: search.book === 'new' ? undefined : search.book,
        staffId: search.person ?? alone,
        contact: contact && { id: contact.id, name: contact.name },
      }}
      onBooked={(booking) => go({ ...over, booking: booking.id }, { replace: true })}
    />
  )
}
