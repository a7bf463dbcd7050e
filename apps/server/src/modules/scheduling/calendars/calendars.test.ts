import type { BookingId, CalendarLink, Principal, Role } from '@frontdesk/contract'
import { afterEach, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { backgroundOf } from '../../../platform/events/testing.ts'
import { createHttpServer } from '../../../platform/http/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { openLog } from '../../../platform/log/index.ts'
import { cancelBooking } from '../cancel-booking.ts'
import { schedulingJobs } from '../jobs.ts'
import { mountedRoutes } from '../routes.ts'
import { testBusiness } from '../testing.ts'
import { calendarReach, calendarSurroundings } from './calendar-reach.ts'
import { readCalendarsJob } from './read-calendar.ts'
import { calendarHost, eventLines } from './testing.ts'

const test = await testDatabase()
const shop = await testBusiness(test)
const host = await calendarHost()
const reading = schedulingJobs.filter(({ name }) => name.startsWith('scheduling.read-'))
const background = await backgroundOf(test, { jobs: reading })
let by: Principal = shop.owner
const app = await createHttpServer({
  database: test.database,
  log: openLog({ level: 'silent', role: 'test', strict: true }),
  routes: mountedRoutes,
  authenticate: async () => ({ principal: by, byCookie: false }),
  trustedProxies: [],
})

async function call(route: string, { body, version, as = 'owner' }: { body?: object; version?: number; as?: Role } = {}) {
  by = shop.as[as]
  const [method = 'GET', path = ''] = route.split(' ')
  const answer = await app.inject({
    method: method as 'GET',
    url: `/api/v1${path}`,
    headers: version === undefined ? {} : { 'if-match': `"${version}"` },
    ...(body ? { payload: body } : {}),
  })
  const json = answer.body === '' ? undefined : answer.json()
  return { status: answer.statusCode, body: json, slug: json?.type?.split('/').slice(-2).join('/') as string | undefined }
}

/** Everybody reads what is due, ten minutes later. */
async function tenMinutesPass(times = 1) {
  for (let at = 0; at < times; at += 1) {
    test.clock.advance({ minutes: 10 })
    await shop.inside((tx) => enqueue(tx, readCalendarsJob, {}))
    await background.settle()
  }
}

async function connect(
  wish: { address?: string; name?: string; ifFailing?: 'block' | 'warn'; staffId?: string } = {},
): Promise<CalendarLink> {
  const { staffId = shop.ana, address = `${host.base}/ana.ics`, name = 'Home', ...rest } = wish
  const { status, body } = await call(`POST /staff/${staffId}/calendars`, { body: { name, address, ...rest } })
  if (status !== 201) throw new Error(JSON.stringify(body))
  await background.settle()
  return one(body.id, staffId)
}
const one = async (id: string, staffId: string = shop.ana): Promise<CalendarLink> =>
  (await call(`GET /staff/${staffId}/calendars`)).body.items.find((link: CalendarLink) => link.id === id)
const letGo = (id: string) => call(`DELETE /calendars/${id}`)

/** A member books whatever is offered or not. */
const insist = (start: string) =>
  call('POST /bookings', {
    body: { serviceId: shop.service.id, start, contact: { name: 'Ann Lee', email: 'ann@example.com' }, outsideHours: true, notify: false },
  })
const cancel = (bookingId: BookingId) => shop.inside((tx) => cancelBooking(tx, shop.owner, { bookingId, reason: null, quiet: true }))

afterEach(async () => {
  await test.asSuperuser('delete from calendar_link')
})

const tuesday = '2027-01-05T15:00:00Z'
const busyOnTuesday = eventLines('elsewhere', 'SUMMARY:Secret doctor', 'DTSTART:20270105T150000Z', 'DTEND:20270105T160000Z')
const offered = async (from = '2027-01-05T14:00:00Z', to = '2027-01-05T17:00:00Z') =>
  (await call(`GET /services/${shop.service.id}/slots?from=${from}&to=${to}`)).body.slots.map(({ start }: { start: string }) => start)
const why = async (start: string) => (await call(`GET /services/${shop.service.id}/why?start=${start}`)).body.staff[0]

describe('a calendar elsewhere', () => {
  it('is refused at an address that leads inside, or to no calendar of the web', async () => {
    calendarSurroundings.provide(calendarReach([]))
    const refused = [
      ['https://127.0.0.1/a.ics', 'inside'],
      ['https://192.168.1.5/a.ics', 'inside'],
      ['https://[::1]/a.ics', 'inside'],
      ['https://router.lan/a.ics', 'inside'],
      ['http://calendar.example.com/a.ics', 'not_https'],
      ['ftp://calendar.example.com/a.ics', 'not_https'],
      ['https://ana:secret@calendar.example.com/a.ics', 'credentials'],
    ] as const
    for (const [address, reason] of refused) {
      const answer = await call(`POST /staff/${shop.ana}/calendars`, { body: { name: 'Home', address } })
      expect([answer.status, answer.slug, answer.body.reason], address).toEqual([422, 'scheduling/calendar-refused', reason])
    }
    expect((await call(`POST /staff/${shop.ana}/calendars`, { body: { name: 'Home', address: 'no address' } })).slug).toBe(
      'http/invalid-request',
    )
    calendarSurroundings.provide(calendarReach(['127.0.0.0/8']))
    const house = await call(`POST /staff/${shop.ana}/calendars`, { body: { name: 'Home', address: 'http://10.0.0.1/a.ics' } })
    expect(house.body.reason).toBe('not_https')
    expect((await call(`GET /staff/${shop.ana}/calendars`)).body.items).toEqual([])
  })

  it('is not followed into a private network by a redirect or by a name', async () => {
    calendarSurroundings.provide(calendarReach(['127.0.0.1']))
    host.answer((_request, response) => void response.writeHead(302, { location: 'http://127.0.0.2/inside.ics' }).end())
    const link = await connect()
    expect(link).toMatchObject({ state: 'failing', failure: 'address_refused' })
    await letGo(link.id)
    calendarSurroundings.provide(calendarReach(['127.0.0.0/8']))
  })

  it('is kept by its person and by those who set people up, and shown to others', async () => {
    host.give()
    const member = await shop.newStaff('Mia', shop.service.id)
    expect((await call(`POST /staff/${member}/calendars`, { as: 'member', body: { name: 'Home', address: `${host.base}/x` } })).slug).toBe(
      'scheduling/not-your-calendars',
    )
    expect((await call(`GET /staff/${member}/calendars`, { as: 'read_only' })).status).toBe(200)
    expect(
      (await call(`POST /staff/${member}/calendars`, { as: 'read_only', body: { name: 'Home', address: `${host.base}/x` } })).slug,
    ).toBe('http/not-allowed')
    await test.asSuperuser('update staff set member_id = $2 where id = $1', [member, shop.as.member.memberId])
    const made = await call(`POST /staff/${member}/calendars`, { as: 'member', body: { name: 'Home', address: `${host.base}/x` } })
    expect(made.status).toBe(201)
    expect((await call(`DELETE /calendars/${made.body.id}`, { as: 'representative' })).slug).toBe('scheduling/not-your-calendars')
    expect((await call(`DELETE /calendars/${made.body.id}`, { as: 'member' })).status).toBe(204)
    await test.asSuperuser('delete from service_staff where staff_id = $1', [member])
  })

  it('keeps its address to itself, encrypted, and nothing of what its person does there', async () => {
    host.give(busyOnTuesday)
    // Digits in it that could be a card's are part of a secret, and nothing to ask about.
    const link = await connect({ address: `${host.base}/very-secret-4111111111111111.ics` })
    expect(JSON.stringify(link)).not.toContain('very-secret')
    const { rows } = await test.asSuperuser(
      'select to_jsonb(l)::text || (select jsonb_agg(b)::text from external_busy b) as all from calendar_link l',
    )
    expect(rows[0].all).not.toMatch(/very-secret|doctor|elsewhere"/)
    await letGo(link.id)
  })

  it('closes the times in which its person is busy, says why, and opens them when it is let go', async () => {
    expect(await offered()).toContain(tuesday)
    host.give(busyOnTuesday)
    const link = await connect()
    expect(link).toMatchObject({ state: 'working', unreliable: false, busyAhead: 1, failure: null })
    expect(await offered()).toEqual([
      '2027-01-05T14:00:00Z',
      '2027-01-05T14:15:00Z',
      '2027-01-05T14:30:00Z',
      '2027-01-05T16:00:00Z',
      '2027-01-05T16:15:00Z',
      '2027-01-05T16:30:00Z',
      '2027-01-05T16:45:00Z',
    ])
    expect(await why(tuesday)).toMatchObject({
      open: false,
      reasons: [{ code: 'calendar', label: 'Home', busyFrom: tuesday, busyUntil: '2027-01-05T16:00:00Z' }],
    })
    await expect(shop.book({ start: tuesday })).rejects.toMatchObject({ type: 'scheduling/slot-not-offered' })
    expect((await insist(tuesday)).slug).toBe('scheduling/slot-taken')
    await letGo(link.id)
    expect(await offered()).toContain(tuesday)
  })

  it('says which bookings stand in a time that became busy afterwards', async () => {
    const booking = await shop.book({ start: tuesday })
    host.give(busyOnTuesday)
    const link = await connect()
    expect(link.bookingIds).toEqual([booking.id])
    await cancel(booking.id)
    expect((await one(link.id)).bookingIds).toEqual([])
    await letGo(link.id)
  })

  it('does not count an appointment of ours that comes back from there', async () => {
    const booking = await shop.book({ start: tuesday })
    host.give(eventLines(booking.thread_id, 'DTSTART:20270105T150000Z', 'DTEND:20270105T153000Z'))
    const link = await connect()
    expect(link).toMatchObject({ busyAhead: 0, bookingIds: [] })
    await letGo(link.id)
    await cancel(booking.id)
  })

  it('is asked every ten minutes for what changed, and keeps what did not', async () => {
    let etags: (string | undefined)[] = []
    host.answer((request, response) => {
      etags = [...etags, request.headers['if-none-match']]
      if (request.headers['if-none-match'] === '"one"') return void response.writeHead(304).end()
      return void response.writeHead(200, { etag: '"one"' }).end(`BEGIN:VCALENDAR\r\n${busyOnTuesday}\r\nEND:VCALENDAR\r\n`)
    })
    const link = await connect()
    await tenMinutesPass()
    expect(etags).toEqual([undefined, '"one"'])
    const later = await one(link.id)
    expect(later).toMatchObject({ busyAhead: 1, state: 'working' })
    expect(later.readAt).not.toBe(link.readAt)
    await letGo(link.id)
  })

  it('is shown as failing since when and why, while what was known goes on counting', async () => {
    host.give(busyOnTuesday)
    const link = await connect()
    const failures: [number, string, string?][] = [
      [404, 'not_found'],
      [403, 'access_denied'],
      [503, 'server_error'],
      [200, 'not_a_calendar', '<!doctype html><p>Sign in'],
      [200, 'too_large', `BEGIN:VCALENDAR\r\n${'X-PAD:1234567890\r\n'.repeat(250_000)}`],
    ]
    let since: string | null = null
    for (const [status, failure, text = ''] of failures) {
      host.answer((_request, response) => void response.writeHead(status).end(text))
      await tenMinutesPass()
      const now = await one(link.id)
      expect(now, failure).toMatchObject({ state: 'failing', failure, readAt: link.readAt, busyAhead: 1 })
      since ??= now.failingSince
      expect(now.failingSince).toBe(since)
    }
    expect(await offered()).not.toContain(tuesday)
    host.give(busyOnTuesday)
    await tenMinutesPass()
    expect(await one(link.id)).toMatchObject({ state: 'working', failure: null, failingSince: null })
    await letGo(link.id)
  })

  it('never counts as free in silence once it cannot be relied on: it blocks, or whoever asks is told', async () => {
    host.answer((_request, response) => void response.writeHead(503).end())
    const link = await connect()
    const wednesday = '2027-01-06T15:00:00Z'
    expect(link).toMatchObject({ state: 'failing', unreliable: true, readAt: null })
    expect(await offered()).toEqual([])
    expect(await why(wednesday)).toMatchObject({ open: false, reasons: [{ code: 'calendar_unread', label: 'Home' }] })
    await expect(shop.book({ start: wednesday })).rejects.toMatchObject({ type: 'scheduling/slot-not-offered' })
    // A person who knows better may.
    const known = await insist(wednesday)
    expect(known.status).toBe(201)
    await cancel(known.body.id)
    const warned = await call(`PATCH /calendars/${link.id}`, { version: link.version, body: { ifFailing: 'warn' } })
    expect(warned.body.ifFailing).toBe('warn')
    expect((await call(`PATCH /calendars/${link.id}`, { version: link.version, body: { name: 'Mine' } })).slug).toBe(
      'http/version-mismatch',
    )
    expect(await offered()).toContain(tuesday)
    expect(await why(wednesday)).toMatchObject({ open: true, unread: ['Home'] })
    host.give()
    await tenMinutesPass()
    expect(await why(wednesday)).toMatchObject({ open: true, unread: [] })
    // Nobody reads any more, as when the worker is down: an hour later it is not relied on.
    await call(`PATCH /calendars/${link.id}`, { version: warned.body.version, body: { ifFailing: 'block' } })
    test.clock.advance({ minutes: 61 })
    expect(await offered()).toEqual([])
    await letGo(link.id)
  })

  it('says from when on it knows nothing where something in it repeats without end', async () => {
    host.give(eventLines('bomb', 'DTSTART:20270106T150000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY'))
    const link = await connect()
    expect(link).toMatchObject({ endlessEvents: 1, unknownFrom: '2027-01-06T15:00:00Z' })
    expect(await offered()).toContain(tuesday)
    expect(await offered('2027-01-06T14:00:00Z', '2027-01-06T17:00:00Z')).toEqual([
      '2027-01-06T14:00:00Z',
      '2027-01-06T14:15:00Z',
      '2027-01-06T14:30:00Z',
    ])
    await letGo(link.id)
  })

  it('is one of at most ten', async () => {
    host.give()
    const links = []
    for (let at = 0; at < 10; at += 1) links.push(await connect({ name: `Number ${at}` }))
    expect((await call(`POST /staff/${shop.ana}/calendars`, { body: { name: 'More', address: `${host.base}/more` } })).slug).toBe(
      'scheduling/too-many-calendars',
    )
    for (const { id } of links) await letGo(id)
  })
})
