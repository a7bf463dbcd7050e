import { describe, expect, it } from 'vitest'
import { closedOn, dayLabel, hoursOf, type MaybeOwnHours, type WeekHours, workingStretch } from './open-hours.ts'

const monday = '2026-11-16'
const tuesday = '2026-11-17'
const split = [
  { weekday: 1, from: '09:00', to: '12:00' },
  { weekday: 1, from: '13:00', to: '17:00' },
]
const hours = (change: Partial<WeekHours> = {}): WeekHours => ({ weekly: split, exceptions: [], ...change })
const own = (change: Partial<MaybeOwnHours> = {}): MaybeOwnHours => ({ own: true, weekly: [], exceptions: [], ...change })

describe('what is closed', () => {
  it('is the whole day without a block', () => {
    expect(closedOn(tuesday, hours())).toEqual([{ from: 0, until: 1440 }])
  })

  it('is what lies around and between the blocks', () => {
    expect(closedOn(monday, hours())).toEqual([
      { from: 0, until: 540 },
      { from: 720, until: 780 },
      { from: 1020, until: 1440 },
    ])
  })

  it('is nothing where the desk never closes', () => {
    expect(closedOn(monday, hours({ weekly: [{ weekday: 1, from: '00:00', to: '24:00' }] }))).toEqual([])
  })

  it('leaves the morning open after a night shift', () => {
    const night = hours({ weekly: [{ weekday: 1, from: '22:00', to: '02:00' }] })
    expect(closedOn(monday, night)).toEqual([{ from: 0, until: 1320 }])
    expect(closedOn(tuesday, night)).toEqual([{ from: 120, until: 1440 }])
  })

  it('follows the day that differs, and an exception before a holiday', () => {
    const outing = { date: monday, closed: true, blocks: [], label: 'Outing' }
    const half = { date: monday, closed: false, blocks: [{ from: '09:00', to: '10:00' }], label: null }
    const holidays = [{ date: monday, label: 'Day off' }]
    expect(closedOn(monday, hours({ exceptions: [outing] }))).toEqual([{ from: 0, until: 1440 }])
    expect(closedOn(monday, hours({ holidays }))).toEqual([{ from: 0, until: 1440 }])
    expect(closedOn(monday, hours({ exceptions: [half], holidays }))).toEqual([
      { from: 0, until: 540 },
      { from: 600, until: 1440 },
    ])
    expect([
      dayLabel(monday, hours({ exceptions: [outing] })),
      dayLabel(monday, hours({ holidays })),
      dayLabel(monday, hours({ exceptions: [half], holidays })),
      dayLabel(tuesday, hours({ holidays })),
    ]).toEqual(['Outing', 'Day off', null, null])
  })
})

describe("a person's hours", () => {
  const business = hours({
    exceptions: [{ date: monday, closed: true, blocks: [], label: 'Outing' }],
    holidays: [{ date: tuesday, label: 'Day off' }],
  })

  it("are the business's without own ones", () => {
    expect(hoursOf(undefined, business)).toBe(business)
    expect(hoursOf(own({ own: false }), business)).toBe(business)
  })

  it('differ where the business differs, unless her own day says otherwise', () => {
    const week = [1, 2].map((weekday) => ({ weekday, from: '08:00', to: '09:00' }))
    const mine = hoursOf(own({ weekly: week }), business)
    expect([closedOn(monday, mine), closedOn(tuesday, mine)]).toEqual([[{ from: 0, until: 1440 }], [{ from: 0, until: 1440 }]])
    const there = { date: tuesday, closed: false, blocks: [{ from: '10:00', to: '24:00' }], label: null }
    expect(closedOn(tuesday, hoursOf(own({ weekly: week, exceptions: [there] }), business))).toEqual([{ from: 0, until: 600 }])
  })
})

it('says from when to when there is work', () => {
  expect(workingStretch([monday, tuesday], hours())).toEqual({ from: 540, until: 1020 })
  expect(workingStretch([tuesday], hours())).toBeUndefined()
})
