import {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendar,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventStatus,
} from 'ical-generator'

/** One appointment as a calendar file says it. Times are written in UTC; every calendar shows them in its owner's zone. */
export type CalendarEntry = {
  /** Stays the same however often the appointment is moved. */
  readonly threadId: string
  /** Grows with everything that is told about it (RFC 5545 §3.8.7.4). */
  readonly sequence: number
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  /** When the file is made (DTSTAMP). */
  readonly now: Temporal.Instant
  readonly createdAt: Temporal.Instant
  readonly changedAt: Temporal.Instant
  readonly summary: string
  readonly description: string
  readonly location: string | null
  readonly url: string | null
  readonly cancelled: boolean
  readonly organizer: { readonly name: string; readonly email: string }
  readonly attendee: { readonly name: string; readonly email: string } | null
}

/** The kinds of a file: sent by mail it invites or cancels (RFC 5546), downloaded from a page it is simply the entry. */
export type CalendarMethod = 'REQUEST' | 'CANCEL' | 'PUBLISH'

const line = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim()

/** Writes a calendar file (RFC 5545), CRLF, folded and escaped. */
export function calendarFile(entry: CalendarEntry, method: CalendarMethod): string {
  const calendar = new ICalCalendar({
    prodId: { company: 'Frontdesk', product: 'Scheduling', language: 'EN' },
    method: ICalCalendarMethod[method],
  })
  const event = calendar.createEvent({
    id: entry.threadId,
    sequence: entry.sequence,
    start: entry.start,
    end: entry.end,
    stamp: entry.now,
    created: entry.createdAt,
    lastModified: entry.changedAt,
    summary: line(entry.summary),
    description: entry.description,
    status: entry.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    busystatus: entry.cancelled ? ICalEventBusyStatus.FREE : ICalEventBusyStatus.BUSY,
    organizer: { name: line(entry.organizer.name), email: entry.organizer.email },
    ...(entry.location === null ? {} : { location: entry.location }),
    ...(entry.url === null ? {} : { url: entry.url }),
  })
  if (method !== 'PUBLISH' && entry.attendee) {
    event.createAttendee({
      name: line(entry.attendee.name),
      email: entry.attendee.email,
      role: ICalAttendeeRole.REQ,
      status: ICalAttendeeStatus.ACCEPTED,
      rsvp: false,
    })
  }
  return `${calendar.toString().trimEnd()}\r\n`
}

/** Calendars ask for `invite.ics` and its like; the name carries no one's name. */
export const calendarFileName = 'appointment.ics'
