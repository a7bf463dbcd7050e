import type { CalendarFailure } from '@frontdesk/contract'
import { OutboundRefused } from '../../../platform/http/index.ts'
import type { CalendarReach } from './calendar-reach.ts'

/** What came of asking for a calendar. */
export type CalendarAnswer =
  | { readonly kind: 'content'; readonly text: string; readonly etag: string | null }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'failed'; readonly failure: CalendarFailure }

const mostBytes = 4_000_000
const timeoutMs = 20_000
/** Calendars of large providers move by one or two. */
const mostRedirects = 3

const failed = (failure: CalendarFailure): CalendarAnswer => ({ kind: 'failed', failure })

/** Asks for the file behind an address. Each redirect is judged as the first address was. Never throws for what the other side does. */
export async function askCalendar(reach: CalendarReach, address: string, etag: string | null): Promise<CalendarAnswer> {
  let place = address
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    let answer: Awaited<ReturnType<CalendarReach['ask']>>
    try {
      answer = await reach.ask(place, {
        method: 'GET',
        headers: { accept: 'text/calendar, */*;q=0.1', ...(etag === null ? {} : { 'if-none-match': etag }) },
        timeout: timeoutMs,
        mostBytes,
      })
    } catch (error) {
      return failed(failureOf(error))
    }
    const { status, headers, body } = answer
    if (status === 304 && etag !== null) return { kind: 'unchanged' }
    const { location } = headers
    if (status >= 300 && status < 400 && typeof location === 'string' && URL.canParse(location, place)) {
      place = new URL(location, place).href
      continue
    }
    if (status !== 200) return failed(failureOfStatus(status))
    if (body.length >= mostBytes) return failed('too_large')
    return { kind: 'content', text: body.toString('utf8').replace(/^\uFEFF/, ''), etag: textOf(headers.etag) }
  }
  return failed('server_error')
}

const textOf = (header: string | readonly string[] | undefined): string | null =>
  typeof header === 'string' && header.length <= 200 ? header : null

function failureOfStatus(status: number): CalendarFailure {
  if (status === 404 || status === 410) return 'not_found'
  if (status === 401 || status === 403) return 'access_denied'
  return 'server_error'
}

/** Why there was no answer. */
export function failureOf(error: unknown): CalendarFailure {
  if (error instanceof OutboundRefused) return error.reason === 'unknown_name' ? 'unknown_name' : 'address_refused'
  if (!(error instanceof Error)) return 'no_connection'
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout'
  const code = 'code' in error ? String(error.code) : ''
  return /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS|HOSTNAME)/.test(code) ? 'certificate' : 'no_connection'
}
