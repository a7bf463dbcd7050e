import { describe, expect, it } from 'vitest'
import { type LedgerEntry, standingEntries } from './consent.rules.ts'

const at = (day: string) => Temporal.Instant.from(`${day}T12:00:00Z`)
const now = at('2027-03-10')
const given = (change: Partial<LedgerEntry> = {}): LedgerEntry => ({
  action: 'given',
  channel: 'sms',
  purpose: 'marketing',
  happenedAt: at('2027-03-01'),
  expiresAt: null,
  ...change,
})
const withdrawn = (change: Partial<LedgerEntry> = {}): LedgerEntry => given({ action: 'withdrawn', ...change })

describe('what stands', () => {
  it.each<[string, readonly LedgerEntry[], number]>([
    ['nothing, of an empty ledger', [], 0],
    ['nothing, once taken back', [given(), withdrawn({ happenedAt: at('2027-03-02') })], 0],
    ['nothing, when it was taken back in the same moment', [given(), withdrawn()], 0],
    [
      'nothing, of a paper found after she took it back',
      [withdrawn({ happenedAt: at('2027-03-05') }), given({ happenedAt: at('2027-03-01') })],
      0,
    ],
    ['nothing, of what has run out', [given({ expiresAt: now })], 0],
    ['what she gave', [given()], 1],
    [
      'what she gave again after taking it back',
      [given(), withdrawn({ happenedAt: at('2027-03-02') }), given({ happenedAt: at('2027-03-03') })],
      1,
    ],
    ['another channel than the one taken back', [given(), withdrawn({ channel: 'call', happenedAt: at('2027-03-02') })], 1],
    [
      'no offers, when she takes back the notes that they cover',
      [given(), withdrawn({ purpose: 'service', happenedAt: at('2027-03-02') })],
      0,
    ],
    ['the notes, when she takes back only the offers', [given({ purpose: 'service' }), withdrawn({ happenedAt: at('2027-03-02') })], 1],
  ])('%s', (_what, entries, count) => {
    expect(standingEntries(entries, now)).toHaveLength(count)
  })
})
