import { translator } from '@frontdesk/i18n'
import { describe, expect, it } from 'vitest'
import { words as acts } from '../../locales/en/booking-acts.ts'
import { words } from '../../locales/en/calendar.ts'
import { historyOf } from './booking-history.tsx'
import type { Booking } from './queries.ts'
import { shortWhen } from './short-when.ts'
import { aBooking } from './testing.ts'

const t = translator({ en: { ...words, ...acts } }, 'en')
const said = (...bookings: Booking[]) => historyOf(bookings, t, shortWhen('en-GB', 'UTC')).map(({ words: sentence }) => sentence)
const first = aBooking({ id: 'a', from: 0, until: 30, status: 'rescheduled' })
const moved = (movedBy: Booking['movedBy'], more: Partial<Booking> = {}): Booking => ({
  ...aBooking({ id: 'b', from: 60, until: 90 }),
  movedBy,
  ...more,
})

describe('the history of a booking', () => {
  it.each<[Booking['movedBy'], string]>([
    ['contact', 'Moved from Thu 19 Nov, 12:00 to Thu 19 Nov, 13:00 by the customer'],
    ['member', 'Moved from Thu 19 Nov, 12:00 to Thu 19 Nov, 13:00 by the team'],
    ['api', 'Moved from Thu 19 Nov, 12:00 to Thu 19 Nov, 13:00 by another program'],
    ['operator', 'Moved from Thu 19 Nov, 12:00 to Thu 19 Nov, 13:00 by the operator of the server'],
    [null, 'Moved from Thu 19 Nov, 12:00 to Thu 19 Nov, 13:00'],
  ])('says who moved it, where that is known: %s', (movedBy, sentence) => {
    expect(said(first, moved(movedBy))).toEqual([sentence, 'Booked by the customer on the booking page'])
  })

  it('says who cancelled it, and why', () => {
    const cancelled = { status: 'cancelled', cancelledBy: 'api', cancelReason: 'Closed' } as const
    expect(said({ ...first, ...cancelled })[0]).toBe('Cancelled by another program: Closed')
  })
})
