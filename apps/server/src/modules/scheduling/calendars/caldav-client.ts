import { isIP } from 'node:net'
import type { CalendarFailure } from '@frontdesk/contract'
import {
  createAccount,
  createCalendarObject,
  type DAVCalendar,
  deleteCalendarObject,
  fetchCalendarObjects,
  fetchCalendars,
  propfind,
  updateCalendarObject,
} from 'tsdav'
import type { OutboundCall } from '../../../platform/http/index.ts'
import { failureOf } from './ask-calendar.ts'
import { CalendarFailed } from './calendar-failed.ts'
import type { CalendarReach } from './calendar-reach.ts'

/** Who asks a CalDAV server (RFC 4791), and where. */
export type CaldavAccount = { readonly address: string; readonly username: string; readonly password: string }

/** One calendar of an account. */
export type CaldavCalendar = { readonly url: string; readonly name: string }

/** One event file of a calendar. */
export type CaldavObject = { readonly url: string; readonly etag: string | null; readonly text: string }

export type CaldavClient = {
  /** The calendars of the account that hold events. Throws `CalendarFailed`. */
  readonly calendars: () => Promise<readonly CaldavCalendar[]>
  /** What changes when anything in a calendar does; null where the server does not say. Throws `CalendarFailed`. */
  readonly mark: (calendarUrl: string) => Promise<string | null>
  /** What stands in a stretch of time. Throws `CalendarFailed`. */
  readonly objects: (calendarUrl: string, from: Temporal.Instant, to: Temporal.Instant) => Promise<readonly CaldavObject[]>
  /** Writes an event under its own name, whether or not it is there; answers its etag. Throws `CalendarFailed`. */
  readonly write: (calendarUrl: string, name: string, text: string, etag: string | null) => Promise<string | null>
  /** Deletes one; what is not there counts as deleted. Throws `CalendarFailed`. */
  readonly remove: (calendarUrl: string, name: string) => Promise<void>
}

const timeoutMs = 20_000
const mostBytes = 8_000_000

/** Speaks to an account. Everything it asks goes through `reach`; name and password are given to servers of the same owner alone. */
export function caldavClient(reach: CalendarReach, account: CaldavAccount): CaldavClient {
  const authorization = `Basic ${Buffer.from(`${account.username}:${account.password}`).toString('base64')}`
  const home = new URL(account.address).hostname
  let last: { readonly status: number } | { readonly failure: CalendarFailure } = { status: 0 }

  const ask: typeof fetch = async (input, init = {}) => {
    const url = input instanceof Request ? input.url : String(input)
    const headers = Object.fromEntries(new Headers(init.headers).entries())
    try {
      const answer = await reach.ask(url, {
        method: (init.method ?? 'GET') as OutboundCall['method'],
        headers: { ...headers, ...(isSameOwner(home, new URL(url).hostname) ? { authorization } : {}) },
        ...(typeof init.body === 'string' ? { body: init.body } : {}),
        timeout: timeoutMs,
        mostBytes,
      })
      last = answer.body.length >= mostBytes ? { failure: 'too_large' } : { status: answer.status }
      if ('failure' in last) throw new CalendarFailed(last.failure)
      const given = Object.entries(answer.headers).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value] as [string, string]] : [],
      )
      return new Response([204, 205, 304].includes(answer.status) ? null : new Uint8Array(answer.body), {
        status: answer.status,
        headers: given,
      })
    } catch (error) {
      if (!(error instanceof CalendarFailed)) last = { failure: failureOf(error) }
      throw error
    }
  }
  /** What the library could not do is told by what the server said last. */
  const tried = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw error instanceof CalendarFailed ? error : new CalendarFailed(whyOf(last))
    }
  }
  const common = { fetch: ask, headers: {} }
  return {
    calendars: () =>
      tried(async () => {
        const found = await createAccount({ account: { serverUrl: account.address, accountType: 'caldav' }, ...common })
        return (await fetchCalendars({ account: found, ...common })).filter(holdsEvents).map(presentCalendar)
      }),
    mark: (calendarUrl) =>
      tried(async () => {
        const [found] = await propfind({ url: calendarUrl, props: { 'cs:getctag': {}, 'd:sync-token': {} }, depth: '0', ...common })
        requireAnswer(last)
        const { getctag, syncToken } = (found?.props ?? {}) as { readonly getctag?: unknown; readonly syncToken?: unknown }
        return [getctag, syncToken].find((one) => typeof one === 'string') ?? null
      }),
    objects: (calendarUrl, from, to) =>
      tried(async () => {
        const timeRange = { start: from.toString({ smallestUnit: 'second' }), end: to.toString({ smallestUnit: 'second' }) }
        const found = await fetchCalendarObjects({ calendar: { url: calendarUrl }, timeRange, ...common })
        requireAnswer(last)
        return found.map(({ url, etag, data }) => ({ url, etag: etag ?? null, text: String(data ?? '') }))
      }),
    write: (calendarUrl, name, text, etag) =>
      tried(async () => {
        const url = new URL(name, calendarUrl).href
        const put = (known: string | null) =>
          known === null
            ? createCalendarObject({ calendar: { url: calendarUrl }, filename: name, iCalString: text, ...common })
            : updateCalendarObject({ calendarObject: { url, data: text, etag: known }, ...common })
        let answer = await put(etag)
        // It was changed or deleted there meanwhile, or an answer of before was lost: what was decided here is newer.
        if (answer.status === 412 || answer.status === 404) answer = await put((await ask(url)).headers.get('etag'))
        if (!answer.ok) throw new CalendarFailed(whyOf({ status: answer.status }))
        return answer.headers.get('etag') ?? (await ask(url)).headers.get('etag')
      }),
    remove: (calendarUrl, name) =>
      tried(async () => {
        const answer = await deleteCalendarObject({ calendarObject: { url: new URL(name, calendarUrl).href }, ...common })
        if (!answer.ok && answer.status !== 404 && answer.status !== 410) throw new CalendarFailed(whyOf({ status: answer.status }))
      }),
  }
}

/** Large providers answer from several servers of one name (`p07-caldav.icloud.com`); nobody else is told a password. */
const isSameOwner = (home: string, host: string): boolean => home === host || (isIP(home) === 0 && ownerOf(home) === ownerOf(host))

/** `provider.com`, and `provider.co.uk`: under short second names there are many owners. */
function ownerOf(host: string): string {
  const labels = host.toLowerCase().split('.')
  return labels.slice((labels.at(-2)?.length ?? 0) <= 3 ? -3 : -2).join('.')
}

const holdsEvents = ({ components }: DAVCalendar): boolean => components === undefined || components.includes('VEVENT')

const presentCalendar = ({ url, displayName }: DAVCalendar): CaldavCalendar => ({
  url,
  name:
    typeof displayName === 'string' && displayName.trim() !== ''
      ? displayName.trim()
      : (url.split('/').findLast((part) => part !== '') ?? url),
})

function requireAnswer(last: { readonly status: number } | { readonly failure: CalendarFailure }): void {
  if ('failure' in last || last.status >= 400) throw new CalendarFailed(whyOf(last))
}

function whyOf(last: { readonly status: number } | { readonly failure: CalendarFailure }): CalendarFailure {
  if ('failure' in last) return last.failure
  if (last.status === 401 || last.status === 403) return 'access_denied'
  if (last.status === 404 || last.status === 410) return 'not_found'
  return last.status >= 400 ? 'server_error' : 'not_a_calendar'
}
