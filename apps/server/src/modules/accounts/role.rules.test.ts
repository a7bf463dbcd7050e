import { roles } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { auditorLasts, endOfAccess, mayGiveRole } from './role.rules.ts'

const now = Temporal.Instant.from('2027-01-04T14:00:00Z')

describe('handing out roles', () => {
  it.each(['member', 'representative', 'billing', 'support', 'auditor', 'read_only', 'privacy_officer'] as const)(
    '%s hands out nothing',
    (giver) => {
      expect(roles.filter((role) => mayGiveRole(giver, role))).toEqual([])
    },
  )
  it('an admin makes no owner, a manager no admin', () => {
    expect(mayGiveRole('admin', 'owner')).toBe(false)
    expect(roles.filter((role) => mayGiveRole('manager', role))).toEqual(['member', 'representative', 'read_only'])
  })
  it('an owner hands out every role', () => {
    expect(roles.every((role) => mayGiveRole('owner', role))).toBe(true)
  })
})

describe('the end of access', () => {
  it('is refused for an owner, and in the past', () => {
    expect(endOfAccess('owner', now.add({ hours: 1 }), now)).toBeUndefined()
    expect(endOfAccess('member', now, now)).toBeUndefined()
  })
  it('comes by itself for auditors', () => {
    expect(String(endOfAccess('auditor', undefined, now))).toBe(String(now.add(auditorLasts)))
    expect(endOfAccess('member', undefined, now)).toBeNull()
  })
})
