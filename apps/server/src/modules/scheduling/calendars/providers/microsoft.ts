import { z } from 'zod'
import { CalendarFailed } from '../calendar-failed.ts'
import type { FeedEntry } from '../feed-file.ts'
import { asInstant, type GoOn, goThrough, requireFine, wallMidnight } from './answers.ts'
import type { AskApi, ProviderApi, ProviderChanges, ProviderEvent, ReadWish } from './provider.ts'

const Moment = z.object({ dateTime: z.string(), timeZone: z.string().optional() })
const Event = z.object({
  id: z.string().min(1),
  type: z.string().optional(),
  seriesMasterId: z.string().nullish(),
  iCalUId: z.string().nullish(),
  start: Moment.optional(),
  end: Moment.optional(),
  isAllDay: z.boolean().nullish(),
  isCancelled: z.boolean().nullish(),
  showAs: z.string().nullish(),
  responseStatus: z.object({ response: z.string().nullish() }).nullish(),
})
type Event = z.output<typeof Event>
const EventPage = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
})
const CalendarPage = z.object({
  value: z.array(z.object({ id: z.string().min(1), name: z.string().nullish(), isDefaultCalendar: z.boolean().nullish() })),
  '@odata.nextLink': z.string().optional(),
})
const WrittenEvent = z.object({ id: z.string().min(1), '@odata.etag': z.string().optional() })

/** Times in UTC, and names of events that stay when one is moved between calendars. */
const prefer = { prefer: 'outlook.timezone="UTC", IdType="ImmutableId", odata.maxpagesize=200' }

/** Microsoft Graph, version 1.0. What changed comes by its delta query over a stretch of the calendar. */
export function microsoftApi(askAnywhere: AskApi, base: string): ProviderApi {
  const at = (path: string, query: Readonly<Record<string, string>> = {}): URL => {
    const url = new URL(path, base)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    return url
  }
  const ask: AskApi = (url, call = {}) => askAnywhere(url, { ...call, headers: { ...prefer, ...call.headers } })
  const eventsOf = (calendarId: string) => `me/calendars/${encodeURIComponent(calendarId)}/events`
  const eventAt = (theirId: string) => `me/events/${encodeURIComponent(theirId)}`
  return {
    calendars: async () => {
      const first = at('me/calendars', { $select: 'id,name,isDefaultCalendar', $top: '100' })
      const found = await goThrough(async (link: string | undefined): Promise<GoOn<z.output<typeof CalendarPage>['value'][number]>> => {
        const page = requireFine(await ask(link === undefined ? first : sameHouse(link, base)), CalendarPage)
        return { items: page.value, next: page['@odata.nextLink'] }
      })
      return found
        .toSorted((one, other) => Number(other.isDefaultCalendar ?? false) - Number(one.isDefaultCalendar ?? false))
        .map(({ id, name }) => ({ url: id, name: name ?? id }))
    },
    changes: (wish) => {
      const first = at(`me/calendars/${encodeURIComponent(wish.calendarId)}/calendarView/delta`, {
        startDateTime: wish.from.toString({ smallestUnit: 'second' }),
        endDateTime: wish.to.toString({ smallestUnit: 'second' }),
      })
      return changesOf((link) => ask(link === undefined ? first : sameHouse(link, base)), wish)
    },
    write: async (calendarId, entry, theirId) => {
      const body = eventBody(entry)
      let answer = theirId === null ? undefined : await ask(at(eventAt(theirId)), { method: 'PATCH', body })
      // Never written, or deleted there: a lost answer is no second event, because the transaction is the same.
      if (answer === undefined || answer.status === 404)
        answer = await ask(at(eventsOf(calendarId)), {
          method: 'POST',
          body: { ...body, transactionId: `${entry.threadId}-${entry.sequence}${theirId === null ? '' : '-again'}` },
        })
      const written = requireFine(answer, WrittenEvent)
      return { theirId: written.id, etag: written['@odata.etag'] ?? null }
    },
    remove: async (_calendarId, theirId) => {
      const answer = await ask(at(eventAt(theirId)), { method: 'DELETE' })
      if (answer.status !== 404 && answer.status !== 410) requireFine(answer, z.unknown())
    },
  }
}

/** An address that an answer names is asked with our token only where it leads to whom the token was made for. */
function sameHouse(link: string, base: string): URL {
  const house = new URL(base)
  if (!URL.canParse(link)) throw new CalendarFailed('not_a_calendar')
  const url = new URL(link)
  if (url.origin !== house.origin || !url.pathname.startsWith(house.pathname)) throw new CalendarFailed('not_a_calendar')
  return url
}

async function changesOf(ask: (link: string | undefined) => ReturnType<AskApi>, wish: ReadWish): Promise<ProviderChanges> {
  const { since, zone } = wish
  let mark: string | undefined
  let over = false
  const items = await goThrough(async (link: string | undefined): Promise<GoOn<unknown>> => {
    const answer = await ask(link ?? since ?? undefined)
    // Our mark is too old, or the mailbox was moved (`SyncStateNotFound`, `resyncRequired`).
    if (answer.status === 410 && since !== null) {
      over = true
      return { items: [], next: undefined }
    }
    const page = requireFine(answer, EventPage)
    mark = page['@odata.deltaLink']
    return { items: page.value, next: page['@odata.nextLink'] }
  })
  if (over) return changesOf(ask, { ...wish, since: null })
  if (mark === undefined) throw new CalendarFailed('not_a_calendar')
  const masters = new Map<string, Event>()
  const seen: Event[] = []
  const gone: string[] = []
  for (const item of items) {
    const removed = z.object({ id: z.string(), '@removed': z.unknown() }).safeParse(item)
    const found = Event.safeParse(item)
    if (removed.success && removed.data['@removed'] !== undefined) gone.push(removed.data.id)
    else if (!found.success) throw new CalendarFailed('not_a_calendar')
    else if (found.data.type === 'seriesMaster') masters.set(found.data.id, found.data)
    else seen.push(found.data)
  }
  const events: ProviderEvent[] = []
  for (const event of seen) {
    // The times of a series come without what is said once for all of them.
    const whole = { ...masters.get(event.seriesMasterId ?? ''), ...withoutNothing(event) } as Event
    const startMs = momentMs(whole.start, whole.isAllDay ?? false, zone)
    const endMs = momentMs(whole.end, whole.isAllDay ?? false, zone)
    if (startMs === undefined || endMs === undefined) gone.push(event.id)
    else events.push({ id: event.id, startMs, endMs, takesTime: takesTime(whole), uid: whole.iCalUId ?? null })
  }
  return { whole: since === null, events, gone, mark }
}

const withoutNothing = (event: Event): Partial<Event> =>
  Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined && value !== null)) as Partial<Event>

/** Free, working elsewhere, called off or declined: nobody is busy. */
const takesTime = ({ showAs, isCancelled, responseStatus }: Event): boolean =>
  isCancelled !== true && showAs !== 'free' && showAs !== 'workingElsewhere' && responseStatus?.response !== 'declined'

/** A whole day is a day on the wall, whatever zone it is written in. */
function momentMs(moment: Event['start'], allDay: boolean, zone: string): number | undefined {
  if (!moment) return undefined
  return allDay ? wallMidnight(moment.dateTime.slice(0, 10), zone) : asInstant(`${moment.dateTime.replace(/Z$/, '')}Z`)
}

function eventBody({ summary, location, url, start, end, tentative }: FeedEntry): object {
  const moment = (at: Temporal.Instant) => ({ dateTime: at.toString({ smallestUnit: 'second' }).replace(/Z$/, ''), timeZone: 'UTC' })
  return {
    subject: summary,
    ...(location === null ? {} : { location: { displayName: location } }),
    start: moment(start),
    end: moment(end),
    showAs: tentative ? 'tentative' : 'busy',
    body: { contentType: 'text', content: url },
    isReminderOn: false,
  }
}
