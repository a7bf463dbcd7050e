import path from 'node:path'
import type { BookingId, CalendarLink } from '@frontdesk/contract'
import ICAL from 'ical.js'
import { afterEach, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { backgroundOf } from '../../../platform/events/testing.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { cancelBooking } from '../cancel-booking.ts'
import { schedulingJobs } from '../jobs.ts'
import { listSlots } from '../list-slots.ts'
import { rescheduleBooking } from '../reschedule-booking.ts'
import { testBusiness } from '../testing.ts'
import { askCalendarsAgain } from './ask-again.ts'
import { calendarReach, calendarSurroundings } from './calendar-reach.ts'
import { connectCalendar, disconnectCalendar } from './connect-calendar.ts'
import { followBookings } from './follow-bookings.ts'
import { listCalendars } from './present-calendar.ts'
import { caldavUser, startRadicale } from './radicale.testing.ts'
import { readCalendarsJob } from './read-calendar.ts'
import { calendarHost, eventLines } from './testing.ts'

const test = await testDatabase()
const shop = await testBusiness(test)
const server = await startRadicale(path.join(test.folder, 'radicale'))
const elsewhere = await calendarHost()
const { inside, owner, ana } = shop
const ours = schedulingJobs.filter(({ name }) => /calendar/.test(name))
const background = await backgroundOf(test, { jobs: ours, subscribers: followBookings })

async function connect(
  wish: { password?: string; address?: string; writes?: boolean; ifFailing?: 'block' | 'warn' } = {},
): Promise<CalendarLink> {
  const { password = caldavUser.password, writes = true, address = server.base, ifFailing = 'block' } = wish
  const account = { username: caldavUser.username, password, writes }
  const { id } = await inside((tx) => connectCalendar(tx, owner, { staffId: ana, name: 'Work', address, ifFailing, account }))
  await settle()
  return one(id)
}
const settle = async () => expect((await background.settle()).filter(({ outcome }) => outcome === 'failed')).toEqual([])
const one = async (id: string): Promise<CalendarLink> => {
  const { items } = await inside((tx) => listCalendars(tx, owner, ana))
  const found = items.find((link) => link.id === id)
  if (!found) throw new Error('It was let go.')
  return found as CalendarLink
}
async function tenMinutesPass() {
  test.clock.advance({ minutes: 10 })
  await inside((tx) => enqueue(tx, readCalendarsJob, {}))
  await settle()
}
const at = (moment: string) => Temporal.Instant.from(moment)
const offers = async (start: string) => {
  const { slots } = await inside((tx) =>
    listSlots(tx, owner, { serviceId: shop.service.id, from: at(start), to: at(start).add({ minutes: 15 }) }),
  )
  return slots.length > 0
}
/** What stands in the calendar there, by the start of each event. */
async function there(): Promise<readonly { uid: string; start: string; summary: string }[]> {
  const events = [...(await server.files()).values()].map((text) => {
    const { uid, summary, startDate } = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent') ?? undefined)
    return { uid, start: startDate.toString(), summary }
  })
  return events.sort((a, b) => a.start.localeCompare(b.start))
}
const cancel = (bookingId: BookingId) => inside((tx) => cancelBooking(tx, owner, { bookingId, reason: null, quiet: true }))
const busy = (uid: string, hour: number) =>
  eventLines(uid, 'SUMMARY:Doctor', `DTSTART:20270112T${hour}0000Z`, `DTEND:20270112T${hour + 1}0000Z`)

afterEach(async () => {
  for (const { id } of (await inside((tx) => listCalendars(tx, owner, ana))).items) await inside((tx) => disconnectCalendar(tx, owner, id))
  for (const name of (await server.files()).keys()) await server.remove(name)
  await test.asSuperuser('update claim set active = false')
  await test.asSuperuser("update booking set status = 'cancelled', cancelled_by = 'system' where status = 'confirmed'")
})

describe('a calendar by CalDAV, at a real Radicale', () => {
  it('fails with a wrong password, and says so', async () => {
    expect(await connect({ password: 'wrong' })).toMatchObject({ state: 'failing', failure: 'access_denied', unreliable: true })
  })

  it('is kept with its password and its marks encrypted, and leaves nothing when it is let go [I6]', async () => {
    await server.put('doctor.ics', busy('doctor', 15))
    const booking = await shop.book({ start: '2027-01-12T18:00:00Z' })
    const link = await connect()
    expect(link).toMatchObject({ kind: 'caldav', state: 'working', writes: true, collection: 'ana/work' })
    const dump = async () => {
      const tables = ['calendar_link', 'external_busy', 'calendar_copy']
      const parts = tables.map((table) => `(select jsonb_agg(to_jsonb(t)) from ${table} t)`)
      return (await test.asSuperuser(`select concat_ws(' ', ${parts.join(', ')}) as all`)).rows[0].all
    }
    const mark = /<(?:\w+:)?getctag>([^<]+)</.exec(await server.describe())?.[1] ?? 'no mark'
    expect(await dump()).toContain(booking.id)
    for (const secret of [caldavUser.password, `"${caldavUser.username}"`, '/work/', 'doctor', mark])
      expect(await dump()).not.toContain(secret)
    await inside((tx) => disconnectCalendar(tx, owner, link.id))
    expect(await dump()).toBe('')
  })

  it('is not found where nobody speaks CalDAV', async () => {
    const other = await connect({ address: `${elsewhere.base}/dav/` })
    expect(other).toMatchObject({ state: 'failing', failure: 'not_found', collection: null })
  })

  it('tells name and password to the server that was named, and to no other to which it leads', async () => {
    const stranger = await calendarHost()
    calendarSurroundings.provide(calendarReach(['127.0.0.0/8', '::1']))
    stranger.answer((_request, response) => void response.writeHead(207, { 'content-type': 'text/xml' }).end('<multistatus xmlns="DAV:"/>'))
    elsewhere.answer(
      (_request, response) => void response.writeHead(301, { location: stranger.base.replace('127.0.0.1', 'localhost') }).end(),
    )
    expect((await connect({ address: `${elsewhere.base}/` })).state).toBe('failing')
    expect(elsewhere.asked.some(({ headers }) => headers.authorization !== undefined)).toBe(true)
    expect(stranger.asked.length).toBeGreaterThan(0)
    expect(stranger.asked.filter(({ headers }) => headers.authorization !== undefined)).toEqual([])
  })

  it('closes the times that are busy there, follows what is moved and opens what is deleted', async () => {
    await server.put('doctor.ics', busy('doctor', 15))
    const link = await connect()
    expect(link).toMatchObject({ state: 'working', busyAhead: 1 })
    expect([await offers('2027-01-12T15:00:00Z'), await offers('2027-01-12T17:00:00Z')]).toEqual([false, true])
    await server.put('doctor.ics', busy('doctor', 17))
    await tenMinutesPass()
    expect([await offers('2027-01-12T15:00:00Z'), await offers('2027-01-12T17:00:00Z')]).toEqual([true, false])
    await server.remove('doctor.ics')
    await tenMinutesPass()
    expect([await offers('2027-01-12T15:00:00Z'), await offers('2027-01-12T17:00:00Z')]).toEqual([true, true])
  })

  it('is asked once more right before a booking is decided, and waited for no longer than a customer waits', async () => {
    const link = await connect({ writes: false })
    test.clock.advance({ minutes: 2 })
    await server.put('doctor.ics', busy('doctor', 15))
    expect(await offers('2027-01-12T15:00:00Z')).toBe(true)
    await askCalendarsAgain(test.database, shop.workspaceId, { serviceId: shop.service.id })
    await expect(shop.book({ start: '2027-01-12T15:00:00Z' })).rejects.toMatchObject({ type: 'scheduling/slot-not-offered' })
    // A minute long it counts as new, and one that does not answer holds nobody up.
    await server.remove('doctor.ics')
    await askCalendarsAgain(test.database, shop.workspaceId, { serviceId: shop.service.id })
    expect(await offers('2027-01-12T15:00:00Z')).toBe(false)
    await server.stop()
    test.clock.advance({ minutes: 2 })
    await askCalendarsAgain(test.database, shop.workspaceId, { serviceId: shop.service.id })
    expect(await one(link.id)).toMatchObject({ state: 'failing', unreliable: false })
    await server.start()
  })

  it('gets every booking, without a name, and follows its moves and its end', async () => {
    const before = await shop.book({ start: '2027-01-12T14:00:00Z' })
    await connect()
    expect(await there()).toEqual([{ uid: before.thread_id, start: '2027-01-12T14:00:00Z', summary: 'Cleaning and check-up' }])
    const booking = await shop.book({ start: '2027-01-12T15:00:00Z' })
    await settle()
    expect((await there()).map(({ start }) => start)).toEqual(['2027-01-12T14:00:00Z', '2027-01-12T15:00:00Z'])
    const moved = await inside((tx) =>
      rescheduleBooking(tx, owner, { bookingId: booking.id, start: at('2027-01-12T18:00:00Z'), quiet: true, outsideHours: false }),
    )
    await settle()
    expect((await there()).map(({ start }) => start)).toEqual(['2027-01-12T14:00:00Z', '2027-01-12T18:00:00Z'])
    expect([...(await server.files()).values()].join('')).not.toMatch(/Visitor|METHOD|example\.com\/m\//)
    await cancel(moved.id)
    await settle()
    expect((await there()).map(({ uid }) => uid)).toEqual([before.thread_id])
    // What we wrote is a claim here already, and closes nothing twice.
    await tenMinutesPass()
    expect(await offers('2027-01-12T18:00:00Z')).toBe(true)
  })

  it('gets nothing where it is only read', async () => {
    await connect({ writes: false })
    await shop.book({ start: '2027-01-12T15:00:00Z' })
    await settle()
    expect(await there()).toEqual([])
  })

  it('says which bookings were moved or deleted there; both times count until somebody decides', async () => {
    const [kept, gone] = [await shop.book({ start: '2027-01-12T14:00:00Z' }), await shop.book({ start: '2027-01-12T15:00:00Z' })]
    const { id } = await connect()
    test.clock.advance({ minutes: 1 })
    await server.put(`${kept.thread_id}.ics`, busy(kept.thread_id, 19))
    await server.remove(`${gone.thread_id}.ics`)
    await tenMinutesPass()
    expect((await one(id)).changedThere).toEqual([
      { bookingId: kept.id, change: 'moved', start: '2027-01-12T19:00:00Z', end: '2027-01-12T20:00:00Z' },
      { bookingId: gone.id, change: 'deleted', start: null, end: null },
    ])
    expect([await offers('2027-01-12T14:00:00Z'), await offers('2027-01-12T15:00:00Z'), await offers('2027-01-12T19:00:00Z')]).toEqual([
      false,
      false,
      false,
    ])
    // Moved back there, nothing is left to say about it; changed here, it is written anew.
    await server.put(`${kept.thread_id}.ics`, eventLines(kept.thread_id, 'DTSTART:20270112T140000Z', 'DTEND:20270112T143000Z'))
    await inside((tx) =>
      rescheduleBooking(tx, owner, { bookingId: gone.id, start: at('2027-01-12T16:00:00Z'), quiet: true, outsideHours: false }),
    )
    await settle()
    await tenMinutesPass()
    expect((await one(id)).changedThere).toEqual([])
    expect((await there()).map(({ start }) => start)).toEqual(['2027-01-12T14:00:00Z', '2027-01-12T16:00:00Z'])
  })

  it('sees that a booking was deleted there, although the calendar is then what it was before', async () => {
    const { id } = await connect()
    const booking = await shop.book({ start: '2027-01-12T15:00:00Z' })
    await settle()
    test.clock.advance({ minutes: 1 })
    await server.remove(`${booking.thread_id}.ics`)
    await tenMinutesPass()
    expect((await one(id)).changedThere).toMatchObject([{ bookingId: booking.id, change: 'deleted' }])
  })

  it('makes up for what could not be written while its server was away', async () => {
    const { id } = await connect({ ifFailing: 'warn' })
    await server.stop()
    const booking = await shop.book({ start: '2027-01-12T15:00:00Z' })
    await settle()
    expect(await one(id)).toMatchObject({ state: 'failing', failure: 'no_connection' })
    await server.start()
    await tenMinutesPass()
    expect(await one(id)).toMatchObject({ state: 'working', failure: null })
    expect((await there()).map(({ uid }) => uid)).toEqual([booking.thread_id])
  })
})
