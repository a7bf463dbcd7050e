import { describe, expect, it } from 'vitest'
import { canInsist, judgeDrop, nextFree } from './judge-drop.ts'
import { aBooking, noonPlus, someSlots, someTimeOff } from './testing.ts'

const dragged = aBooking({ id: 'dragged', from: 0, until: 30, before: 5, after: 10 })
const drop = (start: number, staffId = 'ann') => ({ start: noonPlus(start), end: noonPlus(start + 30), staffId })
const known = (change: Partial<Parameters<typeof judgeDrop>[1]> = {}) => ({
  booking: dragged,
  bookings: [dragged],
  timeOff: [],
  slots: someSlots([60, 90]),
  givenBy: ['ann', 'ben'],
  now: Date.parse(noonPlus(-600)),
  ...change,
})

describe('a booking that is let go', () => {
  it('is refused over another booking, also when only the time around them meets', () => {
    const other = aBooking({ id: 'other', from: 70, until: 100 })
    expect(judgeDrop(drop(60), known({ bookings: [dragged, other] }))).toEqual({ kind: 'booked', by: other })
    expect(judgeDrop(drop(31), known({ bookings: [dragged, other] }))).toEqual({ kind: 'booked', by: other })
    expect(judgeDrop(drop(101), known({ bookings: [dragged, other] }))).toEqual({ kind: 'booked', by: other })
    expect(judgeDrop(drop(60), known({ bookings: [dragged, aBooking({ id: 'x', from: 95, until: 120, before: 15 })] }))).toMatchObject({
      kind: 'booked',
    })
  })

  it("is refused in time off, everybody's or that person's", () => {
    const everybody = someTimeOff(80, 120)
    expect(judgeDrop(drop(60), known({ timeOff: [everybody] }))).toEqual({ kind: 'timeOff', by: everybody })
    expect(judgeDrop(drop(60), known({ timeOff: [someTimeOff(60, 90, 'ann')] }))).toMatchObject({ kind: 'timeOff' })
    expect(judgeDrop(drop(60), known({ timeOff: [someTimeOff(60, 90, 'ben')] }))).toEqual({ kind: 'offered' })
  })

  it('is refused with somebody who does not give the service', () => {
    expect(judgeDrop(drop(60, 'cem'), known())).toEqual({ kind: 'notGiven' })
  })

  it('may be forced into the past and outside of the offered times', () => {
    expect(judgeDrop(drop(60), known({ now: Date.parse(noonPlus(61)) }))).toEqual({ kind: 'past' })
    expect(judgeDrop(drop(75), known())).toEqual({ kind: 'outside' })
    expect(judgeDrop(drop(60, 'ben'), known())).toEqual({ kind: 'outside' })
    expect([canInsist({ kind: 'past' }), canInsist({ kind: 'outside' }), canInsist({ kind: 'notGiven' })]).toEqual([true, true, false])
  })

  it('stays where it was, or lies where it can', () => {
    expect(judgeDrop(drop(0), known())).toEqual({ kind: 'same' })
    expect(judgeDrop(drop(90), known())).toEqual({ kind: 'offered' })
    expect(judgeDrop(drop(15), known({ slots: someSlots([15]) }))).toEqual({ kind: 'offered' })
    expect(judgeDrop(drop(75), known({ slots: undefined }))).toEqual({ kind: 'offered' })
    expect(judgeDrop(drop(60), known({ bookings: [dragged, aBooking({ id: 'b', from: 60, until: 90, staff: 'ben' })] }))).toEqual({
      kind: 'offered',
    })
  })
})

describe('what is free instead', () => {
  const slots = [...someSlots([90, 30, 60, 120]), ...someSlots([75], ['ben'])]
  it('is what comes next with the same person, and otherwise what came last', () => {
    expect(nextFree({ start: noonPlus(45), staffId: 'ann' }, slots).map(({ start }) => start)).toEqual([60, 90, 120].map(noonPlus))
    expect(nextFree({ start: noonPlus(45) }, slots, 2).map(({ start }) => start)).toEqual([60, 75].map(noonPlus))
    expect(nextFree({ start: noonPlus(300), staffId: 'ann' }, slots, 2).map(({ start }) => start)).toEqual([90, 120].map(noonPlus))
    expect(nextFree({ start: noonPlus(45), staffId: 'cem' }, slots)).toEqual([])
  })
})
