import { describe, expect, it } from 'vitest'
import { anotherStretch, copyDay, endsNextDay, hoursBody, hoursFaults, hoursValues, setDay, toggleDay } from './hours-form.ts'

const day = (weekday: number, from: string, to: string) => ({ weekday, from, to })
const split = [day(1, '09:00', '12:00'), day(1, '13:00', '17:00')]

describe('what is wrong with hours', () => {
  it('is a stretch without an end, and one that meets another', () => {
    const { weekdays } = hoursFaults({
      weekly: [day(1, '09:00', ''), day(2, '09:00', '09:00'), ...[9, 10].map((at) => day(3, `${at}:00`.padStart(5, '0'), '11:00'))],
      exceptions: [],
    })
    expect([...weekdays]).toEqual([
      [1, 'empty'],
      [2, 'empty'],
      [3, 'meet'],
    ])
  })

  it('is a stretch over midnight that meets a later one of the same day', () => {
    expect([...hoursFaults({ weekly: [day(1, '20:00', '02:00'), day(1, '22:00', '23:00')], exceptions: [] }).weekdays]).toEqual([
      [1, 'meet'],
    ])
    expect([...hoursFaults({ weekly: [day(1, '09:00', '12:00'), day(1, '20:00', '02:00')], exceptions: [] }).weekdays]).toEqual([])
  })

  it('is a day that differs without a date, twice, or open without hours', () => {
    const off = { date: '2026-12-24', closed: true, blocks: [], label: '' }
    const { days } = hoursFaults({
      weekly: [],
      exceptions: [off, { ...off, date: '' }, off, { ...off, date: '2026-12-31', closed: false }],
    })
    expect([...days]).toEqual([
      [1, 'missing'],
      [2, 'twice'],
      [3, 'empty'],
    ])
  })
})

describe('the week', () => {
  it('closes an open day and opens a closed one like the nearest', () => {
    expect(toggleDay(split, 1)).toEqual([])
    expect(toggleDay(split, 3)).toEqual([...split, day(3, '09:00', '12:00'), day(3, '13:00', '17:00')])
    expect(toggleDay([], 3)).toEqual([day(3, '09:00', '17:00')])
  })

  it('gets another stretch after the last one, as far as the day goes', () => {
    expect(anotherStretch(split)).toEqual({ from: '18:00', to: '19:00' })
    expect(anotherStretch([])).toEqual({ from: '09:00', to: '10:00' })
    expect(anotherStretch([{ from: '20:00', to: '23:30' }])).toEqual({ from: '23:00', to: '24:00' })
  })

  it('is copied from one day to others', () => {
    expect(copyDay([...split, day(2, '08:00', '09:00')], 1, [1, 2])).toEqual([...split, day(2, '09:00', '12:00'), day(2, '13:00', '17:00')])
    expect(setDay(split, 1, [{ from: '10:00', to: '11:00' }])).toEqual([day(1, '10:00', '11:00')])
  })

  it('knows what goes beyond midnight', () => {
    expect([
      endsNextDay({ from: '22:00', to: '02:00' }),
      endsNextDay({ from: '22:00', to: '24:00' }),
      endsNextDay({ from: '', to: '' }),
    ]).toEqual([true, false, false])
  })
})

it('shows what the server knows and sends back the same', () => {
  const known = {
    weekly: split,
    exceptions: [
      { date: '2026-12-24', closed: true, blocks: [], label: 'Holiday' },
      { date: '2026-12-31', closed: false, blocks: [{ from: '09:00', to: '12:00' }], label: null },
    ],
  }
  expect(hoursBody(true, hoursValues(known))).toEqual({
    own: true,
    weekly: split,
    exceptions: [known.exceptions[0], { date: '2026-12-31', closed: false, blocks: [{ from: '09:00', to: '12:00' }] }],
  })
})
