import type { Role } from '@frontdesk/contract'

/** The roles in the order in which they are offered. */
export const allRoles = [
  'owner',
  'admin',
  'manager',
  'member',
  'representative',
  'read_only',
  'billing',
  'support',
  'auditor',
  'privacy_officer',
] as const satisfies readonly Role[]

const desk = ['member', 'representative', 'read_only'] as const satisfies readonly Role[]

/** The roles that somebody may hand out and change. The server has the same rule and the last word. */
export function givableRoles(giver: Role): readonly Role[] {
  if (giver === 'owner') return allRoles
  if (giver === 'admin') return allRoles.filter((role) => role !== 'owner')
  return giver === 'manager' ? desk : []
}

/** Who may change and remove members. */
export const managesMembers = (role: Role): boolean => role === 'owner' || role === 'admin'
/** Who sees and makes invitations. */
export const invites = (role: Role): boolean => givableRoles(role).length > 0
/** Who sees what is asked of those who sign in. */
export const seesAccessRules = (role: Role): boolean => managesMembers(role) || role === 'auditor' || role === 'privacy_officer'
