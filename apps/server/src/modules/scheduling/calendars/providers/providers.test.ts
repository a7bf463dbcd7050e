import type { BookingId, CalendarLink, CalendarProvider } from '@frontdesk/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../../platform/database/testing.ts'
import { egressGuards } from '../../../../platform/egress/index.ts'
import { backgroundOf } from '../../../../platform/events/testing.ts'
import { enqueue } from '../../../../platform/jobs/index.ts'
import { cancelBooking } from '../../cancel-booking.ts'
import { schedulingJobs } from '../../jobs.ts'
import { listSlots } from '../../list-slots.ts'
import { rescheduleBooking } from '../../reschedule-booking.ts'
import { testBusiness } from '../../testing.ts'
import { askCalendarsAgain } from '../ask-again.ts'
import { calendarReach, calendarSurroundings } from '../calendar-reach.ts'
import { changeCalendar, disconnectCalendar } from '../connect-calendar.ts'
import { followBookings } from '../follow-bookings.ts'
import { listCalendars, presentCalendar } from '../present-calendar.ts'
import { readCalendarsJob } from '../read-calendar.ts'
import { calendarHost } from '../testing.ts'
import { arriveWithCalendar } from './arrive.ts'
import { departForCalendar, listProviders } from './depart.ts'
import { googleServer } from './google.testing.ts'
import { microsoftServer } from './microsoft.testing.ts'
import { client } from './oauth.testing.ts'
import { calendarProviders } from './provider.ts'

const test = await testDatabase()
const shop = await testBusiness(test)
const [google, microsoft] = [await googleServer(), await microsoftServer()]
const { inside, owner, ana } = shop
const background = await backgroundOf(test, {
  jobs: schedulingJobs.filter(({ name }) => /calendar/.test(name)),
  subscribers: followBookings,
})
const settings = { clientId: client.id, clientSecret: client.secret }
const both = { google: { ...settings, endpoints: google.endpoints }, microsoft: { ...settings, endpoints: microsoft.endpoints } }

/** What a test does at either provider, in the words of each. */
const at = {
  google: {
    server: google,
    main: 'Ana',
    busy: (id: string, start: string, end: string, more: object = {}) =>
      google.put({ id, summary: 'Doctor Quillon', start: { dateTime: start }, end: { dateTime: end }, ...more }),
    wholeDay: (id: string, from: string, to: string) => google.put({ id, start: { date: from }, end: { date: to } }),
    move: (id: string, start: string, end: string) =>
      google.put({ ...google.events.get(id), id, start: { dateTime: start }, end: { dateTime: end } }),
    there: () =>
      [...google.events.values()]
        .filter(({ status, extendedProperties }) => status !== 'cancelled' && extendedProperties !== undefined)
        .map(({ id, start, summary }) => ({ id, start: start?.dateTime, title: summary })),
    free: { transparency: 'transparent' },
    declined: { attendees: [{ self: true, responseStatus: 'declined' }] },
  },
  microsoft: {
    server: microsoft,
    main: 'Calendar',
    busy: (id: string, start: string, end: string, more: object = {}) =>
      microsoft.put({ id, type: 'singleInstance', subject: 'Doctor Quillon', showAs: 'busy', start: utc(start), end: utc(end), ...more }),
    wholeDay: (id: string, from: string, to: string) =>
      microsoft.put({
        id,
        type: 'singleInstance',
        isAllDay: true,
        showAs: 'oof',
        start: utc(`${from}T00:00:00Z`),
        end: utc(`${to}T00:00:00Z`),
      }),
    move: (id: string, start: string, end: string) => microsoft.put({ ...microsoft.events.get(id), id, start: utc(start), end: utc(end) }),
    there: () =>
      [...microsoft.events.values()]
        .filter(({ id }) => id.startsWith('AAMk'))
        .map(({ id, start, subject }) => ({ id, start: `${(start as { dateTime: string }).dateTime}Z`, title: subject })),
    free: { showAs: 'free' },
    declined: { responseStatus: { response: 'declined' } },
  },
} as const
const utc = (moment: string) => ({ dateTime: moment.replace('Z', '.0000000'), timeZone: 'UTC' })

type Wish = { readonly writes?: boolean; readonly ifFailing?: 'block' | 'warn'; readonly calendarId?: string }
const depart = (provider: CalendarProvider, { writes = true, ifFailing = 'block', ...more }: Wish = {}) =>
  inside((tx) => departForCalendar(tx, owner, { staffId: ana, provider, name: 'Work', writes, ifFailing, ...more }))
async function connect(provider: CalendarProvider, wish: Wish = {}): Promise<CalendarLink> {
  const { url } = await depart(provider, wish)
  const { state, code } = at[provider].server.allow(url)
  const { id } = await inside((tx) => arriveWithCalendar(tx, owner, { state, code }))
  await settle()
  return one(id)
}
const settle = async () => expect((await background.settle()).filter(({ outcome }) => outcome === 'failed')).toEqual([])
const one = async (id: string): Promise<CalendarLink> => {
  const found = (await inside((tx) => listCalendars(tx, owner, ana))).items.find((link) => link.id === id)
  if (!found) throw new Error('It was let go.')
  return found as CalendarLink
}
async function tenMinutesPass() {
  test.clock.advance({ minutes: 10 })
  await inside((tx) => enqueue(tx, readCalendarsJob, {}))
  await settle()
}
const offers = async (start: string) => {
  const from = Temporal.Instant.from(start)
  const { slots } = await inside((tx) => listSlots(tx, owner, { serviceId: shop.service.id, from, to: from.add({ minutes: 15 }) }))
  return slots.length > 0
}
const move = (bookingId: BookingId, start: string) =>
  inside((tx) => rescheduleBooking(tx, owner, { bookingId, start: Temporal.Instant.from(start), quiet: true, outsideHours: false }))

beforeEach(() => {
  calendarSurroundings.provide(calendarReach(['127.0.0.0/8']))
  calendarProviders.provide(both)
})
afterEach(async () => {
  for (const { id } of (await inside((tx) => listCalendars(tx, owner, ana))).items) await inside((tx) => disconnectCalendar(tx, owner, id))
  for (const { server } of Object.values(at)) {
    for (const id of server.events.keys()) server.remove(id)
    expect(server.wrong.splice(0)).toEqual([])
  }
  await test.asSuperuser('update claim set active = false')
  await test.asSuperuser("update booking set status = 'cancelled', cancelled_by = 'system' where status = 'confirmed'")
})

describe.each(['google', 'microsoft'] as const)('a calendar of %s', (provider) => {
  const there = at[provider]
  const { server } = there

  it('is connected with the permission of its owner, and its main calendar is taken', async () => {
    there.busy('doctor', '2027-01-12T15:00:00Z', '2027-01-12T16:00:00Z')
    const link = await connect(provider)
    expect(link).toMatchObject({ kind: provider, state: 'working', writes: true, collection: there.main, busyAhead: 1 })
    expect(link.choices).toHaveLength(2)
    expect([await offers('2027-01-12T15:00:00Z'), await offers('2027-01-12T17:00:00Z')]).toEqual([false, true])
  })

  it('keeps its tokens and the names of its events encrypted or not at all, and leaves nothing when it is let go [I6]', async () => {
    there.busy('doctor-quillon', '2027-01-12T15:00:00Z', '2027-01-12T16:00:00Z')
    const link = await connect(provider)
    server.expire()
    await tenMinutesPass()
    const dump = async () => {
      const parts = ['calendar_link', 'external_busy', 'calendar_copy'].map((table) => `(select jsonb_agg(to_jsonb(t)) from ${table} t)`)
      return (await test.asSuperuser(`select concat_ws(' ', ${parts.join(', ')}) as all`)).rows[0].all
    }
    expect(server.given.length).toBeGreaterThan(3)
    for (const secret of [...server.given, 'uillon', 'ana@example.com']) expect(await dump()).not.toContain(secret)
    await inside((tx) => disconnectCalendar(tx, owner, link.id))
    expect(await dump()).toBe('')
  })

  it('is asked only for what changed, however many pages that is, and for everything when its mark is too old', async () => {
    for (const hour of [14, 15, 16, 17, 18]) there.busy(`event-${hour}`, `2027-01-12T${hour}:00:00Z`, `2027-01-12T${hour}:30:00Z`)
    const { id } = await connect(provider)
    server.lists.splice(0)
    there.move('event-14', '2027-01-12T20:00:00Z', '2027-01-12T20:30:00Z')
    server.remove('event-15')
    there.busy('event-21', '2027-01-12T21:00:00Z', '2027-01-12T21:30:00Z')
    await tenMinutesPass()
    expect(server.lists.splice(0)).toEqual(['changes'])
    const hours = async () => Promise.all([14, 15, 16, 20, 21].map((hour) => offers(`2027-01-12T${hour}:00:00Z`)))
    expect(await hours()).toEqual([true, true, false, false, false])
    server.forgetMarks()
    server.remove('event-16')
    await tenMinutesPass()
    expect(server.lists.splice(0)).toEqual(['whole'])
    expect(await hours()).toEqual([true, true, true, false, false])
    expect(await one(id)).toMatchObject({ state: 'working', busyAhead: 4 })
    await tenMinutesPass()
    expect(server.lists.splice(0)).toEqual(['changes'])
    test.clock.advance({ hours: 24 })
    await tenMinutesPass()
    expect(server.lists).toEqual(['whole'])
  })

  it('renews its token when that ran out, and has to be connected again when the permission was taken back', async () => {
    there.busy('doctor', '2027-01-12T15:00:00Z', '2027-01-12T16:00:00Z')
    const { id } = await connect(provider)
    const calls = server.tokenCalls()
    await tenMinutesPass()
    expect(server.tokenCalls()).toBe(calls)
    server.expire()
    await tenMinutesPass()
    expect(await one(id)).toMatchObject({ state: 'working', failure: null })
    test.clock.advance({ hours: 1 })
    await tenMinutesPass()
    expect(server.tokenCalls()).toBe(calls + 2)
    server.revoke()
    await tenMinutesPass()
    expect(await one(id)).toMatchObject({ state: 'failing', failure: 'signed_out' })
    // What was known goes on counting, and with a new permission it works again.
    expect(await offers('2027-01-12T15:00:00Z')).toBe(false)
    expect(await connect(provider, { calendarId: id })).toMatchObject({ id, state: 'working', failure: null, busyAhead: 1 })
  })

  it('does not count what is free, declined or over, and counts whole days on the wall of its person', async () => {
    there.busy('free', '2027-01-12T15:00:00Z', '2027-01-12T16:00:00Z', there.free)
    there.busy('declined', '2027-01-12T16:00:00Z', '2027-01-12T17:00:00Z', there.declined)
    there.wholeDay('away', '2027-01-13', '2027-01-14')
    await connect(provider)
    expect([await offers('2027-01-12T15:00:00Z'), await offers('2027-01-12T16:00:00Z')]).toEqual([true, true])
    expect([await offers('2027-01-13T14:00:00Z'), await offers('2027-01-13T21:30:00Z'), await offers('2027-01-14T14:00:00Z')]).toEqual([
      false,
      false,
      true,
    ])
  })

  it('gets every booking once, without a name, and follows its moves and its end', async () => {
    const before = await shop.book({ start: '2027-01-12T14:00:00Z' })
    const { id } = await connect(provider)
    const starts = () =>
      there
        .there()
        .map(({ start }) => start)
        .sort()
    expect(there.there()).toMatchObject([{ start: '2027-01-12T14:00:00Z', title: 'Cleaning and check-up' }])
    const booking = await shop.book({ start: '2027-01-12T15:00:00Z' })
    await settle()
    const moved = await move(booking.id, '2027-01-12T18:00:00Z')
    await settle()
    expect(starts()).toEqual(['2027-01-12T14:00:00Z', '2027-01-12T18:00:00Z'])
    await tenMinutesPass()
    // What we wrote is a claim here already, and closes nothing twice.
    expect(await one(id)).toMatchObject({ busyAhead: 0, changedThere: [] })
    await inside((tx) => cancelBooking(tx, owner, { bookingId: moved.id, reason: null, quiet: true }))
    await settle()
    expect(starts()).toEqual(['2027-01-12T14:00:00Z'])
    await tenMinutesPass()
    expect(await offers('2027-01-12T18:00:00Z')).toBe(true)
    expect(JSON.stringify([...server.events.values()])).not.toMatch(/Visitor|@example|example\.com\/m\//)
    expect(before.status).toBe('confirmed')
  })

  it('gets nothing where it is only read', async () => {
    await connect(provider, { writes: false })
    await shop.book({ start: '2027-01-12T15:00:00Z' })
    await settle()
    expect(there.there()).toEqual([])
  })

  it('says which bookings were moved or deleted there; both times count until somebody decides', async () => {
    const [kept, gone] = [await shop.book({ start: '2027-01-12T14:00:00Z' }), await shop.book({ start: '2027-01-12T15:00:00Z' })]
    const { id } = await connect(provider)
    const idAt = (start: string) => there.there().find((event) => event.start === start)?.id ?? ''
    test.clock.advance({ minutes: 1 })
    there.move(idAt('2027-01-12T14:00:00Z'), '2027-01-12T19:00:00Z', '2027-01-12T19:30:00Z')
    server.remove(idAt('2027-01-12T15:00:00Z'))
    await tenMinutesPass()
    expect((await one(id)).changedThere).toEqual([
      { bookingId: kept.id, change: 'moved', start: '2027-01-12T19:00:00Z', end: '2027-01-12T19:30:00Z' },
      { bookingId: gone.id, change: 'deleted', start: null, end: null },
    ])
    expect([await offers('2027-01-12T14:00:00Z'), await offers('2027-01-12T15:00:00Z'), await offers('2027-01-12T19:00:00Z')]).toEqual([
      false,
      false,
      false,
    ])
    // Changed here, they are written anew, also the one that was deleted there.
    await move(kept.id, '2027-01-12T17:00:00Z')
    await move(gone.id, '2027-01-12T16:00:00Z')
    await settle()
    await tenMinutesPass()
    expect(await one(id)).toMatchObject({ changedThere: [], busyAhead: 0 })
    expect(
      there
        .there()
        .map(({ start }) => start)
        .sort(),
    ).toEqual(['2027-01-12T16:00:00Z', '2027-01-12T17:00:00Z'])
  })

  it('is asked once more right before a booking is decided', async () => {
    await connect(provider)
    test.clock.advance({ minutes: 2 })
    there.busy('doctor', '2027-01-12T15:00:00Z', '2027-01-12T16:00:00Z')
    expect(await offers('2027-01-12T15:00:00Z')).toBe(true)
    await askCalendarsAgain(test.database, shop.workspaceId, { serviceId: shop.service.id })
    await expect(shop.book({ start: '2027-01-12T15:00:00Z' })).rejects.toMatchObject({ type: 'scheduling/slot-not-offered' })
  })

  it('can be another one of the account', async () => {
    const link = await connect(provider)
    const other = link.choices.find(({ chosen }) => !chosen)?.id ?? ''
    await inside((tx) => changeCalendar(tx, owner, { calendarId: link.id, version: link.version, choice: other }))
    await settle()
    expect(await one(link.id)).toMatchObject({ state: 'failing', failure: 'not_found' })
  })

  it('is not reached where the register of recipients says so', async () => {
    const { id } = await connect(provider)
    egressGuards.provide('test', {
      ask: async (_tx, { connection }) =>
        connection === `${provider}_calendar` ? { allowed: false, why: 'Its contract was taken back.' } : { allowed: true },
    })
    await tenMinutesPass()
    expect(await one(id)).toMatchObject({ state: 'failing', failure: 'recipient_stopped' })
    await expect(depart(provider)).rejects.toMatchObject({ type: 'privacy/recipient-stopped' })
    egressGuards.provide('test', { ask: async () => ({ allowed: true }) })
  })
})

describe('the way to a provider and back', () => {
  it('is offered where the operator registered this server, and nowhere else', async () => {
    expect(listProviders(owner)).toEqual({ items: ['google', 'microsoft'] })
    calendarProviders.provide({ microsoft: both.microsoft })
    expect(listProviders(owner)).toEqual({ items: ['microsoft'] })
    await expect(depart('google')).rejects.toMatchObject({ type: 'scheduling/calendar-provider-missing' })
  })

  it('asks for as little as will do', async () => {
    const scope = async (provider: CalendarProvider, writes: boolean) =>
      new URL((await depart(provider, { writes })).url).searchParams.get('scope')
    expect(await scope('google', false)).toContain('calendar.events.readonly')
    expect(await scope('google', true)).not.toContain('readonly calendar.events')
    expect(await scope('microsoft', false)).toBe('offline_access Calendars.Read')
    expect(await scope('microsoft', true)).toBe('offline_access Calendars.ReadWrite')
  })

  it('ends after ten minutes, for somebody else, and where it was forged', async () => {
    const { url } = await depart('google')
    const { state, code } = google.allow(url)
    const arrive = (by = owner, how = state) => inside((tx) => arriveWithCalendar(tx, by, { state: how, code }))
    const over = { type: 'scheduling/calendar-departure-over' }
    await expect(arrive(shop.as.admin)).rejects.toMatchObject(over)
    await expect(arrive(owner, `${state.slice(0, -4)}AAAA`)).rejects.toMatchObject(over)
    await expect(arrive(owner, 'nonsense')).rejects.toMatchObject(over)
    test.clock.advance({ minutes: 10 })
    await expect(arrive()).rejects.toMatchObject(over)
  })

  it('leads to a calendar that says it has to be connected again, where the code is good for nothing', async () => {
    const { url } = await depart('google')
    const { state } = google.allow(url)
    const { id } = await inside((tx) => arriveWithCalendar(tx, owner, { state, code: 'used-already' }))
    await settle()
    expect(await one(id)).toMatchObject({ state: 'failing', failure: 'signed_out', unreliable: true })
  })

  it('never gives a token to another server that an answer names', async () => {
    const stranger = await calendarHost()
    microsoft.lure(stranger.base)
    for (const hour of [14, 15, 16]) at.microsoft.busy(`event-${hour}`, `2027-01-12T${hour}:00:00Z`, `2027-01-12T${hour}:30:00Z`)
    expect(await connect('microsoft')).toMatchObject({ state: 'failing', failure: 'not_a_calendar' })
    microsoft.lure(undefined)
    expect(stranger.asked).toEqual([])
  })

  it('says that the server of the provider fails, and goes on when it works again', async () => {
    const { id } = await connect('google')
    google.fail(503)
    await tenMinutesPass()
    expect(await one(id)).toMatchObject({ state: 'failing', failure: 'server_error', unreliable: false })
    google.fail(403)
    await tenMinutesPass()
    expect(await one(id)).toMatchObject({ failure: 'access_denied' })
    google.fail(undefined)
    await tenMinutesPass()
    expect(await one(id)).toMatchObject({ state: 'working', failure: null })
  })

  it('takes over the times of a series, which Microsoft writes shorter than the series itself', async () => {
    microsoft.put({
      id: 'series',
      type: 'seriesMaster',
      showAs: 'busy',
      start: utc('2027-01-12T15:00:00Z'),
      end: utc('2027-01-12T16:00:00Z'),
    })
    microsoft.put({
      id: 'series-1',
      type: 'occurrence',
      seriesMasterId: 'series',
      start: utc('2027-01-12T15:00:00Z'),
      end: utc('2027-01-12T16:00:00Z'),
    })
    microsoft.put({
      id: 'series-2',
      type: 'occurrence',
      seriesMasterId: 'series',
      start: utc('2027-01-19T15:00:00Z'),
      end: utc('2027-01-19T16:00:00Z'),
    })
    microsoft.put({
      id: 'quiet',
      type: 'seriesMaster',
      showAs: 'free',
      start: utc('2027-01-12T17:00:00Z'),
      end: utc('2027-01-12T18:00:00Z'),
    })
    microsoft.put({
      id: 'quiet-1',
      type: 'occurrence',
      seriesMasterId: 'quiet',
      start: utc('2027-01-12T17:00:00Z'),
      end: utc('2027-01-12T18:00:00Z'),
    })
    expect(await connect('microsoft')).toMatchObject({ busyAhead: 2 })
    expect([await offers('2027-01-19T15:00:00Z'), await offers('2027-01-12T17:00:00Z')]).toEqual([false, true])
  })
})

it('shows a calendar of a provider without its tokens', async () => {
  const { id } = await connect('google')
  const [row] = await inside((tx) => tx.db.selectFrom('calendar_link').selectAll().where('id', '=', id).execute())
  const shown = JSON.stringify(row && (await inside((tx) => presentCalendar(tx, row))))
  for (const secret of google.given) expect(shown).not.toContain(secret)
})
