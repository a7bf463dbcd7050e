import { zoneCity } from '@frontdesk/i18n'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Ago } from '../../ui/ago.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { HueDot } from '../../ui/badge.tsx'
import { Facts } from '../../ui/section.tsx'
import { contactQuery } from '../contacts/queries.ts'
import { BookedResources, useResourceTerm } from '../services/resources/booked-resources.tsx'
import { bookingWords } from './booking-words.ts'
import { minutesBetween } from './clock-days.ts'
import type { Booking } from './queries.ts'

/** Who, what, when, where, and for how much. */
export function BookingFacts({ booking }: { readonly booking: Booking }) {
  const t = useWords(bookingWords)
  const resourceTerm = useResourceTerm()
  const { slug, zone } = useWorkspace()
  const formats = useFormats(zone)
  const theirs = useFormats(booking.contactZone ?? zone)
  const elsewhere = booking.contactZone !== null && theirs.zoneName(booking.start, 'offset') !== formats.zoneName(booking.start, 'offset')
  const points = useQuery(contactQuery(booking.contact.id)).data?.points ?? []
  const point =
    points.find(({ kind, preferred }) => kind === 'phone' && preferred) ?? points.find(({ kind }) => kind === 'phone') ?? points[0]
  const reach = point?.shown
  const before = minutesBetween(booking.busyFrom, booking.start)
  const after = minutesBetween(booking.end, booking.busyUntil)
  const around = [
    before > 0 && t('before', { length: formats.duration(before) }),
    after > 0 && t('after', { length: formats.duration(after) }),
  ].filter((part) => part !== false)
  const facts: readonly (readonly [string, ReactNode] | false)[] = [
    [
      t('service'),
      <span key="service" className="flex items-center gap-2">
        <HueDot hue={booking.service.hue} />
        <bdi className="min-w-0">{booking.service.name}</bdi>
      </span>,
    ],
    [
      t('when'),
      <span key="when" className="grid">
        <span>{formats.weekdayDate(booking.start)}</span>
        <span className="figures">{formats.timeRange(booking.start, booking.end)}</span>
        {elsewhere && booking.contactZone && (
          <span className="text-xs text-ink-3">
            {t('forThem', { time: theirs.time(booking.start), name: booking.contact.name, zone: zoneCity(booking.contactZone) })}
          </span>
        )}
      </span>,
    ],
    [t('with'), <bdi key="with">{booking.staff.name}</bdi>],
    booking.resources.length > 0 && [resourceTerm(booking), <BookedResources key="resources" booking={booking} />],
    [t('where'), <PlaceWords key="where" booking={booking} />],
    around.length > 0 && [t('around'), around.join(', ')],
    booking.price !== null && [t('price'), formats.money(booking.price)],
    booking.attendee.id !== booking.contact.id && [
      t('attendee'),
      <Link
        key="attendee"
        to="/w/$workspace/contacts/$contactId"
        params={{ workspace: slug, contactId: booking.attendee.id }}
        className={linkLook}
      >
        <bdi>{booking.attendee.name}</bdi>
      </Link>,
    ],
    booking.note !== null && [
      t('note'),
      <span key="note" dir="auto" className="whitespace-pre-wrap">
        {booking.note}
      </span>,
    ],
    booking.cancelReason !== null && [t('reason'), <bdi key="reason">{booking.cancelReason}</bdi>],
    [
      t('source'),
      <span key="source">
        <Ago at={booking.createdAt} />, {t(`source/${booking.source}`)}
      </span>,
    ],
  ]
  return (
    <section className="grid gap-4 p-4">
      <Link
        to="/w/$workspace/contacts/$contactId"
        params={{ workspace: slug, contactId: booking.contact.id }}
        className="-mx-2 flex items-center gap-3 rounded-md px-2 py-1 no-underline hover:bg-hover"
      >
        <Avatar name={booking.contact.name} id={booking.contact.id} />
        <span className="grid min-w-0">
          <bdi className="font-medium wrap-anywhere">{booking.contact.name}</bdi>
          {reach && (
            <bdi dir="ltr" className="truncate text-start text-xs text-ink-2">
              {reach}
            </bdi>
          )}
          {booking.bookedAs && <span className="text-xs text-ink-3">{t('bookedAs', { name: booking.bookedAs })}</span>}
        </span>
      </Link>
      <Facts items={facts.filter((fact) => fact !== false).map(([term, value]) => ({ term, value }))} />
    </section>
  )
}

const linkLook = 'text-link underline underline-offset-2'

function PlaceWords({ booking: { place } }: { readonly booking: Booking }) {
  const t = useWords(bookingWords)
  switch (place.kind) {
    case 'video':
      return place.detail ? (
        <a href={place.detail} target="_blank" rel="noopener noreferrer" className={linkLook}>
          {t('joinVideo')}
        </a>
      ) : (
        t('place/video')
      )
    case 'phone':
      return place.detail ? t('callsUs', { number: place.detail }) : t('weCall')
    case 'at_customer':
    case 'address':
      return place.detail ? <bdi>{place.detail}</bdi> : t(`place/${place.kind}`)
  }
}
