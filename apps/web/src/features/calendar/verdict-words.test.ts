import { formats, translator } from '@frontdesk/i18n'
import { describe, expect, it } from 'vitest'
import { words as acts } from '../../locales/en/booking-acts.ts'
import { words } from '../../locales/en/calendar.ts'
import type { Verdict } from './judge-drop.ts'
import type { ClosedReason } from './queries.ts'
import { shortWhen } from './short-when.ts'
import { statusWords } from './status-words.ts'
import { aBooking, noonPlus, someTimeOff } from './testing.ts'
import { closedWords, refusalWords } from './verdict-words.ts'

const c = translator({ en: words }, 'en')
const t = translator({ en: { ...words, ...acts } }, 'en')
const write = formats('en-GB', 'UTC')
const drop = { start: noonPlus(60), end: noonPlus(90), staffId: 'ann' }
const said = (verdict: Verdict) => refusalWords(t, write, verdict, drop, { person: 'Ann', service: 'Cut' })

describe('why a booking cannot lie there', () => {
  it.each<[Verdict, string]>([
    [{ kind: 'booked', by: aBooking({ id: 'b', from: 75, until: 105 }) }, 'Ann has Customer of b until 13:45.'],
    [{ kind: 'booked', by: aBooking({ id: 'b', from: 30, until: 60, after: 10 }) }, 'Ann needs the time around Customer of b until 13:10.'],
    [{ kind: 'timeOff', by: { ...someTimeOff(0, 120), label: 'Lunch' } }, 'Lunch, until 14:00.'],
    [{ kind: 'timeOff', by: someTimeOff(0, 2880) }, 'Closed until 21 Nov 2026, 12:00.'],
    [{ kind: 'notGiven' }, 'Ann does not give Cut.'],
    [{ kind: 'past' }, 'This lies in the past.'],
    [{ kind: 'outside' }, 'This is outside the hours or notice of Cut.'],
    [{ kind: 'refused', because: 'Somebody was quicker.' }, 'Somebody was quicker.'],
    [{ kind: 'offered' }, ''],
  ])('%j: %s', (verdict, sentence) => {
    expect(said(verdict)).toBe(sentence)
  })
})

describe('why the server does not offer a time', () => {
  const rules = { side: null, travelMinutes: null, per: null, counts: null, used: null, most: null, missing: [] }
  const nothing = { at: null, date: null, label: null, busyFrom: null, busyUntil: null, bookingId: null, stepMinutes: null, ...rules }
  it.each<[Partial<ClosedReason> & { code: ClosedReason['code'] }, string]>([
    [{ code: 'past' }, 'It lies in the past.'],
    [{ code: 'notice', at: noonPlus(0) }, 'It is too soon: with the notice asked, the first start is 19 Nov 2026, 12:00.'],
    [{ code: 'horizon', at: noonPlus(0) }, 'It is too far ahead: bookings are taken until 19 Nov 2026, 12:00.'],
    [{ code: 'exception', date: '2026-12-24', label: 'Holidays' }, '24 Dec 2026 is closed: Holidays.'],
    [{ code: 'exception', date: '2026-12-24' }, 'The hours differ on 24 Dec 2026.'],
    [{ code: 'outside_hours' }, 'It is outside of the hours.'],
    [{ code: 'busy', busyFrom: noonPlus(0), busyUntil: noonPlus(30) }, 'There is another booking from 12:00 to 12:30.'],
    [{ code: 'time_off', busyFrom: noonPlus(0), busyUntil: noonPlus(30) }, 'There is time off from 12:00 to 12:30.'],
    [{ code: 'buffer', busyFrom: noonPlus(0), busyUntil: noonPlus(30) }, 'The time around it meets what is there from 12:00 to 12:30.'],
    [{ code: 'runs_past_hours', at: noonPlus(0) }, 'It would run past the end of the hours at 12:00.'],
    [{ code: 'skill', missing: ['colour', 'beard'] }, 'It takes what this person does not do: colour and beard.'],
    [{ code: 'full', busyFrom: noonPlus(0), busyUntil: noonPlus(30), most: 3 }, 'Every place is taken from 12:00 to 12:30.'],
    [{ code: 'limit', per: 'day', counts: 'bookings', used: 4, most: 4 }, 'The day has 4 of at most 4 bookings.'],
    [
      { code: 'limit', per: 'week', counts: 'minutes', used: 90, most: 120 },
      'The week would be too full: 1 h 30 min of at most 2 h are booked.',
    ],
    [
      { code: 'travel', side: 'before', travelMinutes: 20, busyFrom: noonPlus(0), busyUntil: noonPlus(30) },
      'The way from the booking that ends at 12:30 takes 20 min.',
    ],
    [
      { code: 'travel', side: 'after', travelMinutes: 20, busyFrom: noonPlus(0), busyUntil: noonPlus(30) },
      'The way to the booking that begins at 12:00 takes 20 min.',
    ],
    [{ code: 'travel', side: 'after' }, 'There is no way from one place to the other.'],
    [{ code: 'off_step', stepMinutes: 15 }, 'Starts lie every 15 min from midnight on.'],
  ])('%j: %s', (reason, sentence) => {
    expect(closedWords(t, write, { ...nothing, ...reason })).toBe(sentence)
  })

  it('is that nobody gives the service, or that it is paused', () => {
    expect([closedWords(t, write, { code: 'nobody' }), closedWords(t, write, { code: 'paused' })]).toEqual([
      'Nobody gives this service.',
      'The service is paused.',
    ])
  })
})

it('says until when a hold lasts, as a time and not as a sum of minutes', () => {
  const short = shortWhen('en-GB', 'UTC')
  const held = (minutes: number) => statusWords(c, { status: 'held', heldUntil: noonPlus(minutes) }, Date.parse(noonPlus(0)), short)
  expect([held(-5), held(15), held(1435), held(2 * 1440)]).toEqual([
    'Held until 11:55',
    'Held until 12:15',
    'Held until 11:55 tomorrow',
    `Held until ${short.dayTime(noonPlus(2 * 1440))}`,
  ])
  expect(statusWords(c, { status: 'no_show', heldUntil: null }, 0, short)).toBe('Did not come')
})
