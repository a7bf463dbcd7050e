import { describe, expect, it } from 'vitest'
import { freeSlug, hueOf, slugOf } from './slug.rules.ts'

describe('slugOf', () => {
  it.each([
    ['Cleaning and check-up', 'cleaning-and-check-up'],
    ['  Épilation à la cire!  ', 'epilation-a-la-cire'],
    ['Fußpflege', 'fusspflege'],
    ['🦷', 'service'],
    ['قص الشعر', 'service'],
    ['a'.repeat(100), 'a'.repeat(60)],
    [`${'a'.repeat(59)} b`, 'a'.repeat(59)],
  ])('makes an address of %s', (name, slug) => {
    expect(slugOf(name, 'service')).toBe(slug)
  })
})

describe('freeSlug', () => {
  it('counts on from what is taken and stays within sixty characters', () => {
    expect(freeSlug('cut', new Set())).toBe('cut')
    expect(freeSlug('cut', new Set(['cut', 'cut-2']))).toBe('cut-3')
    expect(freeSlug('a'.repeat(60), new Set(['a'.repeat(60)]))).toBe(`${'a'.repeat(58)}-2`)
  })
})

it('spreads hues so that ten services are told apart', () => {
  const hues = Array.from({ length: 10 }, (_, index) => hueOf(index))
  for (const one of hues) for (const other of hues) if (one !== other) expect(Math.abs(one - other)).toBeGreaterThan(15)
  for (const hue of hues) expect(hue).toBeLessThan(360)
})
