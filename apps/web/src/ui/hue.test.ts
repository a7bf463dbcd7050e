import { describe, expect, it } from 'vitest'
import { hueOf, initialsOf } from './hue.ts'

describe('a hue', () => {
  it('stays the same for an id and stays on the circle', () => {
    const id = '019a1b2c-0000-7000-8000-000000000001'
    expect(hueOf(id)).toBe(hueOf(id))
    for (const text of ['', 'a', id, 'Κωνσταντίνα']) {
      expect(hueOf(text)).toBeGreaterThanOrEqual(0)
      expect(hueOf(text)).toBeLessThan(360)
    }
  })

  it('spreads neighbouring ids over the circle', () => {
    const hues = Array.from({ length: 100 }, (_, index) => hueOf(`019a1b2c-0000-7000-8000-${String(index).padStart(12, '0')}`))
    expect(new Set(hues.map((hue) => Math.floor(hue / 30))).size).toBe(12)
  })
})

describe('initials', () => {
  it.each([
    ['Siobhán Okonkwo-Reilly', 'SO'],
    ['  ximena núñez y ávila ', 'XÁ'],
    ['Cher', 'C'],
    ['Dr. (Amara) Nwosu', 'DN'],
    ['김민준', '김'],
    ['山田 太郎', '山'],
    ['محمد الفارسي', 'م\u200cف'],
    ['24 Hour Dental', '2D'],
    ['👋', ''],
    ['', ''],
  ])('of %j are %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })
})
