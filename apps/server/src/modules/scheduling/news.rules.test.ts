import { describe, expect, it } from 'vitest'
import { isWorthTelling } from './news.rules.ts'

const start = Temporal.Instant.from('2027-01-05T15:00:00Z')
const booking = { id: 'b', sequence: 1, status: 'confirmed', starts_at: start, staff_id: 'ana', told_contact: -1 } as never
const with_ = (change: object) => ({ ...(booking as object), ...change }) as never

describe('is not worth telling', () => {
  it.each([
    ['news of an older change', { sequence: 0, news: 'confirmed' } as const, booking, undefined],
    ['what was told before', { sequence: 1, news: 'confirmed' } as const, with_({ told_contact: 1 }), undefined],
    ['a confirmation of what is cancelled by now', { sequence: 1, news: 'confirmed' } as const, with_({ status: 'cancelled' }), undefined],
    ['a cancellation of what she never heard of', { sequence: 1, news: 'cancelled' } as const, with_({ status: 'cancelled' }), undefined],
    ['a cancellation that was taken back', { sequence: 1, news: 'cancelled' } as const, booking, with_({ told_contact: 0 })],
    [
      'a restoration of what she still believes in',
      { sequence: 2, news: 'restored' } as const,
      with_({ sequence: 2, told_contact: 0 }),
      with_({ told_contact: 0 }),
    ],
    ['a move back to the time she knows', { sequence: 1, news: 'rescheduled' } as const, booking, with_({ id: 'a', told_contact: 0 })],
  ])('%s', (_, news, now, last) => {
    expect(isWorthTelling(news, now, last)).toBe(false)
  })
})

describe('is worth telling', () => {
  it.each([
    ['a confirmation', { sequence: 1, news: 'confirmed' } as const, booking, undefined],
    ['a cancellation', { sequence: 1, news: 'cancelled' } as const, with_({ status: 'cancelled' }), with_({ told_contact: 0 })],
    [
      'a restoration after she was told of the end',
      { sequence: 2, news: 'restored' } as const,
      with_({ sequence: 2, told_contact: 1 }),
      with_({ told_contact: 1 }),
    ],
    ['another time', { sequence: 1, news: 'rescheduled' } as const, booking, with_({ id: 'a', starts_at: start.add({ hours: 1 }) })],
    ['another person', { sequence: 1, news: 'rescheduled' } as const, booking, with_({ id: 'a', staff_id: 'ben' })],
  ])('%s', (_, news, now, last) => {
    expect(isWorthTelling(news, now, last)).toBe(true)
  })
})
