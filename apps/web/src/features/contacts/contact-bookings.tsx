import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useMinute } from '../../lib/clock.ts'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { List, rowLook, rowProps } from '../../ui/list.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import type { Booking } from '../calendar/queries.ts'
import { useShortWhen } from '../calendar/short-when.ts'
import { statusWords } from '../calendar/status-words.ts'
import { calendarWords } from '../calendar/words.ts'
import { PartFailed } from './part-failed.tsx'
import type { Contact } from './queries.ts'
import { useContactBookings } from './use-contact-bookings.ts'
import { contactsWords } from './words.ts'

const ContactWaiting = lazy(() => import('../waitlist/contact-waiting.tsx').then((file) => ({ default: file.ContactWaiting })))

/** What is booked ahead, and what was before; where there is no room beside it, also what she waits for. */
export function ContactBookings(props: { readonly contact: Contact; readonly onBook: () => void }) {
  return (
    <>
      <Booked {...props} />
      <div className="-mx-4 mt-4 border-t border-line three:hidden">
        <Suspense>
          <ContactWaiting contact={props.contact} />
        </Suspense>
      </div>
    </>
  )
}

function Booked({ contact, onBook }: { readonly contact: Contact; readonly onBook: () => void }) {
  const t = useWords(contactsWords)
  const queries = useQueryClient()
  const { ahead, before, error } = useContactBookings(contact.id)
  if (error !== undefined) {
    return (
      <PartFailed error={error} onAgain={() => void queries.invalidateQueries({ queryKey: ['scheduling', 'of-contact', contact.id] })} />
    )
  }
  if (!ahead || !before) {
    return (
      <div className="pt-6">
        <TextSkeleton lines={4} />
      </div>
    )
  }
  if (ahead.length + before.length === 0) {
    return (
      <EmptyState
        icon="calendar"
        action={
          <Button icon="calendar" onClick={onBook}>
            {t('book')}
          </Button>
        }
      >
        {t('bookingsEmpty')}
      </EmptyState>
    )
  }
  return (
    <div className="grid gap-2 pt-4">
      {ahead.length > 0 && <BookingList title={t('upcoming')} bookings={ahead} />}
      {before.length > 0 && <BookingList title={t('past')} bookings={before} />}
    </div>
  )
}

function BookingList({ title, bookings }: { readonly title: string; readonly bookings: readonly Booking[] }) {
  const c = useWords(calendarWords)
  const short = useShortWhen()
  const { slug, zone } = useWorkspace()
  const formats = useFormats(zone)
  const now = useMinute()
  return (
    <section className="grid gap-1">
      <h3 className="text-xs font-medium text-ink-3">{title}</h3>
      <div className="-mx-3">
        <List label={title} items={bookings} keyOf={(booking) => booking.id}>
          {(booking) => (
            <Link
              {...rowProps}
              to="/w/$workspace/calendar"
              params={{ workspace: slug }}
              search={{ date: booking.wallStart.slice(0, 10), booking: booking.id }}
              className={rowLook}
            >
              <span data-hue style={{ '--h': booking.service.hue }} className="row-span-2 h-8 w-0.75 rounded-full bg-hue-mark" />
              <span className="flex items-baseline gap-2">
                <span className="min-w-0 flex-1 truncate font-medium">
                  {formats.weekdayDate(booking.start)}, {formats.timeRange(booking.start, booking.end)}
                </span>
                <Badge tone={booking.status === 'confirmed' || booking.status === 'attended' ? 'ok' : 'neutral'}>
                  {statusWords(c, booking, now, short)}
                </Badge>
              </span>
              <span className="truncate text-ink-2">
                <bdi>{booking.service.name}</bdi> · <bdi>{booking.staff.name}</bdi>
              </span>
            </Link>
          )}
        </List>
      </div>
    </section>
  )
}
