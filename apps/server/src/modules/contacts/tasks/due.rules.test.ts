import { describe, expect, it } from 'vitest'
import { dueBy, NO_DAY, reminderAt } from './due.rules.ts'

const day = (text: string) => ({ dueOn: Temporal.PlainDate.from(text), dueAt: null })
const moment = (text: string) => ({ dueOn: null, dueAt: Temporal.Instant.from(text) })
const now = Temporal.Instant.from('2026-10-30T12:00:00Z')
const madrid = 'Europe/Madrid'

describe('when a task is due', () => {
  it('is its moment, or the end of its day at the business, also on the day that has 25 hours', () => {
    expect(dueBy(moment('2026-11-02T10:15:00Z'), madrid).toString()).toBe('2026-11-02T10:15:00Z')
    expect(dueBy(day('2026-10-25'), madrid).toString()).toBe('2026-10-25T23:00:00Z')
    expect(dueBy({ dueOn: null, dueAt: null }, madrid)).toBe(NO_DAY)
  })
})

describe('when its member is reminded', () => {
  const cases = [
    ['so long before its moment', moment('2026-11-02T10:15:00Z'), 15, '2026-11-02T10:00:00Z'],
    ['at its moment', moment('2026-11-02T10:15:00Z'), 0, '2026-11-02T10:15:00Z'],
    ['at nine in the morning of its day', day('2026-11-02'), 0, '2026-11-02T08:00:00Z'],
    ['a day before', day('2026-11-02'), 1440, '2026-11-01T08:00:00Z'],
    ['never, without a wish', day('2026-11-02'), null, undefined],
    ['never, without a day', { dueOn: null, dueAt: null }, 15, undefined],
    ['never, where that has passed', moment('2026-10-30T12:10:00Z'), 15, undefined],
    ['never, at this very moment', moment('2026-10-30T12:15:00Z'), 15, undefined],
  ] as const
  it.each(cases)('is %s', (_, due, minutes, at) => {
    expect(reminderAt(due, minutes, madrid, now)?.toString()).toBe(at)
  })
})
