import { describe, expect, it } from 'vitest'
import { clockChangeOn, dateIn, instantAt, minuteOf, minuteOn, sameMoment, spanOn, stretchOf, wallTime, weekOf } from './clock-days.ts'

const newYork = 'America/New_York'

describe('weeks', () => {
  it.each([
    ['2026-11-19', 1, '2026-11-16', '2026-11-22'],
    ['2026-11-19', 7, '2026-11-15', '2026-11-21'],
    ['2026-11-22', 7, '2026-11-22', '2026-11-28'],
    ['2026-11-22', 1, '2026-11-16', '2026-11-22'],
    ['2027-01-01', 6, '2026-12-26', '2027-01-01'],
  ])('of %s, beginning on weekday %i, go from %s to %s', (date, first, from, to) => {
    const week = weekOf(date, first)
    expect([week.length, week[0], week.at(-1)]).toEqual([7, from, to])
  })

  it('are longer or shorter by an hour when clocks change', () => {
    expect(stretchOf('2026-11-01', '2026-11-01', newYork)).toEqual({ from: '2026-11-01T04:00:00Z', to: '2026-11-02T05:00:00Z' })
    expect(stretchOf('2026-03-08', '2026-03-08', newYork)).toEqual({ from: '2026-03-08T05:00:00Z', to: '2026-03-09T04:00:00Z' })
  })
})

describe('a moment on a day', () => {
  it('is cut to the ends of the day', () => {
    expect(minuteOn('2026-11-19T04:59:00Z', '2026-11-19', newYork)).toBe(0)
    expect(minuteOn('2026-11-20T05:00:00Z', '2026-11-19', newYork)).toBe(1440)
    expect(minuteOn('2026-11-19T15:30:00Z', '2026-11-19', newYork)).toBe(630)
    expect(dateIn('2026-11-20T04:59:00Z', newYork)).toBe('2026-11-19')
  })

  it('is found again from its minute, also around a change of clocks', () => {
    expect(instantAt('2026-11-19', 630, newYork)).toBe('2026-11-19T15:30:00Z')
    expect(instantAt('2026-03-08', 150, newYork)).toBe('2026-03-08T07:30:00Z')
    expect(instantAt('2026-11-01', 90, newYork)).toBe('2026-11-01T05:30:00Z')
    expect(instantAt('2026-11-19', 1440, newYork)).toBe('2026-11-20T05:00:00Z')
  })

  it('is the same moment with any offset', () => {
    expect(sameMoment('2026-11-19T15:30:00Z', '2026-11-19T10:30:00-05:00')).toBe(true)
    expect(sameMoment('2026-11-19T15:30:00Z', '2026-11-19T15:31:00Z')).toBe(false)
  })

  it('is written as a clock and read from one', () => {
    expect([wallTime(0), wallTime(570), wallTime(1440)]).toEqual(['00:00', '09:30', '24:00'])
    expect([minuteOf('00:00'), minuteOf('09:30'), minuteOf('24:00')]).toEqual([0, 570, 1440])
  })
})

describe('a stretch on a day', () => {
  it('is nothing on other days', () => {
    expect(spanOn('2026-11-19T15:00:00Z', '2026-11-19T16:00:00Z', '2026-11-20', newYork)).toBeUndefined()
    expect(spanOn('2026-11-19T04:00:00Z', '2026-11-19T05:00:00Z', '2026-11-19', newYork)).toBeUndefined()
  })

  it('is cut at midnight', () => {
    const night = ['2026-11-20T03:00:00Z', '2026-11-20T07:00:00Z'] as const
    expect(spanOn(...night, '2026-11-19', newYork)).toEqual({ from: 1320, until: 1440 })
    expect(spanOn(...night, '2026-11-20', newYork)).toEqual({ from: 0, until: 120 })
    expect(spanOn('2026-11-19T05:00:00Z', '2026-11-20T05:00:00Z', '2026-11-19', newYork)).toEqual({ from: 0, until: 1440 })
  })

  it('keeps its length in the night whose clock goes back, and covers the gap of the night whose clock goes forward', () => {
    expect(spanOn('2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z', '2026-11-01', newYork)).toEqual({ from: 90, until: 150 })
    expect(spanOn('2026-03-08T06:30:00Z', '2026-03-08T07:30:00Z', '2026-03-08', newYork)).toEqual({ from: 90, until: 210 })
  })
})

it.each([
  ['2026-11-19', undefined],
  ['2026-11-01', { minutes: -60, after: 120 }],
  ['2026-03-08', { minutes: 60, after: 120 }],
])('says when clocks change on %s', (date, change) => {
  expect(clockChangeOn(date, newYork)).toEqual(change)
})

it('knows zones whose clocks change at midnight, and zones whose clocks never do', () => {
  expect(clockChangeOn('2026-04-24', 'Africa/Cairo')).toEqual({ minutes: 60, after: 0 })
  expect(clockChangeOn('2026-04-24', 'UTC')).toBeUndefined()
})
