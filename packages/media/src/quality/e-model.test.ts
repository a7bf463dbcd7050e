import { describe, expect, it } from 'vitest'
import { codecImpairments, equipmentImpairment, estimateQuality, mosOf, ratingOf } from './e-model.ts'

const plain = codecImpairments['G.711']
const concealed = codecImpairments['G.711 concealed']

describe('the E-model', () => {
  it('rates the defaults of ITU-T G.107 §7.7 with 93.2', () => {
    expect(ratingOf({ delayMs: 0, lossPercent: 0, codec: plain })).toBeCloseTo(93.2, 1)
  })

  it.each([
    [90, 4.34],
    [80, 4.03],
    [70, 3.6],
    [60, 3.1],
    [50, 2.58],
  ])('turns a rating of %i into a score of %f (G.107 Table B.1)', (rating, score) => {
    expect(Math.abs(mosOf(rating) - score)).toBeLessThan(0.01)
  })

  it('stays between 1 and 4.5 whatever happens (G.107 Annex B.4)', () => {
    expect(mosOf(-3)).toBe(1)
    expect(mosOf(3)).toBe(1)
    expect(mosOf(120)).toBe(4.5)
    expect(estimateQuality({ delayMs: 4000, lossPercent: 60, codec: plain })).toEqual({ rating: 0, mos: 1 })
    expect(ratingOf({ delayMs: -500, lossPercent: 0, codec: plain })).toBeCloseTo(93.2, 1)
  })

  it.each([
    [50, 1.2],
    [100, 2.4],
    [150, 3.6],
    [200, 7.3],
    [250, 14],
    [300, 20.7],
  ])('takes off for a delay of %i ms the %f that Cole and Rosenbluth published for it', (delayMs, impairment) => {
    // Voice over IP Performance Monitoring (2001), equation 10: Id = 0.024 d + 0.11 (d − 177.3) H(d − 177.3), their fit of G.107.
    expect(Math.abs(93.2 - ratingOf({ delayMs, lossPercent: 0, codec: plain }) - impairment)).toBeLessThan(0.6)
  })

  it.each([
    [1, 5],
    [2, 7],
    [3, 10],
    [5, 15],
    [7, 20],
    [10, 25],
  ])('takes off for a loss of %i per cent, concealed, about the %i of ITU-T G.113 (02/2001) Table I.2', (lossPercent, impairment) => {
    expect(Math.abs(equipmentImpairment({ lossPercent, codec: concealed }) - impairment)).toBeLessThan(2.5)
  })

  it('takes more off for losses in a row than for as many apart (G.107 §7.5)', () => {
    const apart = equipmentImpairment({ lossPercent: 5, codec: concealed })
    expect(equipmentImpairment({ lossPercent: 5, burstRatio: 3, codec: concealed })).toBeGreaterThan(apart)
  })

  it('stays above 3.8 with 3 % of loss, an ordinary delay and concealment', () => {
    expect(estimateQuality({ delayMs: 120, lossPercent: 3, codec: concealed }).mos).toBeGreaterThan(3.8)
  })
})
