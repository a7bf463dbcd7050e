import { formats } from '@frontdesk/i18n'
import { homeCountryOf, writePhone } from '../contacts/index.ts'
import type { BookingFacts } from './booking-facts.ts'
import { sayPlace } from './booking-mail.ts'
import type { CalendarEntry } from './calendar-file.ts'
import { mailTranslator } from './mail.words.ts'
import { placeForCalendar } from './place.rules.ts'

type Around = {
  readonly now: Temporal.Instant
  readonly manageUrl: string
  readonly organizerEmail: string
  readonly attendeeEmail: string | null
}

/** A booking as an entry of the customer's calendar, in her language. Of a discreet service only business, time and link: calendars are shared, and shown on locked screens. */
export function entryOf({ booking, service, staff, business, name, forName, tag, zone }: BookingFacts, around: Around): CalendarEntry {
  const t = mailTranslator(tag)
  const description = [
    ...(service.discreet
      ? []
      : [
          ...(forName === null ? [] : [`${t('forWhom')}: ${forName}`]),
          `${t('withWhom')}: ${staff.name}`,
          `${t('where')}: ${sayPlace(t, booking, business)}`,
        ]),
    `${t('when')}: ${formats(tag, zone).weekdayDateTime(booking.starts_at)}`,
    ...(business.phone ? [writePhone(business.phone, homeCountryOf(business)).shown] : []),
    `${t('manage')}: ${around.manageUrl}`,
  ].join('\n')
  return {
    threadId: booking.thread_id,
    sequence: booking.sequence,
    start: booking.starts_at,
    end: booking.ends_at,
    now: around.now,
    createdAt: booking.created_at,
    changedAt: booking.updated_at,
    summary: service.discreet ? business.name : `${service.name} · ${business.name}`,
    description: description.replace(/[\u2066-\u2069]/g, ''),
    location: service.discreet ? null : placeForCalendar(booking, business.address),
    url: around.manageUrl,
    cancelled: booking.status === 'cancelled',
    organizer: { name: business.name, email: around.organizerEmail },
    attendee: around.attendeeEmail === null ? null : { name, email: around.attendeeEmail },
  }
}
