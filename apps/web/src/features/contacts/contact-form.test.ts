import { describe, expect, it } from 'vitest'
import {
  changedContactBody,
  emptyContact,
  emptyPoint,
  newContactBody,
  placeFaults,
  placeOf,
  preferPoint,
  valuesOf,
} from './contact-form.ts'
import type { Contact } from './queries.ts'

const point = { label: null, preferred: true, shared: false, verifiedAt: null, bounce: null }
const ann: Contact = {
  id: 'ann' as Contact['id'],
  version: 3,
  name: 'Ann Bo',
  givenName: 'Ann',
  familyName: null,
  company: { id: 'c', name: 'Bo & Co' },
  companyRole: null,
  locale: 'es-MX',
  zone: null,
  source: 'booking',
  ownerMemberId: null,
  points: [
    {
      ...point,
      id: 'p1' as Contact['points'][number]['id'],
      kind: 'phone',
      channel: null,
      value: '+12075550118',
      asTyped: '(207) 555-0118',
      shown: '(207) 555-0118',
    },
  ],
  tags: ['VIP'],
  fields: {},
  createdAt: '2026-11-01T10:00:00Z',
  updatedAt: '2026-11-01T10:00:00Z',
  lastActivityAt: '2026-11-01T10:00:00Z',
  archivedAt: null,
  mergedInto: null,
}

describe('adding somebody', () => {
  it('sends no empty lines, and null for what is not known', () => {
    const points = [emptyPoint('email', 'a'), { ...emptyPoint('phone', 'b'), value: ' 555 0118 ', label: ' work ' }]
    expect(newContactBody({ ...emptyContact, name: ' Ann ', points, company: ' ', note: ' likes mornings ' })).toEqual({
      name: 'Ann',
      givenName: null,
      familyName: null,
      company: null,
      companyRole: null,
      locale: null,
      zone: null,
      ownerMemberId: null,
      points: [{ kind: 'phone', value: '555 0118', label: 'work', preferred: false, shared: false }],
      tags: [],
      note: 'likes mornings',
    })
  })
})

describe('changing somebody', () => {
  it('sends only what changed', () => {
    const values = { ...valuesOf(ann), company: '', tags: [] }
    expect(changedContactBody(values, ['company', 'tags', 'note'])).toEqual({ company: null, tags: [] })
    expect(changedContactBody(values, [])).toEqual({})
  })

  it('keeps what the server calls an address, and shows it as it was typed', () => {
    expect(changedContactBody(valuesOf(ann), ['points'])).toEqual({
      points: [{ id: 'p1', kind: 'phone', value: '(207) 555-0118', label: null, preferred: true, shared: false }],
    })
  })
})

it('prefers one of a kind', () => {
  const points = [
    emptyPoint('email', 'a'),
    { ...emptyPoint('email', 'b'), preferred: true },
    { ...emptyPoint('phone', 'c'), preferred: true },
  ]
  expect(preferPoint(points, 'a').map(({ preferred }) => preferred)).toEqual([true, false, true])
})

describe('where she lives', () => {
  const lives = { ...valuesOf(ann), livesCountry: 'US', livesAddress: ' Portland, ME ', livesSource: ' on the phone ' }
  it('is sent with how it is known, and left alone where nothing is written', () => {
    const livesIn = { country: 'US', address: 'Portland, ME', source: 'on the phone', asOf: null }
    expect([changedContactBody(lives, ['livesCountry']), placeOf(lives)]).toEqual([{}, { livesIn }])
    expect(newContactBody({ ...lives, livesOn: '2026-11-02' })).toMatchObject({ livesIn: { ...livesIn, asOf: '2026-11-02' } })
    expect(placeOf(valuesOf(ann))).toEqual({})
  })

  it('asks for the country and for how it is known', () => {
    expect(placeFaults(valuesOf(ann))).toEqual({})
    expect(placeFaults(lives)).toEqual({})
    expect(placeFaults({ ...lives, livesSource: ' ' })).toEqual({ livesSource: 'sourceMissing' })
    expect(placeFaults({ ...valuesOf(ann), livesAddress: 'Portland, ME' })).toEqual({ livesCountry: 'countryMissing' })
  })
})
