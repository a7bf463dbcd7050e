import { ICalCalendar, ICalCalendarMethod, ICalEventBusyStatus, ICalEventStatus } from 'ical-generator'

/** One booking as a feed says it. */
export type FeedEntry = {
  readonly threadId: string
  readonly sequence: number
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  readonly changedAt: Temporal.Instant
  readonly summary: string
  readonly location: string | null
  readonly url: string
  readonly tentative: boolean
}

const prodId = { company: 'Frontdesk', product: 'Scheduling', language: 'EN' } as const
const line = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim()

/** Writes a person's bookings as one calendar (RFC 5545); calendars that follow the hint (RFC 7986 §5.7) ask again every quarter of an hour. */
export function feedFile(name: string, entries: readonly FeedEntry[]): string {
  const calendar = new ICalCalendar({
    prodId,
    method: ICalCalendarMethod.PUBLISH,
    name: line(name),
    ttl: 15 * 60,
  })
  for (const entry of entries) addEntry(calendar, entry)
  return written(calendar)
}

/** Writes one booking as the file that a CalDAV server keeps, which has no method (RFC 4791 §4.1). */
export function entryFile(entry: FeedEntry): string {
  const calendar = new ICalCalendar({ prodId })
  addEntry(calendar, entry)
  return written(calendar)
}

const written = (calendar: ICalCalendar): string => `${calendar.toString().trimEnd()}\r\n`

function addEntry(calendar: ICalCalendar, entry: FeedEntry): void {
  calendar.createEvent({
    id: entry.threadId,
    sequence: entry.sequence,
    start: entry.start,
    end: entry.end,
    stamp: entry.changedAt,
    lastModified: entry.changedAt,
    summary: line(entry.summary),
    url: entry.url,
    status: entry.tentative ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
    busystatus: entry.tentative ? ICalEventBusyStatus.TENTATIVE : ICalEventBusyStatus.BUSY,
    ...(entry.location === null ? {} : { location: line(entry.location) }),
  })
}
