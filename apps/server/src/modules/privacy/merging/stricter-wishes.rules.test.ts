import { describe, expect, it } from 'vitest'
import { stricterOfMerged } from '../consents/consent.rules.ts'
import { stricterWishes, type Wishes } from './stricter-wishes.rules.ts'

const wishes = (some: Partial<Wishes>): Wishes => ({ channels_off: [], hours: [], languages: [], at_most: null, ...some })
const window = (weekdays: number[], fromMinute: number, toMinute: number) => ({ weekdays, fromMinute, toMinute })

describe('the wishes of two who are one', () => {
  it('turn off what either turned off, and take the rarer cap', () => {
    expect(
      stricterWishes(
        wishes({ channels_off: ['sms'], at_most: { count: 3, hours: 24 } }),
        wishes({ channels_off: ['call', 'sms'], languages: ['es'], at_most: { count: 5, hours: 168 } }),
      ),
    ).toEqual(wishes({ channels_off: ['sms', 'call'], languages: ['es'], at_most: { count: 5, hours: 168 } }))
    expect(stricterWishes(wishes({}), wishes({ at_most: { count: 1, hours: 1 } })).at_most).toEqual({ count: 1, hours: 1 })
  })

  it('keep the hours that both want; where there are none, the first one’s', () => {
    const day = [window([1, 2, 3], 480, 1080)]
    expect(stricterWishes(wishes({ hours: day }), wishes({})).hours).toEqual(day)
    expect(stricterWishes(wishes({}), wishes({ hours: day })).hours).toEqual(day)
    expect(stricterWishes(wishes({ hours: day }), wishes({ hours: [window([3, 4], 600, 1200)] })).hours).toEqual([window([3], 600, 1080)])
    expect(stricterWishes(wishes({ hours: day }), wishes({ hours: [window([6], 600, 1200)] })).hours).toEqual(day)
  })
})

describe('the consents of two who are one', () => {
  const at = (month: number) => Temporal.Instant.from(`2026-${String(month).padStart(2, '0')}-01T00:00:00Z`)
  const entry = (contactId: string, action: 'given' | 'withdrawn', month: number, more: object = {}) => ({
    contactId,
    mergedAt: contactId === 'merged' ? at(6) : null,
    action,
    channel: 'email' as const,
    purpose: 'marketing' as const,
    happenedAt: at(month),
    expiresAt: null,
    point: contactId,
    ...more,
  })
  const left = (...entries: ReturnType<typeof entry>[]) =>
    stricterOfMerged(entries, (each) => each)
      .filter(({ action }) => action === 'given')
      .map(({ contactId, happenedAt }) => `${contactId} ${happenedAt.toString().slice(5, 7)}`)

  it('leaves out what one gave and the other took back, whoever came first', () => {
    expect(left(entry('stays', 'given', 5), entry('merged', 'withdrawn', 1))).toEqual([])
    expect(left(entry('merged', 'given', 5), entry('stays', 'withdrawn', 1))).toEqual([])
  })

  it('keeps what was given after the merge, and what nobody took back', () => {
    expect(left(entry('stays', 'given', 7), entry('merged', 'withdrawn', 1))).toEqual(['stays 07'])
    expect(left(entry('stays', 'given', 5), entry('merged', 'given', 1))).toEqual(['stays 05', 'merged 01'])
    expect(left(entry('stays', 'given', 5, { channel: 'sms' }), entry('merged', 'withdrawn', 1))).toEqual(['stays 05'])
    expect(left(entry('stays', 'given', 5, { purpose: 'service' }), entry('merged', 'withdrawn', 1))).toEqual(['stays 05'])
  })

  it('takes what is taken back since the merge at its own address only', () => {
    expect(left(entry('merged', 'given', 5), entry('stays', 'withdrawn', 7))).toEqual(['merged 05'])
  })

  it('ends what covers the purpose that was taken back, and not what was renewed by the same contact', () => {
    expect(left(entry('stays', 'given', 5), entry('merged', 'withdrawn', 1, { purpose: 'feedback' }))).toEqual([])
    expect(left(entry('stays', 'given', 5), entry('merged', 'withdrawn', 1), entry('merged', 'given', 2))).toEqual([
      'stays 05',
      'merged 02',
    ])
  })

  it('changes nothing for a single contact', () => {
    const own = [entry('stays', 'given', 5), entry('stays', 'withdrawn', 1)]
    expect(stricterOfMerged(own, (each) => each)).toEqual(own)
  })
})
