import { describe, expect, it } from 'vitest'
import { hoursOfPerson, hoursOfService, overlappingBlocks } from './hours.rules.ts'

const business = {
  zone: 'America/New_York',
  weekly: [{ weekday: 1, start: '09:00', end: '17:00' }],
  exceptions: [{ date: Temporal.PlainDate.from('2027-01-18'), blocks: [], label: 'Martin Luther King Day' }],
}

describe('overlappingBlocks', () => {
  it.each([
    [
      'the same day',
      [
        { weekday: 1, from: '09:00', to: '12:00' },
        { weekday: 1, from: '11:59', to: '13:00' },
      ],
      'weekly.1',
    ],
    [
      'a night into the next day',
      [
        { weekday: 1, from: '22:00', to: '02:00' },
        { weekday: 2, from: '01:00', to: '09:00' },
      ],
      'weekly.1',
    ],
    [
      'Sunday night into Monday',
      [
        { weekday: 7, from: '22:00', to: '02:00' },
        { weekday: 1, from: '01:00', to: '09:00' },
      ],
      'weekly.1',
    ],
  ])('names the block that overlaps on %s', (_, weekly, path) => {
    expect(overlappingBlocks(weekly, [])).toBe(path)
  })

  it('names a date that stands twice, and overlapping blocks of one date', () => {
    const closed = { date: '2027-01-18', closed: true, blocks: [] }
    expect(overlappingBlocks([], [closed, closed])).toBe('exceptions.1')
    const blocks = [
      { from: '09:00', to: '12:00' },
      { from: '10:00', to: '11:00' },
    ]
    expect(overlappingBlocks([], [{ date: '2027-01-18', closed: false, blocks }])).toBe('exceptions.0.blocks.1')
  })

  it('lets blocks touch, and a day last until 24:00', () => {
    const weekly = [
      { weekday: 1, from: '09:00', to: '12:00' },
      { weekday: 1, from: '12:00', to: '24:00' },
      { weekday: 2, from: '00:00', to: '08:00' },
    ]
    expect(overlappingBlocks(weekly, [])).toBeUndefined()
  })
})

describe('hours that hold', () => {
  it('are the business’s, where a person has none of her own', () => {
    expect(hoursOfPerson(business, undefined)).toEqual(business)
  })

  it('are her own week, with the business’s closed days, and her own dates last', () => {
    const own = {
      ownWeek: true,
      weekly: [{ weekday: 2, from: '10:00', to: '12:00' }],
      exceptions: [{ date: '2027-01-18', closed: false, blocks: [{ from: '10:00', to: '11:00' }], label: null }],
    }
    const hours = hoursOfPerson(business, own)
    expect(hours.weekly).toEqual([{ weekday: 2, start: '10:00', end: '12:00' }])
    expect(hours.exceptions?.map((exception) => exception.blocks.length)).toEqual([0, 1])
  })

  it('leave the week of a service open that only has dates of its own', () => {
    const hours = hoursOfService('UTC', {
      ownWeek: false,
      weekly: [],
      exceptions: [{ date: '2027-01-18', closed: true, blocks: [], label: 'Inventory' }],
    })
    expect(hours.weekly).toHaveLength(7)
    expect(hours.exceptions).toEqual([{ date: Temporal.PlainDate.from('2027-01-18'), blocks: [], label: 'Inventory' }])
  })
})
