import type { ScoreRule } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { type ScoreFacts, scoreLead } from './score.rules.ts'

const now = Temporal.Instant.from('2027-01-04T14:00:00Z')
const facts: ScoreFacts = {
  yes: new Set(),
  source: 'other',
  valueMinor: null,
  nextStepAhead: false,
  lastActivityAt: now.subtract({ hours: 24 * 30 }),
}
const rule = (when: ScoreRule['when'], points = 10): ScoreRule => ({ id: JSON.stringify(when), when, points })
const points = (one: ScoreRule, more: Partial<ScoreFacts> = {}) => scoreLead({ ...facts, ...more }, [one], now).points

describe('the score of a lead', () => {
  it.each<[string, ScoreRule, Partial<ScoreFacts>, Partial<ScoreFacts>]>([
    ['an answer', rule({ kind: 'answer', questionId: 'q' }), { yes: new Set(['other']) }, { yes: new Set(['q']) }],
    ['a source', rule({ kind: 'source', source: 'referral' }), { source: 'advert' }, { source: 'referral' }],
    ['a value', rule({ kind: 'value', atLeastMinor: '10000' }), { valueMinor: 9999 }, { valueMinor: 10000 }],
    ['a value in another currency', rule({ kind: 'value', atLeastMinor: '0' }), { valueMinor: null }, { valueMinor: 0 }],
    ['a next step', rule({ kind: 'next_step' }), { nextStepAhead: false }, { nextStepAhead: true }],
    [
      'what happened lately',
      rule({ kind: 'recency', days: 7 }),
      { lastActivityAt: now.subtract({ hours: 24 * 7, milliseconds: 1 }) },
      { lastActivityAt: now.subtract({ hours: 24 * 7 }) },
    ],
  ])('gives points for %s, and none without', (_, one, without, met) => {
    expect(points(one, without)).toBe(0)
    expect(points(one, met)).toBe(10)
  })

  it('takes points away, says the most that there is to win, and names every rule whether it is met or not', () => {
    const rules = [rule({ kind: 'next_step' }, 30), rule({ kind: 'source', source: 'other' }, -20), rule({ kind: 'recency', days: 1 }, 15)]
    expect(scoreLead({ ...facts, nextStepAhead: true }, rules, now)).toEqual({
      points: 10,
      most: 45,
      reasons: [
        { rule: rules[0], met: true },
        { rule: rules[1], met: true },
        { rule: rules[2], met: false },
      ],
    })
  })

  it('is the sum of its reasons, whatever their order', () => {
    const rules = [5, -3, 8, 20].map((each, at) => rule(at % 2 ? { kind: 'next_step' } : { kind: 'recency', days: 40 + at }, each))
    const forth = scoreLead({ ...facts, nextStepAhead: true }, rules, now)
    const back = scoreLead({ ...facts, nextStepAhead: true }, rules.toReversed(), now)
    expect(forth.points).toBe(back.points)
    expect(forth.points).toBe(forth.reasons.filter(({ met }) => met).reduce((sum, reason) => sum + reason.rule.points, 0))
  })
})
