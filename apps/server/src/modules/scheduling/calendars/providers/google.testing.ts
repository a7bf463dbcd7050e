/** The Calendar API of Google as it documents itself, on this computer. Each request is checked; what does not fit is noted and refused. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll } from 'vitest'
import { type OAuthServer, oauthServer } from './oauth.testing.ts'
import type { ProviderEndpoints } from './provider.ts'

type Moment = { readonly dateTime?: string; readonly date?: string }
export type GoogleEvent = {
  readonly id: string
  status?: string
  readonly start?: Moment
  readonly end?: Moment
  readonly [more: string]: unknown
}

export type GoogleServer = OAuthServer & {
  readonly endpoints: ProviderEndpoints
  readonly events: ReadonlyMap<string, GoogleEvent>
  /** Somebody writes or changes an event there. */
  readonly put: (event: GoogleEvent) => void
  /** Somebody deletes one there. */
  readonly remove: (id: string) => void
  /** Every mark given so far is too old from now on. */
  readonly forgetMarks: () => void
  /** Answers everything with this status; undefined: as documented again. */
  readonly fail: (status: number | undefined) => void
  /** How lists were asked for: with a mark or for everything. */
  readonly lists: ('whole' | 'changes')[]
}

const known = ['singleEvents', 'maxResults', 'fields', 'timeMin', 'timeMax', 'syncToken', 'pageToken']
const writable = ['id', 'summary', 'location', 'start', 'end', 'status', 'transparency', 'source', 'extendedProperties']
/** Small, so that there is more than one page. */
const pageSize = 2

/** Starts it; it ends after the file's tests. */
export async function googleServer(): Promise<GoogleServer> {
  const oauth = oauthServer({
    scopes:
      /^https:\/\/www\.googleapis\.com\/auth\/calendar\.events(\.readonly)? https:\/\/www\.googleapis\.com\/auth\/calendar\.calendarlist\.readonly$/,
    rotates: false,
  })
  const events = new Map<string, GoogleEvent & { changed: number }>()
  const lists: GoogleServer['lists'] = []
  let change = 0
  let oldest = 0
  let failing: number | undefined
  const { wrong } = oauth
  const keep = (event: GoogleEvent) => {
    change += 1
    events.set(event.id, { ...event, etag: `"${change}"`, changed: change })
  }
  const remove = (id: string) => {
    const event = events.get(id)
    if (event) keep({ ...event, status: 'cancelled' })
  }
  const list = (query: URLSearchParams): [number, object] => {
    for (const name of query.keys()) if (!known.includes(name)) wrong.push(`a parameter of a list: ${name}`)
    if (query.get('singleEvents') !== 'true') wrong.push('singleEvents')
    if (!query.get('fields')?.includes('nextSyncToken') || /summary|description|location/.test(query.get('fields') ?? ''))
      wrong.push('fields')
    const token = query.get('syncToken')
    if (token !== null && (query.has('timeMin') || query.has('timeMax'))) wrong.push('a stretch together with a syncToken')
    if (token === null && !(query.has('timeMin') && query.has('timeMax'))) wrong.push('no stretch')
    const since = token === null ? -1 : Number(token.replace('sync-', ''))
    if (token !== null && since < oldest) return [410, { error: { code: 410, errors: [{ reason: 'fullSyncRequired' }] } }]
    const from = Number(query.get('pageToken') ?? 0)
    if (from === 0) lists.push(token === null ? 'whole' : 'changes')
    const all = [...events.values()].filter((event) => (token === null ? event.status !== 'cancelled' : event.changed > since))
    const items = all.slice(from, from + pageSize).map(({ changed: _changed, summary: _summary, ...event }) => event)
    const rest = from + pageSize < all.length ? { nextPageToken: String(from + pageSize) } : { nextSyncToken: `sync-${change}` }
    return [200, { timeZone: 'America/New_York', items, ...rest }]
  }
  const write = (id: string, body: string): [number, object] => {
    const event = JSON.parse(body) as GoogleEvent
    for (const name of Object.keys(event)) if (!writable.includes(name)) wrong.push(`a field of an event: ${name}`)
    if (!/^[a-v0-9]{5,1024}$/.test(event.id)) wrong.push(`the id ${event.id}`)
    if (event.id !== id) wrong.push('two ids')
    for (const moment of [event.start, event.end])
      if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(moment?.dateTime ?? '')) wrong.push(`the moment ${moment?.dateTime}`)
    keep(event)
    return [200, events.get(event.id) as object]
  }
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://google')
    const body = await text(request)
    if (url.pathname === '/token') return oauth.token(request, response, body)
    const answer = (status: number, json?: object) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(json === undefined ? '' : JSON.stringify(json))
    if (failing !== undefined) return answer(failing, { error: { code: failing } })
    if (!oauth.holds(request)) return answer(401, { error: { code: 401, status: 'UNAUTHENTICATED' } })
    if (body !== '' && request.headers['content-type'] !== 'application/json') wrong.push('content-type')
    if (url.pathname === '/calendar/v3/users/me/calendarList' && request.method === 'GET')
      return answer(200, {
        items: [
          { id: 'team@group.calendar.google.com', summary: 'Team' },
          { id: 'ana@example.com', summary: 'ana@example.com', summaryOverride: 'Ana', primary: true },
        ],
      })
    const [, calendar, id] = /^\/calendar\/v3\/calendars\/([^/]+)\/events(?:\/([^/]+))?$/.exec(url.pathname) ?? []
    if (calendar === undefined || decodeURIComponent(calendar) !== 'ana@example.com') return answer(404, { error: { code: 404 } })
    if (request.method !== 'GET' && url.searchParams.get('sendUpdates') !== 'none') wrong.push('sendUpdates')
    if (request.method === 'GET' && id === undefined) return answer(...list(url.searchParams))
    if (request.method === 'POST' && id === undefined) {
      const event = JSON.parse(body) as GoogleEvent
      return events.has(event.id) ? answer(409, { error: { code: 409 } }) : answer(...write(event.id, body))
    }
    if (id !== undefined && !events.has(id)) return answer(404, { error: { code: 404 } })
    if (request.method === 'PUT' && id !== undefined) return answer(...write(id, body))
    if (request.method === 'DELETE' && id !== undefined) {
      if (events.get(id)?.status === 'cancelled') return answer(410, { error: { code: 410 } })
      remove(id)
      return answer(204)
    }
    wrong.push(`${request.method} ${url.pathname}`)
    answer(405, {})
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  afterAll(() => new Promise<void>((closed) => server.close(() => closed())))
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    ...oauth,
    endpoints: { authorize: 'https://accounts.google.com/o/oauth2/v2/auth', token: `${at}/token`, api: `${at}/calendar/v3/` },
    events,
    put: keep,
    remove,
    forgetMarks: () => {
      oldest = change + 1
      change += 1
    },
    fail: (status) => {
      failing = status
    },
    lists,
  }
}
