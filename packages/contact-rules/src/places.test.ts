import { describe, expect, it } from 'vitest'
import { complexes, islands, placeless } from './area-codes.ts'
import { fine, numbered } from './example.fixture.ts'
import type { Facts } from './facts.ts'
import { allZones, locate } from './places.ts'
import { shippedRulebook } from './shipped.ts'

const where = (number: string, change: Partial<Facts> = {}) => {
  const { places, zones, foreign, names } = locate(0, 'call', { ...fine, ...numbered(number), ...change }, shippedRulebook)
  return { places: [...places].sort(), zones: [...zones].sort(), foreign, names }
}
const address = (country: string, region: string | null, zone: string | null = null) => ({
  person: { address: { country, region, zone }, zone: null, preferences: {} },
})

describe('an area code', () => {
  it.each([
    ['448 is the overlay of 850, which is split', '+14485550123', 'US-FL', ['America/Chicago', 'America/New_York']],
    ['364 overlays 270', '+13645550123', 'US-KY', ['America/Chicago', 'America/New_York']],
    ['458 overlays 541', '+14585550123', 'US-OR', ['America/Boise', 'America/Denver', 'America/Los_Angeles']],
    ['930 overlays 812', '+19305550123', 'US-IN', ['America/Chicago', 'America/New_York']],
    ['581 overlays 418', '+15815550123', 'CA-QC', ['America/Blanc-Sablon', 'America/Halifax', 'America/Toronto']],
    [
      '778 overlays 250',
      '+17785550123',
      'CA-BC',
      ['America/Creston', 'America/Dawson_Creek', 'America/Edmonton', 'America/Fort_Nelson', 'America/Vancouver'],
    ],
    [
      '605 has exceptions only at seven digits',
      '+16055550123',
      'US-SD',
      ['America/Chicago', 'America/Denver', 'America/North_Dakota/Center'],
    ],
    ['701 too', '+17015550123', 'US-ND', ['America/Chicago', 'America/Denver', 'America/North_Dakota/Center']],
    ['Arizona keeps its own time', '+16025550123', 'US-AZ', ['America/Phoenix']],
    ['but not all of it', '+19285550123', 'US-AZ', ['America/Denver', 'America/Phoenix']],
    ['El Paso is not in the zone of Texas', '+19155550123', 'US-TX', ['America/Denver']],
  ])('%s', (_case, number, place, zones) => {
    const found = where(number)
    expect(found.places).toEqual([place.slice(0, 2), place])
    expect(found.zones).toEqual(zones)
  })

  it('of two provinces counts for both', () => {
    expect(where('+19025550123').places).toEqual(['CA', 'CA-NS', 'CA-PE'])
  })

  it('that is not known may be anywhere, with or without an address', () => {
    expect(where('+14575550123').zones).toEqual([...allZones].sort())
    expect(where('+19245550123', address('US', 'MN')).zones).toEqual([...allZones].sort())
    expect(where('+14575550123').places).toContain('US-LA')
  })

  it.each(['800', '833', '844', '855', '866', '877', '888', '500', '600', '900'])(
    '%s has no place: the address stands in for it, otherwise it may be anywhere',
    (code) => {
      expect(where(`+1${code}5550123`).zones).toHaveLength(allZones.length)
      expect(where(`+1${code}5550123`, address('US', 'MN'))).toMatchObject({ places: ['US', 'US-MN'], zones: ['America/Chicago'] })
    },
  )

  it('of an island is abroad', () => {
    expect(where('+18765550123')).toMatchObject({ places: [], foreign: ['JM'] })
  })

  it('is in one table only, and in no other', () => {
    const abroad = Object.values(islands).join(' ').split(' ')
    const known = complexes.flatMap(({ codes }) => codes.split(' '))
    expect(known.filter((code) => abroad.includes(code) || placeless.split(' ').includes(code))).toEqual([])
    for (const code of [...known, ...abroad]) expect(code).toMatch(/^[2-9]\d\d$/)
    for (const zone of allZones) expect(() => Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)).not.toThrow()
  })
})

describe('a number that moved', () => {
  it('counts where it was issued and where she lives', () => {
    expect(where('+13055550123', address('US', 'CA'))).toMatchObject({
      places: ['US', 'US-CA', 'US-FL'],
      zones: ['America/Los_Angeles', 'America/New_York'],
      names: 'US-FL, US-CA',
    })
  })

  it('counts in the zone of her postal code, or in every zone of her state', () => {
    expect(where('+12125550123', address('US', 'TN')).zones).toEqual(['America/Chicago', 'America/New_York'])
    expect(where('+12125550123', address('US', 'TN', 'America/Chicago')).zones).toEqual(['America/Chicago', 'America/New_York'])
    expect(where('+12125550123', address('US', 'HI')).zones).toEqual(['America/New_York', 'Pacific/Honolulu'])
  })

  it('counts in the zone she told us, too; one that does not exist narrows nothing', () => {
    const told = (zone: string) => where('+12125550123', { person: { address: null, zone, preferences: {} } }).zones
    expect(told('Europe/Paris')).toEqual(['America/New_York', 'Europe/Paris'])
    expect(told('Mars/Olympus')).toEqual(['America/New_York'])
  })

  it('to another country is in both', () => {
    expect(where('+12125550123', address('FR', null))).toMatchObject({ places: ['US', 'US-NY'], foreign: ['FR'] })
    expect(where('+12125550123', address('CA', 'QC')).places).toEqual(['CA', 'CA-QC', 'US', 'US-NY'])
    expect(where('+12125550123', address('PR', null)).places).toEqual(['US', 'US-NY', 'US-PR'])
  })
})

it('mail to nobody knows where keeps the rules of every country shipped', () => {
  const { places, zones } = locate(0, 'email', fine, shippedRulebook)
  expect([...places]).toEqual(['US', 'CA'])
  expect(zones).toEqual([])
})
