import { describe, expect, it } from 'vitest'
import { guessRegion } from './region.ts'

describe('guessing where somebody works', () => {
  it.each([
    ['an American computer', ['en-US'], 'America/New_York', 'US', 'USD'],
    ['an English-speaking computer in Mexico', ['en-US', 'en'], 'America/Mexico_City', 'MX', 'MXN'],
    ['a French one in Montréal', ['fr-CA', 'en-CA'], 'America/Toronto', 'CA', 'CAD'],
    ['a Spanish one in Barcelona', ['ca-ES', 'es'], 'Europe/Madrid', 'ES', 'EUR'],
    ['a Swiss one', ['fr-CH'], 'Europe/Zurich', 'CH', 'CHF'],
  ])('takes the clock before the language: %s', (_, tags, zone, country, currency) => {
    expect(guessRegion(tags, zone)).toEqual({ country, currency })
  })

  it('falls back to the language where the browser knows no zones, and to the dollar where it knows nothing', () => {
    expect(guessRegion(['es-MX'], 'Europe/Madrid', () => [])).toEqual({ country: 'MX', currency: 'MXN' })
    expect(guessRegion(['???'], 'Nowhere/At_All', () => [])).toEqual({ country: 'US', currency: 'USD' })
  })
})
