import ICAL from 'ical.js'
import ical from 'node-ical'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { emit } from '../../../platform/events/index.ts'
import { backgroundOf } from '../../../platform/events/testing.ts'
import { restrictContact } from '../../privacy/index.ts'
import { cancelBooking } from '../cancel-booking.ts'
import { testPages } from '../public/testing.ts'
import { busyTimesOf } from './busy-times.rules.ts'
import { changeFeed, readFeed, removeFeed, renewFeed } from './calendar-feed.ts'
import { connectCalendar } from './connect-calendar.ts'
import { endWithMember } from './end-with-member.ts'
import { parseCalendar } from './parse-calendar.ts'
import { readCalendarJob } from './read-calendar.ts'
import { calendarHost } from './testing.ts'

const test = await testDatabase()
const { shop, open } = await testPages(test)
const { inside, ana, owner } = shop
const host = await calendarHost()
const background = await backgroundOf(test, { jobs: [readCalendarJob], subscribers: endWithMember })

const pathOf = async (answer: ReturnType<typeof readFeed>) => new URL((await answer).feed?.url ?? '').pathname
const make = (shows: 'services' | 'names') => pathOf(inside((tx) => changeFeed(tx, owner, { staffId: ana, shows })))
const events = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((vevent) => {
    const { uid, summary, startDate, endDate, location } = new ICAL.Event(vevent)
    return { uid, summary, start: startDate.toString(), end: endDate.toString(), location }
  })

/** The same file, read by another library. */
const alsoIn = (text: string) =>
  Object.values(ical.sync.parseICS(text)).flatMap((one) => (one?.type === 'VEVENT' ? [`${one.uid} ${one.start.toISOString()}`] : []))

/** The same file, read as calendars elsewhere are. */
async function busyIn(text: string) {
  const limits = { pause: async () => {}, overTime: () => false }
  const parsed = await parseCalendar(text, { businessZone: 'UTC', ...limits })
  if (parsed === undefined || parsed === 'too_much') throw new Error(String(parsed))
  const ms = (moment: string) => Temporal.Instant.from(moment).epochMilliseconds
  const reading = await busyTimesOf(parsed, {
    fromMs: ms('2027-01-01T00:00Z'),
    toMs: ms('2028-01-01T00:00Z'),
    isOurs: () => false,
    ...limits,
  })
  if (reading === 'too_much') throw new Error(reading)
  return reading.times.map((time) =>
    [time.startMs, time.endMs].map((at) => Temporal.Instant.fromEpochMilliseconds(at).toString()).join(' '),
  )
}

describe('the address under which bookings can be read', () => {
  it('is not shown to whoever may not keep it, and leads nowhere when it is made up', async () => {
    await expect(inside((tx) => readFeed(tx, shop.as.read_only, ana))).rejects.toMatchObject({ type: 'http/not-allowed' })
    await expect(inside((tx) => changeFeed(tx, shop.as.member, { staffId: ana, shows: 'names' }))).rejects.toMatchObject({
      type: 'scheduling/not-your-calendars',
    })
    await expect(inside((tx) => renewFeed(tx, owner, ana))).rejects.toMatchObject({ type: 'http/not-found' })
    expect(await inside((tx) => readFeed(tx, owner, ana))).toEqual({ feed: null })
    expect((await open('/feeds/nothing/calendar.ics')).status).toBe(410)
  })

  it('names of a discreet service the business alone, with names too', async () => {
    const secret = await shop.newService({ name: 'Fertility talk', staffIds: [ana], discreet: true })
    const booking = await shop.book({ start: '2027-01-12T15:00:00Z', serviceId: secret.id })
    const { text } = await open(await make('names'))
    expect(events(text).filter(({ uid }) => uid === booking.thread_id)).toMatchObject([{ summary: 'Salon Ana', location: null }])
    expect(text).not.toContain('Fertility')
    await inside((tx) => cancelBooking(tx, owner, { bookingId: booking.id, reason: null, quiet: true }))
    await inside((tx) => removeFeed(tx, owner, ana))
  })

  it('gives the bookings of its person as a calendar that two libraries read, by service alone unless names are wanted', async () => {
    const booking = await shop.book({ start: '2027-01-05T15:00:00Z' })
    const cancelled = await shop.book({ start: '2027-01-05T16:00:00Z' })
    await inside((tx) => cancelBooking(tx, owner, { bookingId: cancelled.id, reason: null, quiet: true }))
    const path = await make('services')
    const answer = await open(path)
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8; method=PUBLISH')
    expect(answer.headers['cache-control']).toContain('private')
    const said = {
      uid: booking.thread_id,
      start: '2027-01-05T15:00:00Z',
      end: '2027-01-05T15:30:00Z',
      location: '18 Wharf Street, Portland, Maine',
    }
    expect(events(answer.text)).toEqual([{ ...said, summary: 'Cleaning and check-up' }])
    expect(await busyIn(answer.text)).toEqual(['2027-01-05T15:00:00Z 2027-01-05T15:30:00Z'])
    expect(alsoIn(answer.text)).toEqual([`${booking.thread_id} 2027-01-05T15:00:00.000Z`])
    expect(answer.text).not.toContain('Visitor')
    expect(await make('names')).toBe(path)
    expect(events((await open(path)).text)).toEqual([{ ...said, summary: expect.stringMatching(/^Cleaning and check-up · Visitor \d+$/) }])
  })

  it('leaves out the name of somebody whose data are kept and not used', async () => {
    const booking = await shop.book({ start: '2027-01-06T15:00:00Z' })
    await inside((tx) => restrictContact(tx, shop.as.privacy_officer, { contactId: booking.contact_id, ground: 'accuracy_contested' }))
    const all = events((await open(await make('names'))).text)
    expect(all.find(({ uid }) => uid === booking.thread_id)?.summary).toBe('Cleaning and check-up')
  })

  it('ends with the work of its person here, and rests with her access; her own calendars go with her', async () => {
    const memberId = shop.as.member.memberId
    await test.asSuperuser('update staff set member_id = $2 where id = $1', [ana, memberId])
    host.give()
    await inside((tx) => connectCalendar(tx, owner, { staffId: ana, name: 'Home', address: `${host.base}/a.ics`, ifFailing: 'warn' }))
    const links = async () => Number((await test.asSuperuser('select count(*) from calendar_link')).rows[0].count)
    const first = await make('services')
    await inside((tx) => emit(tx, 'member.deactivated', { memberId }))
    await background.settle()
    expect([(await open(first)).status, await links()]).toEqual([410, 1])
    const second = await make('services')
    await inside((tx) => emit(tx, 'member.left', { memberId }))
    await background.settle()
    expect([(await open(second)).status, await links()]).toEqual([410, 0])
  })

  it('is told when nothing changed', async () => {
    const path = await make('services')
    const first = await open(path)
    expect((await open(path, { knownTags: String(first.headers.etag) })).status).toBe(304)
  })

  it('leads nowhere once it was renewed, taken away, or its person put away', async () => {
    const first = await make('services')
    const second = await pathOf(inside((tx) => renewFeed(tx, owner, ana)))
    expect(second).not.toBe(first)
    expect([(await open(first)).status, (await open(second)).status]).toEqual([410, 200])
    await test.asSuperuser('update staff set archived_at = now() where id = $1', [ana])
    expect((await open(second)).status).toBe(410)
    await test.asSuperuser('update staff set archived_at = null where id = $1', [ana])
    await inside((tx) => removeFeed(tx, owner, ana))
    expect((await open(second)).status).toBe(410)
  })
})
