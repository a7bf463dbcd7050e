import { describe, expect, it } from 'vitest'
import { profileBody, profileValues } from './profile-form.ts'

const profile = {
  id: '00000000-0000-7000-8000-000000000001',
  name: 'Dana',
  email: 'dana@example.com',
  emailVerified: true,
  phone: null,
  company: 'Harbor',
  industry: null,
  locale: 'en-US',
  zone: null,
  deactivatedAt: null,
  ageLimit: null,
  ageConfirmedAt: null,
  closesAt: null,
  createdAt: '2026-01-01T00:00:00Z',
  version: 3,
} as unknown as Parameters<typeof profileValues>[0]

describe('the form of a profile', () => {
  it('sends nothing that was not touched', () => {
    expect(profileBody(profileValues(profile), [])).toEqual({})
    expect(profileBody({ ...profileValues(profile), name: ' Ann ' }, ['name'])).toEqual({ name: 'Ann' })
  })

  it('takes away what was emptied', () => {
    expect(profileBody({ ...profileValues(profile), company: ' ' }, ['company', 'phone'])).toEqual({ company: null, phone: null })
  })
})
