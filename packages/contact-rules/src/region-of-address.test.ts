import { describe, expect, it } from 'vitest'
import { regionOfAddress } from './region-of-address.ts'

describe('the state or province of an address', () => {
  it.each([
    ['18 Wharf Street, Portland, Maine', 'US', 'US-ME'],
    ['18 Wharf Street, Portland, ME 04101', 'US', 'US-ME'],
    ['18 Wharf Street\nPortland, ME 04101-4720\nUSA', 'US', 'US-ME'],
    ['18 Wharf Street, Portland ME 04101', 'US', 'US-ME'],
    ['18 Wharf Street, Portland, ME, 04101', 'US', 'US-ME'],
    ['350 5th Ave, New York, New York 10118', 'US', 'US-NY'],
    ['1 Main Street, Washington, DC 20001, United States', 'US', 'US-DC'],
    ['200 Rue Saint-Jean, Québec, QC G1R 1P1', 'CA', 'CA-QC'],
    ['1 King Street West, Toronto, Ontario, M5H 1A1, Canada', 'CA', 'CA-ON'],
    ['9 Rue Principale, Montréal, Québec', 'CA', 'CA-QC'],
  ])('of %j in %s is %s', (address, country, region) => expect(regionOfAddress(address, country)).toBe(region))

  it.each([
    ['no address', null, 'US'],
    ['an empty one', '', 'US'],
    ['one without a state', '18 Wharf Street, Portland 04101', 'US'],
    ['one that only has a town called like a state', '5 Elm Street, Washington 20001', 'US'],
    ['an address of another country', 'Hauptstr. 1, 10115 Berlin', 'DE'],
    ['one whose country is not known', '18 Wharf Street, Portland, ME 04101', null],
    ['letters that are no state', '18 Wharf Street, Portland, XX 04101', 'US'],
    ['a state of the other country', '18 Wharf Street, Portland, ME 04101', 'CA'],
  ])('is unknown, the strict side, for %s', (_what, address, country) => expect(regionOfAddress(address, country)).toBeNull())
})
