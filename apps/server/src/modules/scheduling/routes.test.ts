import type { ApiKeyId, Principal, Role } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../platform/database/testing.ts'
import { createHttpServer } from '../../platform/http/index.ts'
import { openLog } from '../../platform/log/index.ts'
import { mountedRoutes } from './routes.ts'
import { testBusiness } from './testing.ts'

const test = await testDatabase()
const shop = await testBusiness(test)
let by: Principal = shop.owner
const app = await createHttpServer({
  database: test.database,
  log: openLog({ level: 'silent', role: 'test', strict: true }),
  routes: mountedRoutes,
  authenticate: async () => ({ principal: by, byCookie: false }),
  trustedProxies: [],
})

type Options = { body?: unknown; version?: number; as?: Role | Principal; headers?: Record<string, string> }
async function call(route: string, { body, version, as = 'owner', headers }: Options = {}) {
  by = typeof as === 'string' ? shop.as[as] : as
  const [method = 'GET', path = ''] = route.split(' ')
  const answer = await app.inject({
    method: method as 'GET',
    url: `/api/v1${path}`,
    headers: { ...(version === undefined ? {} : { 'if-match': `"${version}"` }), ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
  })
  const json = answer.body === '' ? undefined : answer.json()
  return {
    status: answer.statusCode,
    body: json,
    slug: json?.type?.split('/').slice(-2).join('/') as string | undefined,
    etag: answer.headers.etag,
  }
}
const week = 'from=2027-01-04T00:00:00Z&to=2027-01-11T00:00:00Z'
const contact = { name: 'Ann Lee', email: 'ann@example.com' }
const draft = (start: string, more = {}) => ({ serviceId: shop.service.id, start, contact, ...more })
const bookAt = async (start: string, more = {}) => (await call('POST /bookings', { body: draft(start, more) })).body

describe('services', () => {
  it('are refused to who may not manage them, and with fields nobody knows', async () => {
    expect((await call('POST /services', { as: 'read_only', body: { name: 'Cut' } })).slug).toBe('http/not-allowed')
    expect((await call('POST /services', { body: { name: 'Cut', colour: 'red' } })).slug).toBe('http/invalid-request')
    expect((await call('POST /services', { body: { name: 'Cut', price: { minor: '-1', currency: 'USD' } } })).slug).toBe(
      'http/invalid-request',
    )
    expect((await call('POST /services', { body: { name: 'Cut', place: { kind: 'video', detail: 'javascript:alert(1)' } } })).slug).toBe(
      'http/invalid-request',
    )
    expect((await call('POST /services', { body: { name: 'Cut', staffIds: ['019b0000-0000-7000-8000-000000000001'] } })).slug).toBe(
      'http/invalid-request',
    )
  })

  it('need a name only, have an address of their own, and are changed at the version that was read', async () => {
    const made = await call('POST /services', { body: { name: 'Haircut & wash' } })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ slug: 'haircut-wash', durationMinutes: 30, active: true, staffIds: [shop.ana], version: 1 })
    expect(made.body.bookingUrl).toMatch(/^http.*\/b\/.*\/haircut-wash$/)
    const path = `/services/${made.body.id}`
    expect((await call(`PATCH ${path}`, { body: { name: 'Cut' } })).slug).toBe('http/version-required')
    const changed = await call(`PATCH ${path}`, { version: 1, body: { durationMinutes: 45, price: { minor: '4500', currency: 'USD' } } })
    expect([changed.status, changed.etag, changed.body.durationMinutes]).toEqual([200, '"2"', 45])
    const late = await call(`PATCH ${path}`, { version: 1, body: { name: 'Late' } })
    expect([late.status, late.body.currentVersion]).toEqual([412, 2])
    expect((await call(`PATCH ${path}`, { version: 2, body: { slug: shop.service.slug } })).slug).toBe('scheduling/slug-taken')
    expect((await call('POST /services', { body: { name: 'Haircut & wash' } })).body.slug).toBe('haircut-wash-2')
  })

  it('are put away and taken out again, and stand in the order that was wished', async () => {
    const one = (await call('POST /services', { body: { name: 'One' } })).body
    const gone = await call(`DELETE /services/${one.id}`, { version: 1 })
    expect(gone.body.archivedAt).not.toBeNull()
    expect((await call('GET /services')).body.items.some((service: { id: string }) => service.id === one.id)).toBe(false)
    expect((await call('GET /services?archived=true')).body.items.map((service: { id: string }) => service.id)).toEqual([one.id])
    await call(`POST /services/${one.id}/restore`)
    await call('PUT /services/order', { body: { serviceIds: [one.id] } })
    const listed = (await call('GET /services?limit=1')).body
    expect(listed.items[0].id).toBe(one.id)
    const next = (await call(`GET /services?limit=200&cursor=${listed.next}`)).body
    expect(next.items.some((service: { id: string }) => service.id === one.id)).toBe(false)
  })

  it('of their own hours are bookable only then, within those of the people', async () => {
    const mornings = (await call('POST /services', { body: { name: 'Mornings', stepMinutes: 60, noticeMinutes: 0 } })).body
    const hours = `/services/${mornings.id}/hours`
    const overlap = {
      own: true,
      weekly: [
        { weekday: 2, from: '08:00', to: '10:00' },
        { weekday: 2, from: '09:00', to: '11:00' },
      ],
      exceptions: [],
    }
    expect((await call(`PUT ${hours}`, { version: 1, body: overlap })).slug).toBe('http/invalid-request')
    const set = await call(`PUT ${hours}`, {
      version: 1,
      body: { own: true, weekly: [{ weekday: 2, from: '08:00', to: '11:00' }], exceptions: [] },
    })
    expect(set.body).toMatchObject({ own: true, zone: 'America/New_York', version: 2 })
    const slots = (await call(`GET /services/${mornings.id}/slots?${week}`)).body.slots
    expect(slots.map((slot: { start: string }) => slot.start)).toEqual(['2027-01-05T14:00:00Z', '2027-01-05T15:00:00Z'])
    const why = (await call(`GET /services/${mornings.id}/why?start=2027-01-06T15:00:00Z`)).body
    expect([why.open, why.service.map((reason: { code: string }) => reason.code)]).toEqual([false, ['outside_hours']])
  })
})

describe('people', () => {
  it('are members once, and go when no bookings are ahead', async () => {
    const member = { name: 'The manager', memberId: shop.as.manager.memberId }
    const added = await call('POST /staff', { body: member })
    expect(added.body).toMatchObject({ name: 'The manager', serviceIds: [], active: true })
    expect((await call('POST /staff', { body: member })).slug).toBe('http/conflict')
    expect((await call('POST /staff', { body: { name: 'X', memberId: shop.ana } })).slug).toBe('http/invalid-request')
    await bookAt('2027-01-20T15:00:00Z')
    expect((await call(`DELETE /staff/${shop.ana}`, { version: 1 })).slug).toBe('scheduling/staff-has-bookings')
    expect((await call(`DELETE /staff/${added.body.id}`, { version: 1 })).body.archivedAt).not.toBeNull()
  })

  it('have hours of their own, and the business’s closed days hold for them', async () => {
    const ben = await shop.newStaff('Ben', shop.service.id)
    const weekly = [{ weekday: 6, from: '10:00', to: '12:00' }]
    await call(`PUT /staff/${ben}/hours`, {
      version: 1,
      body: { own: true, weekly, exceptions: [{ date: '2027-01-16', closed: true, blocks: [], label: 'Wedding' }] },
    })
    const slots = async (day: string) =>
      (await call(`GET /services/${shop.service.id}/slots?from=${day}T00:00:00Z&to=${day}T23:59:00Z&staffId=${ben}`)).body.slots.length
    expect([await slots('2027-01-09'), await slots('2027-01-16'), await slots('2027-01-11')]).toEqual([7, 0, 0])
    const why = (await call(`GET /services/${shop.service.id}/why?start=2027-01-16T15:00:00Z&staffId=${ben}`)).body
    expect(why.staff[0].reasons[0]).toMatchObject({ code: 'exception', date: '2027-01-16', label: 'Wedding' })
  })
})

describe('bookings', () => {
  it('are listed in a stretch, page by page, and a bad stretch is refused', async () => {
    expect((await call('GET /bookings?from=2027-01-11T00:00:00Z&to=2027-01-04T00:00:00Z')).slug).toBe('http/invalid-request')
    expect((await call('GET /bookings?from=2027-01-01T00:00:00Z&to=2028-01-01T00:00:00Z')).slug).toBe('http/invalid-request')
    for (const hour of [14, 15, 16]) await bookAt(`2027-02-01T${hour}:00:00Z`)
    const stretch = 'from=2027-02-01T14:10:00Z&to=2027-02-01T16:00:00Z'
    const first = (await call(`GET /bookings?${stretch}&limit=1`)).body
    expect(first.items).toMatchObject([
      {
        start: '2027-02-01T14:00:00Z',
        contact: { name: 'Ann Lee' },
        service: { name: 'Cleaning and check-up' },
        staff: { name: 'Ana Ruiz' },
      },
    ])
    const second = (await call(`GET /bookings?${stretch}&limit=5&cursor=${first.next}`)).body
    expect([second.items.length, second.next]).toEqual([1, null])
  })

  it('lost to another one say so with times that are free', async () => {
    await bookAt('2027-01-21T15:00:00Z', { staffId: shop.ana })
    const lost = await call('POST /bookings', { body: draft('2027-01-21T15:15:00Z', { staffId: shop.ana }) })
    expect([lost.status, lost.slug]).toEqual([409, 'scheduling/slot-taken'])
    expect(lost.body.alternatives.length).toBeGreaterThan(3)
    expect(lost.body.wanted).toBe('2027-01-21T15:15:00Z')
  })

  it.each(['0000-01-01T00:00:00Z', '9999-12-31T23:59:00Z', '1999-12-31T23:59:00Z'])(
    'are refused in the year of %s, not broken by it',
    async (start) => {
      expect((await call('POST /bookings', { body: draft(start, { outsideHours: true }) })).slug).toBe('http/invalid-request')
      expect((await call(`GET /services/${shop.service.id}/why?start=${start}`)).slug).toBe('http/invalid-request')
      expect((await call(`GET /bookings?from=${start}&to=9999-12-31T23:59:59Z`)).slug).toBe('http/invalid-request')
      expect((await call('POST /time-off', { body: { staffId: null, start, end: '9999-12-31T23:59:59Z' } })).slug).toBe(
        'http/invalid-request',
      )
    },
  )

  it('are not made for contacts a representative does not see, or for nobody', async () => {
    const contactId = await shop.newContact('not-hers@example.com')
    const body = { serviceId: shop.service.id, start: '2027-01-29T15:00:00Z', contactId }
    expect((await call('POST /bookings', { as: 'representative', body })).status).toBe(404)
    expect((await call('POST /bookings', { body: { ...body, attendeeId: shop.ana } })).status).toBe(404)
    expect((await call('POST /bookings', { body: { ...body, contact } })).slug).toBe('http/invalid-request')
  })

  it('are moved, cancelled, noted and taken back at their version', async () => {
    const booked = await bookAt('2027-01-22T15:00:00Z', { staffId: shop.ana })
    const path = `/bookings/${booked.id}`
    expect((await call(`POST ${path}/cancel`, { body: {} })).slug).toBe('http/version-required')
    const moved = (await call(`POST ${path}/reschedule`, { version: 1, body: { start: '2027-01-22T17:00:00Z' } })).body
    expect(moved).toMatchObject({ previousBookingId: booked.id, movedBy: 'member', start: '2027-01-22T17:00:00Z' })
    expect((await call(`POST ${path}/reschedule`, { version: 2, body: { start: '2027-01-22T18:00:00Z' } })).slug).toBe(
      'scheduling/booking-changed',
    )
    const cancelled = (await call(`POST /bookings/${moved.id}/cancel`, { version: 1, body: { reason: 'Flu' } })).body
    expect(cancelled).toMatchObject({ status: 'cancelled', cancelledBy: 'member', cancelReason: 'Flu' })
    const back = (await call(`POST /bookings/${moved.id}/undo`, { version: cancelled.version })).body
    expect(back.status).toBe('confirmed')
    expect((await call(`POST /bookings/${moved.id}/attended`, { version: back.version })).slug).toBe('scheduling/not-started')
    const history = (await call(`GET /bookings/${moved.id}/history`)).body.items
    expect(history.map((one: { status: string }) => one.status)).toEqual(['rescheduled', 'confirmed'])
  })

  it.each<[string, { source: string; movedBy: string; actor: string }, Principal]>([
    [
      'another program',
      { source: 'api', movedBy: 'api', actor: 'api_key' },
      {
        kind: 'api_key',
        workspaceId: shop.workspaceId,
        keyId: '019b0000-0000-7000-8000-00000000000b' as ApiKeyId,
        scopes: ['bookings.manage', 'bookings.read', 'contacts.read'],
        test: false,
      },
    ],
    [
      'the operator of the server',
      { source: 'operator', movedBy: 'operator', actor: 'operator' },
      { kind: 'operator', workspaceId: shop.workspaceId, grantId: '019b0000-0000-7000-8000-00000000000a', access: 'change' },
    ],
  ])('say that it was %s who made, moved and cancelled them', async (_who, { source, movedBy, actor }, as) => {
    const stranger = { name: 'Dee', email: `dee-${actor}@example.com` }
    const start = source === 'api' ? '2027-01-27T15:00:00Z' : '2027-01-28T15:00:00Z'
    const made = (await call('POST /bookings', { as, body: draft(start, { contact: stranger }) })).body
    expect(made).toMatchObject({ source, movedBy: null, cancelledBy: null })
    const later = Temporal.Instant.from(start).add({ hours: 2 }).toString()
    const moved = (await call(`POST /bookings/${made.id}/reschedule`, { as, version: 1, body: { start: later } })).body
    expect(moved).toMatchObject({ source, movedBy })
    const cancelled = (await call(`POST /bookings/${moved.id}/cancel`, { as, version: 1, body: {} })).body
    expect(cancelled).toMatchObject({ movedBy, cancelledBy: movedBy })
    const { rows } = await test.asSuperuser('select distinct actor_kind from timeline_event where contact_id = $1', [made.contact.id])
    expect(rows).toEqual([{ actor_kind: actor }])
    const { rows: contacts } = await test.asSuperuser('select source from contact where id = $1', [made.contact.id])
    expect(contacts).toEqual([{ source: source === 'api' ? 'api' : 'member' }])
  })

  it('held for a while are confirmed, and a hold writes to nobody', async () => {
    const held = await bookAt('2027-01-25T15:00:00Z', { holdMinutes: 10 })
    expect(held).toMatchObject({ status: 'held' })
    const confirmed = (await call(`POST /bookings/${held.id}/confirm`, { version: 1, body: {} })).body
    expect(confirmed).toMatchObject({ status: 'confirmed', heldUntil: null })
  })

  it('of somebody else’s contacts do not exist for a representative', async () => {
    const booked = await bookAt('2027-01-26T15:00:00Z')
    expect((await call(`GET /bookings/${booked.id}`, { as: 'representative' })).status).toBe(404)
    expect((await call(`POST /bookings/${booked.id}/cancel`, { as: 'representative', version: 1, body: {} })).status).toBe(404)
    expect((await call('GET /bookings?from=2027-01-26T00:00:00Z&to=2027-01-27T00:00:00Z', { as: 'representative' })).body.items).toEqual([])
    await test.asSuperuser('update contact set owner_member_id = $1 where id = $2', [shop.as.representative.memberId, booked.contact.id])
    expect((await call(`GET /bookings/${booked.id}`, { as: 'representative' })).status).toBe(200)
  })

  it('explain why a time is taken, and free it for the one that moves', async () => {
    const booked = await bookAt('2027-01-27T15:00:00Z', { staffId: shop.ana })
    const ask = async (more = '') =>
      (await call(`GET /services/${shop.service.id}/why?start=2027-01-27T15:15:00Z&staffId=${shop.ana}${more}`)).body
    expect((await ask()).staff[0].reasons[0]).toMatchObject({ code: 'busy', bookingId: booked.id })
    expect((await ask(`&movingBookingId=${booked.id}`)).open).toBe(true)
  })
})

describe('closed times', () => {
  it('name the bookings that stand in them, close the time and open it again', async () => {
    const booked = await bookAt('2027-01-28T15:00:00Z', { staffId: shop.ana })
    const body = { staffId: shop.ana, start: '2027-01-28T14:00:00Z', end: '2027-01-28T18:00:00Z', label: 'Dentist' }
    expect((await call('POST /time-off', { body: { ...body, end: body.start } })).slug).toBe('http/invalid-request')
    const closed = (await call('POST /time-off', { body })).body
    expect(closed).toMatchObject({ label: 'Dentist', bookingIds: [booked.id] })
    const why = (await call(`GET /services/${shop.service.id}/why?start=2027-01-28T17:00:00Z&staffId=${shop.ana}`)).body
    expect(why.staff[0].reasons[0].code).toBe('time_off')
    const shorter = await call(`PATCH /time-off/${closed.id}`, { version: 1, body: { end: '2027-01-28T16:00:00Z' } })
    expect(shorter.body).toMatchObject({ end: '2027-01-28T16:00:00Z', version: 2 })
    expect((await call('GET /time-off?from=2027-01-28T00:00:00Z&to=2027-01-29T00:00:00Z')).body.items).toHaveLength(1)
    expect((await call(`DELETE /time-off/${closed.id}`)).status).toBe(204)
    expect((await call(`DELETE /time-off/${closed.id}`)).status).toBe(404)
  })
})
