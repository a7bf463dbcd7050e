import { z } from 'zod'
import { CalendarFailed } from '../calendar-failed.ts'
import type { FeedEntry } from '../feed-file.ts'
import { asInstant, type GoOn, goThrough, requireFine, wallMidnight } from './answers.ts'
import type { AskApi, ProviderApi, ProviderChanges, ProviderEvent, ReadWish } from './provider.ts'

/** What is asked of an event: when it is and whether it counts. Titles, guests and places never come here. */
const fields =
  'timeZone,nextPageToken,nextSyncToken,items(id,status,transparency,eventType,iCalUID,start,end,attendees(self,responseStatus),extendedProperties/private)'

const Moment = z.object({ date: z.iso.date().optional(), dateTime: z.string().optional() })
const Event = z.object({
  id: z.string().min(1),
  status: z.string().optional(),
  transparency: z.string().optional(),
  eventType: z.string().optional(),
  iCalUID: z.string().optional(),
  start: Moment.optional(),
  end: Moment.optional(),
  attendees: z.array(z.object({ self: z.boolean().optional(), responseStatus: z.string().optional() })).optional(),
  extendedProperties: z.object({ private: z.record(z.string(), z.string()).optional() }).optional(),
})
type Event = z.output<typeof Event>
const EventPage = z.object({
  timeZone: z.string().optional(),
  nextPageToken: z.string().optional(),
  nextSyncToken: z.string().optional(),
  items: z.array(z.unknown()).default([]),
})
const CalendarPage = z.object({
  nextPageToken: z.string().optional(),
  items: z
    .array(
      z.object({
        id: z.string().min(1),
        summary: z.string().optional(),
        summaryOverride: z.string().optional(),
        primary: z.boolean().optional(),
      }),
    )
    .default([]),
})
const WrittenEvent = z.object({ id: z.string(), etag: z.string().optional() })

/** The Calendar API of Google, version 3. What is asked changes nothing but the page of a list, as its synchronisation wants. */
export function googleApi(ask: AskApi, base: string): ProviderApi {
  const at = (path: string, query: Readonly<Record<string, string>> = {}): URL => {
    const url = new URL(path, base)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    return url
  }
  const eventsOf = (calendarId: string) => `calendars/${encodeURIComponent(calendarId)}/events`
  return {
    calendars: async () => {
      const found = await goThrough(async (token: string | undefined): Promise<GoOn<z.output<typeof CalendarPage>['items'][number]>> => {
        const answer = await ask(at('users/me/calendarList', { maxResults: '250', ...(token ? { pageToken: token } : {}) }))
        const page = requireFine(answer, CalendarPage)
        return { items: page.items, next: page.nextPageToken }
      })
      return found
        .toSorted((one, other) => Number(other.primary ?? false) - Number(one.primary ?? false))
        .map(({ id, summary, summaryOverride }) => ({ url: id, name: summaryOverride ?? summary ?? id }))
    },
    changes: (wish) => changesOf((query) => ask(at(eventsOf(wish.calendarId), query)), wish),
    write: async (calendarId, entry) => {
      // A name of an event is of the letters of base32hex: the hexadecimal digits of ours are.
      const id = entry.threadId.replaceAll('-', '')
      const body = { id, ...eventBody(entry) }
      // One that somebody deleted there is still known by its name, and comes back.
      let answer = await ask(at(`${eventsOf(calendarId)}/${id}`, { sendUpdates: 'none' }), { method: 'PUT', body })
      if (answer.status === 404) answer = await ask(at(eventsOf(calendarId), { sendUpdates: 'none' }), { method: 'POST', body })
      const written = requireFine(answer, WrittenEvent)
      return { theirId: written.id, etag: written.etag ?? null }
    },
    remove: async (calendarId, theirId) => {
      const answer = await ask(at(`${eventsOf(calendarId)}/${encodeURIComponent(theirId)}`, { sendUpdates: 'none' }), { method: 'DELETE' })
      if (answer.status !== 404 && answer.status !== 410) requireFine(answer, z.unknown())
    },
  }
}

async function changesOf(ask: (query: Readonly<Record<string, string>>) => ReturnType<AskApi>, wish: ReadWish): Promise<ProviderChanges> {
  const { from, to, since, zone } = wish
  const common = { singleEvents: 'true', maxResults: '2500', fields }
  const begin: Readonly<Record<string, string>> =
    since === null
      ? { timeMin: from.toString({ smallestUnit: 'second' }), timeMax: to.toString({ smallestUnit: 'second' }) }
      : { syncToken: since }
  let mark: string | undefined
  let over = false
  const found = await goThrough(async (token: string | undefined): Promise<GoOn<ProviderEvent | { readonly gone: string }>> => {
    const answer = await ask({ ...common, ...begin, ...(token ? { pageToken: token } : {}) })
    if (answer.status === 410 && since !== null) {
      over = true
      return { items: [], next: undefined }
    }
    const page = requireFine(answer, EventPage)
    mark = page.nextSyncToken
    return { items: page.items.map((item) => read(item, page.timeZone ?? zone)), next: page.nextPageToken }
  })
  // What we knew of the calendar is too old for what changed since: everything is asked for.
  if (over) return changesOf(ask, { ...wish, since: null })
  if (mark === undefined) throw new CalendarFailed('not_a_calendar')
  const gone = found.flatMap((one) => ('gone' in one ? [one.gone] : []))
  return { whole: since === null, events: found.flatMap((one) => ('gone' in one ? [] : [one])), gone, mark }
}

/** What cannot be understood counts as gone rather than ending the reading; what repeats comes as its single times. */
function read(item: unknown, zone: string): ProviderEvent | { readonly gone: string } {
  const known = z.object({ id: z.string().min(1) }).safeParse(item)
  if (!known.success) throw new CalendarFailed('not_a_calendar')
  const found = Event.safeParse(item)
  if (!found.success || found.data.status === 'cancelled') return { gone: known.data.id }
  const startMs = momentMs(found.data.start, zone)
  const endMs = momentMs(found.data.end, zone)
  if (startMs === undefined || endMs === undefined) return { gone: found.data.id }
  const { id, iCalUID, extendedProperties } = found.data
  return { id, startMs, endMs, takesTime: takesTime(found.data), uid: extendedProperties?.private?.frontdesk ?? iCalUID ?? null }
}

/** Free, working from somewhere, or declined by the calendar's owner: nobody is busy. */
const takesTime = ({ transparency, eventType, attendees }: Event): boolean =>
  transparency !== 'transparent' &&
  eventType !== 'workingLocation' &&
  !(attendees ?? []).some(({ self, responseStatus }) => self === true && responseStatus === 'declined')

function momentMs(moment: z.output<typeof Moment> | undefined, zone: string): number | undefined {
  if (moment?.dateTime !== undefined) return asInstant(moment.dateTime)
  return moment?.date === undefined ? undefined : wallMidnight(moment.date, zone)
}

function eventBody({ summary, location, url, start, end, tentative, threadId }: FeedEntry): object {
  return {
    summary,
    ...(location === null ? {} : { location }),
    start: { dateTime: start.toString() },
    end: { dateTime: end.toString() },
    status: tentative ? 'tentative' : 'confirmed',
    transparency: 'opaque',
    source: { title: 'Frontdesk', url },
    extendedProperties: { private: { frontdesk: threadId } },
  }
}
