import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../platform/database/testing.ts'
import { clockChangeOn, publicDays } from './public-days.ts'
import { testBusiness } from './testing.ts'

const test = await testDatabase()
const shop = await testBusiness(test)
const days = (from: string, zone: string, more = {}) =>
  shop.inside((tx) => publicDays(tx, { service: { ...shop.service, ...more }, zone, from: Temporal.PlainDate.from(from), days: 7 }))

describe('days', () => {
  it('say why they have no time, and which is the next that has', async () => {
    const { days: week, nextOpen } = await days('2027-01-03', 'America/New_York')
    expect(week.map((day) => day.state)).toEqual(['past', 'open', 'open', 'open', 'open', 'open', 'closed'])
    expect(nextOpen).toBe('2027-01-11')
    const far = await days('2027-03-01', 'America/New_York')
    expect(far.days.map((day) => day.state)).toEqual(['open', 'open', 'open', 'open', 'open', 'too_far', 'too_far'])
    expect(far.nextOpen).toBeNull()
  })

  it('are too soon within the notice, and full when everything is taken', async () => {
    const { days: week } = await days('2027-01-04', 'America/New_York', { notice_minutes: 2 * 24 * 60 })
    expect(week.map((day) => day.state)).toEqual(['too_soon', 'too_soon', 'open', 'open', 'open', 'closed', 'closed'])
    const start = Temporal.Instant.from('2027-01-08T14:00:00Z')
    for (let index = 0; index < 16; index++) await shop.book({ start: start.add({ minutes: 30 * index }) })
    expect((await days('2027-01-04', 'America/New_York')).days[4]?.state).toBe('full')
  })

  it('are the visitor’s: a morning in New York is another day in Auckland', async () => {
    const there = await days('2027-01-05', 'Pacific/Auckland')
    expect(there.businessZone).toBe('America/New_York')
    expect(there.days[0]?.slots.map((slot) => slot.start)[0]).toBe('2027-01-04T14:00:00Z') // three in the night of Tuesday
  })
})

describe('a change of the clocks', () => {
  it.each([
    ['2027-03-14', 'America/New_York', '2027-03-14T07:00:00Z', 60],
    ['2027-11-07', 'America/New_York', '2027-11-07T06:00:00Z', -60],
    ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00Z', 60],
    ['2027-04-04', 'Australia/Lord_Howe', '2027-04-03T15:00:00Z', -30],
  ])('on %s in %s is at %s', (date, zone, at, minutes) => {
    expect(clockChangeOn(Temporal.PlainDate.from(date), zone)).toEqual({ at, minutes })
  })

  it.each([
    ['2027-03-13', 'America/New_York'],
    ['2027-03-14', 'Asia/Kolkata'],
  ])('is none on %s in %s', (date, zone) => {
    expect(clockChangeOn(Temporal.PlainDate.from(date), zone)).toBeNull()
  })
})
