import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isGivenUp, outcomeOf, retryAfterSeconds, waits } from './outcome.rules.ts'

const now = Temporal.Instant.from('2026-11-30T12:00:00Z')

describe('what follows from a try', () => {
  it.each([200, 201, 204, 299])('%i is taken', (status) => {
    expect(outcomeOf({ status }, 0, 0, now)).toEqual({ kind: 'delivered' })
  })

  it('410 says that the endpoint is gone, however often was tried', () => {
    expect(outcomeOf({ status: 410 }, 0, 0, now)).toEqual({ kind: 'gone' })
    expect(outcomeOf({ status: 410 }, 9, 0, now)).toEqual({ kind: 'gone' })
  })

  it.each([301, 302, 400, 401, 404, 500, 503])('%i failed, and is tried again', (status) => {
    expect(outcomeOf({ status }, 0, 0, now)).toEqual({ kind: 'again', inSeconds: 5 })
  })

  it('no answer is tried again after the waits of Standard Webhooks, and then given up', () => {
    const seen = Array.from({ length: 11 }, (_, failures) => outcomeOf({ error: 'timeout' }, failures, 0, now))
    expect(seen.map((each) => (each.kind === 'again' ? each.inSeconds : each.kind))).toEqual([
      5,
      5 * 60,
      30 * 60,
      2 * 3600,
      5 * 3600,
      10 * 3600,
      14 * 3600,
      20 * 3600,
      24 * 3600,
      'used_up',
      'used_up',
    ])
  })

  it('waits a little longer than planned, never shorter and at most a fifth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: waits.length - 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
        const outcome = outcomeOf({ status: 500 }, failures, random, now)
        const wait = waits[failures] ?? 0
        expect(outcome.kind === 'again' && outcome.inSeconds >= wait && outcome.inSeconds <= Math.ceil(wait * 1.2)).toBe(true)
      }),
    )
  })

  it('waits as long as the receiver asks where that is longer, and leaves the endpoint alone meanwhile', () => {
    expect(outcomeOf({ status: 429, retryAfter: '120' }, 0, 0, now)).toEqual({ kind: 'again', inSeconds: 120, quietSeconds: 120 })
    expect(outcomeOf({ status: 503, retryAfter: '2' }, 1, 0, now)).toEqual({ kind: 'again', inSeconds: 300, quietSeconds: 2 })
  })
})

describe('Retry-After', () => {
  it.each([
    ['120', 120],
    [' 7 ', 7],
    ['Mon, 30 Nov 2026 12:01:30 GMT', 90],
    ['Mon, 30 Nov 2026 11:00:00 GMT', 0],
    ['999999999', 86_400],
    ['soon', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s means %s seconds', (header, seconds) => expect(retryAfterSeconds(header, now)).toBe(seconds))
})

it('an endpoint is given up after five days without one success', () => {
  expect(isGivenUp(now.subtract({ hours: 119 }), now)).toBe(false)
  expect(isGivenUp(now.subtract({ hours: 120 }), now)).toBe(true)
})
