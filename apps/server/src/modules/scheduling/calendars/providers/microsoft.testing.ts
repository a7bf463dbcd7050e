/** Microsoft Graph's calendars as it documents them, on this computer. Each request is checked; what does not fit is noted and refused. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll } from 'vitest'
import { type OAuthServer, oauthServer } from './oauth.testing.ts'
import type { ProviderEndpoints } from './provider.ts'

export type GraphEvent = { readonly id: string; readonly [more: string]: unknown }

export type MicrosoftServer = OAuthServer & {
  readonly endpoints: ProviderEndpoints
  readonly events: ReadonlyMap<string, GraphEvent>
  readonly put: (event: GraphEvent) => void
  readonly remove: (id: string) => void
  readonly forgetMarks: () => void
  /** Names another server as where the list goes on. */
  readonly lure: (to: string | undefined) => void
  readonly lists: ('whole' | 'changes')[]
}

const writable = ['subject', 'location', 'start', 'end', 'showAs', 'body', 'isReminderOn', 'transactionId']
const pageSize = 2

/** Starts it; it ends after the file's tests. */
export async function microsoftServer(): Promise<MicrosoftServer> {
  const oauth = oauthServer({ scopes: /^offline_access Calendars\.Read(Write)?$/, rotates: true })
  const events = new Map<string, GraphEvent & { changed: number }>()
  const gone = new Map<string, number>()
  const transactions = new Map<string, string>()
  const lists: MicrosoftServer['lists'] = []
  let change = 0
  let oldest = 0
  let made = 0
  let lured: string | undefined
  let at = ''
  const { wrong } = oauth
  const keep = (event: GraphEvent) => {
    change += 1
    events.set(event.id, { ...event, '@odata.etag': `W/"${change}"`, changed: change })
  }
  const remove = (id: string) => {
    change += 1
    events.delete(id)
    gone.set(id, change)
  }
  const list = (url: URL): [number, object] => {
    const query = url.searchParams
    const token = query.get('$deltatoken')
    const skip = query.get('$skiptoken')
    for (const name of query.keys())
      if (!['startDateTime', 'endDateTime', '$deltatoken', '$skiptoken'].includes(name)) wrong.push(`a parameter of a delta: ${name}`)
    if (token === null && skip === null && !(query.has('startDateTime') && query.has('endDateTime'))) wrong.push('no stretch')
    const [since, from] = skip?.split('.').map(Number) ?? [token === null ? -1 : Number(token), 0]
    if (token !== null && (since ?? 0) < oldest) return [410, { error: { code: 'SyncStateNotFound' } }]
    if (skip === null) lists.push(token === null ? 'whole' : 'changes')
    const changed = [...events.values()].filter((event) => event.changed > (since ?? -1)).map(({ changed: _changed, ...event }) => event)
    const removed =
      since === -1 ? [] : [...gone].filter(([, when]) => when > (since ?? 0)).map(([id]) => ({ id, '@removed': { reason: 'deleted' } }))
    const all = [...changed, ...removed]
    const start = from ?? 0
    const base = `${lured ?? at}/v1.0/me/calendars/main/calendarView/delta`
    const rest =
      start + pageSize < all.length
        ? { '@odata.nextLink': `${base}?$skiptoken=${since}.${start + pageSize}` }
        : { '@odata.deltaLink': `${base}?$deltatoken=${change}` }
    return [200, { value: all.slice(start, start + pageSize), ...rest }]
  }
  const checked = (body: string): GraphEvent => {
    const event = JSON.parse(body) as GraphEvent & {
      start?: { dateTime: string; timeZone: string }
      end?: { dateTime: string; timeZone: string }
    }
    for (const name of Object.keys(event)) if (!writable.includes(name)) wrong.push(`a field of an event: ${name}`)
    for (const moment of [event.start, event.end])
      if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(moment?.dateTime ?? '') || moment?.timeZone !== 'UTC')
        wrong.push(`the moment ${moment?.dateTime}`)
    return event
  }
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://graph')
    const body = await text(request)
    if (url.pathname === '/token') return oauth.token(request, response, body)
    const answer = (status: number, json?: object) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(json === undefined ? '' : JSON.stringify(json))
    if (!oauth.holds(request)) return answer(401, { error: { code: 'InvalidAuthenticationToken' } })
    const { prefer = '' } = request.headers
    if (!/outlook\.timezone="UTC"/.test(String(prefer)) || !/IdType="ImmutableId"/.test(String(prefer))) wrong.push(`prefer: ${prefer}`)
    if (body !== '' && request.headers['content-type'] !== 'application/json') wrong.push('content-type')
    if (url.pathname === '/v1.0/me/calendars')
      return answer(200, {
        value: [
          { id: 'side', name: 'Birthdays' },
          { id: 'main', name: 'Calendar', isDefaultCalendar: true },
        ],
      })
    if (url.pathname === '/v1.0/me/calendars/main/calendarView/delta' && request.method === 'GET') return answer(...list(url))
    if (url.pathname === '/v1.0/me/calendars/main/events' && request.method === 'POST') {
      const { transactionId, ...event } = checked(body)
      if (typeof transactionId !== 'string') wrong.push('no transactionId')
      const before = transactions.get(String(transactionId))
      if (before !== undefined) return answer(201, events.get(before))
      made += 1
      const id = `AAMk-${made}`
      transactions.set(String(transactionId), id)
      keep({ ...event, id, type: 'singleInstance', iCalUId: `040000008200E00074C5B7101A82E008-${made}` })
      return answer(201, events.get(id))
    }
    const [, id = ''] = /^\/v1\.0\/me\/events\/([^/]+)$/.exec(url.pathname) ?? []
    const known = events.get(decodeURIComponent(id))
    if (!known) return answer(404, { error: { code: 'ErrorItemNotFound' } })
    if (request.method === 'PATCH') {
      keep({ ...known, ...checked(body), id: known.id })
      return answer(200, events.get(known.id))
    }
    if (request.method === 'DELETE') {
      remove(known.id)
      return answer(204)
    }
    wrong.push(`${request.method} ${url.pathname}`)
    answer(405, {})
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  afterAll(() => new Promise<void>((closed) => server.close(() => closed())))
  at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    ...oauth,
    endpoints: { authorize: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize', token: `${at}/token`, api: `${at}/v1.0/` },
    events,
    put: keep,
    remove,
    forgetMarks: () => {
      oldest = change + 1
      change += 1
    },
    lure: (to) => {
      lured = to
    },
    lists,
  }
}
