import { describe, expect, it } from 'vitest'
import { brandColours, contrast } from './brand-colour.rules.ts'

const awkward = [
  '#ffff00',
  '#ffffff',
  '#000000',
  '#00ff00',
  '#ff69b4',
  '#0b7f78',
  '#1f6f5c',
  '#c0c0c0',
  '#ff0000',
  '#0000ff',
  '#fffbe6',
  '#2f6feb',
]

describe.each(['light', 'dark'] as const)('in the %s scheme', (scheme) => {
  const ground = scheme === 'light' ? '#ffffff' : '#131416'

  it.each(awkward)('%s stays readable', (brand) => {
    const colours = brandColours(brand, scheme)
    expect(contrast(colours.solid, colours.onSolid)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colours.solidHover, colours.onSolid)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colours.link, ground)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colours.link, colours.selected)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colours.focus, ground)).toBeGreaterThanOrEqual(3)
    for (const colour of Object.values(colours)) expect(colour).toMatch(/^#[0-9a-f]{6}$/)
  })
})

it('knows the contrast of black, grey and white', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})
