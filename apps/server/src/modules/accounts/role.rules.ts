import type { Role } from '@frontdesk/contract'

/** The roles each role may hand out, change and take away. What is not listed hands out nothing. */
const givable: Partial<Record<Role, readonly Role[]>> = {
  owner: ['owner', 'admin', 'manager', 'member', 'representative', 'billing', 'support', 'auditor', 'read_only', 'privacy_officer'],
  admin: ['admin', 'manager', 'member', 'representative', 'billing', 'support', 'auditor', 'read_only', 'privacy_officer'],
  manager: ['member', 'representative', 'read_only'],
}

/** Whether somebody of one role may give, change or take another. */
export const mayGiveRole = (giver: Role, role: Role): boolean => givable[giver]?.includes(role) ?? false

/** How long an auditor's access lasts when nobody says otherwise. */
export const auditorLasts = Temporal.Duration.from({ hours: 30 * 24 })

/** When the access of a new member ends: auditors always have an end, owners never. Undefined where the two contradict each other. */
export function endOfAccess(
  role: Role,
  wanted: Temporal.Instant | null | undefined,
  now: Temporal.Instant,
): Temporal.Instant | null | undefined {
  if (role === 'owner') return wanted ? undefined : null
  if (wanted) return Temporal.Instant.compare(wanted, now) > 0 ? wanted : undefined
  return role === 'auditor' ? now.add(auditorLasts) : null
}
