import { translator } from '@frontdesk/i18n'
import { describe, expect, it } from 'vitest'
import { words } from '../../../locales/en/requests.ts'
import { daysUntil, dueTone, dueWords } from './due.ts'

const t = translator({ en: words, es: words, fr: words } as never, 'en') as never
const due = (day: string, more = {}) =>
  ({ what: 'respond', day, before: `${day}T23:59:59Z`, overdue: false, paused: null, ...more }) as const

describe('a due day', () => {
  it.each([
    ['2026-12-08', 'today', 'wait'],
    ['2026-12-09', 'tomorrow', 'wait'],
    ['2026-12-11', 'in 3 days', 'wait'],
    ['2027-01-07', 'in 30 days', 'neutral'],
  ] as const)('of %s is %s', (day, said, tone) => {
    expect(dueWords(t, due(day), '2026-12-08')).toBe(said)
    expect(dueTone(due(day), '2026-12-08')).toBe(tone)
  })

  it('that is over says by how much, and one whose clock stands says that', () => {
    expect(dueWords(t, due('2026-12-06', { overdue: true }), '2026-12-08')).toBe('2 days late')
    expect(dueWords(t, due('2026-12-06', { paused: 'scope_asked' }), '2026-12-08')).toBe('the clock stands')
    expect(dueWords(t, null, '2026-12-08')).toBe('nothing is due')
    expect(dueTone(due('2026-12-06', { overdue: true }), '2026-12-08')).toBe('no')
  })

  it('counts days across the changes of the clock', () => {
    expect(daysUntil('2027-03-15', '2027-03-13')).toBe(2)
  })
})
