import { describe, expect, it } from 'vitest'
import { movedTo } from './moved.ts'

describe('an address of the settings that moved', () => {
  it.each([
    ['/w/harbor/settings/nothing', undefined],
    ['/w/harbor/settings/profile', undefined],
    ['/w/harbor/privacy/requests', undefined],
    ['/w/harbor/settings/requests', '/w/harbor/privacy/requests'],
    ['/w/harbor/settings/requests?list=complaints', '/w/harbor/privacy/requests?list=complaints'],
    ['/w/harbor/settings/requests/0199', '/w/harbor/privacy/requests/0199'],
    ['/w/harbor/settings/privacy', '/w/harbor/privacy/do-not-contact'],
    ['/w/harbor/settings/privacy-settings', '/w/harbor/privacy/choices'],
    ['/w/harbor/settings/audit?contact=0199', '/w/harbor/privacy/audit?contact=0199'],
    ['/w/harbor/settings/records', '/w/harbor/privacy'],
    ['/w/harbor/settings/records/incidents/0199', '/w/harbor/privacy/incidents/0199'],
    ['/w/harbor/settings/records/team', '/w/harbor/settings/team'],
    ['/w/harbor/settings/records/ownership', '/w/harbor/settings/ownership'],
  ])('%s leads to %s', (before, now) => {
    expect(movedTo(before)).toBe(now)
  })
})
