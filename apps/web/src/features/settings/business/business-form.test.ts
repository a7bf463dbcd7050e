import { describe, expect, it } from 'vitest'
import { businessBody, businessValues, looksLikeSlug, looksLikeWebsite, websiteFrom } from './business-form.ts'
import type { Workspace } from './queries.ts'

const clinic: Workspace = {
  id: 'w' as Workspace['id'],
  name: 'Harbor Dental',
  slug: 'harbor-dental',
  zone: 'America/New_York',
  locale: 'en-US',
  currency: 'USD',
  country: null,
  industry: null,
  brandColour: '#0b7f78',
  logoFileId: null,
  address: '1 Pier Road',
  phone: null,
  email: null,
  website: null,
  test: false,
  closesAt: null,
  rests: false,
  createdAt: '2026-11-01T10:00:00Z',
  version: 1,
}
const values = businessValues(clinic)

describe('a public address', () => {
  it.each(['Harbor', 'harbor dental', '-harbor', 'harbor--dental', '', 'a'.repeat(61)])('is not %s', (text) => {
    expect(looksLikeSlug(text)).toBe(false)
  })

  it('is lower-case words with hyphens', () => {
    expect(looksLikeSlug('harbor-dental-2')).toBe(true)
  })
})

describe('a website', () => {
  it('is refused without a domain', () => {
    expect(looksLikeWebsite('harbor')).toBe(false)
    expect(looksLikeWebsite('https://')).toBe(false)
  })

  it('may leave out its scheme, or be none', () => {
    expect([websiteFrom('example.com'), websiteFrom('http://example.com'), websiteFrom(' ')]).toEqual([
      'https://example.com',
      'http://example.com',
      null,
    ])
    expect(looksLikeWebsite('')).toBe(true)
  })
})

describe('what is sent', () => {
  it('is only what changed', () => {
    expect(businessBody(values, [])).toEqual({})
    expect(businessBody({ ...values, name: ' Harbor ' }, ['name'])).toEqual({ name: 'Harbor' })
  })

  it('takes away what was emptied', () => {
    expect(businessBody({ ...values, address: '', country: '' }, ['address', 'country'])).toEqual({ address: null, country: null })
  })
})
