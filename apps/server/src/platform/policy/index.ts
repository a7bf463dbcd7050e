import type { Principal, Role } from '@frontdesk/contract'
import { Refusal } from '../errors/index.ts'

/** Who may: roles of members, and the people outside by the way they came. */
export type Party = Role | 'visitor' | 'contact_link' | 'operator'

/** The roles that work with people all day. */
export const desk = ['owner', 'admin', 'manager', 'member', 'representative'] as const satisfies readonly Role[]
/** The roles that set things up. */
export const leads = ['owner', 'admin', 'manager'] as const satisfies readonly Role[]
/** The roles that may read what the desk sees, without changing it. */
export const readers = [...desk, 'support', 'auditor', 'read_only', 'privacy_officer'] as const satisfies readonly Role[]

export type Decision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: 'role' | 'scope' | 'suspended' | 'second_factor' }

export type Policy<Permission extends string> = {
  readonly permissions: Readonly<Record<Permission, readonly Party[]>>
  /** The decision with its reason; denied unless listed. An API key needs the permission among its scopes. */
  decide(by: Principal, permission: Permission): Decision
  /** Throws a `Refusal` where `decide` says no. The first line of every use case. */
  require(by: Principal, permission: Permission): void
}

/** An operator's grant lends the rights of a role, so that no room has to think of operators. */
function partiesOf(by: Exclude<Principal, { kind: 'system' | 'api_key' }>): readonly Party[] {
  if (by.kind === 'member') return [by.role]
  if (by.kind === 'operator') return ['operator', by.access === 'change' ? 'admin' : 'read_only']
  return [by.kind]
}

/** One room's rules, written as sentences: permission → who may. What is not listed is denied; our own jobs may everything. `withoutPersonalData` are those that show and change
 * nothing of contacts: a member who is suspended, and a key that she made, keep them. */
export function definePolicy<const Permission extends string>(
  permissions: Readonly<Record<Permission, readonly Party[]>>,
  withoutPersonalData: readonly NoInfer<Permission>[] = [],
): Policy<Permission> {
  const decide = (by: Principal, permission: Permission): Decision => {
    if (by.kind === 'system') return { allowed: true }
    if (by.kind === 'member' && by.lacksSecondFactor) return { allowed: false, reason: 'second_factor' }
    if ((by.kind === 'member' || by.kind === 'api_key') && by.suspended && !withoutPersonalData.includes(permission))
      return { allowed: false, reason: 'suspended' }
    if (by.kind === 'api_key') return by.scopes.includes(permission) ? { allowed: true } : { allowed: false, reason: 'scope' }
    return partiesOf(by).some((party) => permissions[permission].includes(party)) ? { allowed: true } : { allowed: false, reason: 'role' }
  }
  return {
    permissions,
    decide,
    require(by, permission) {
      const decision = decide(by, permission)
      if (decision.allowed) return
      if (decision.reason === 'second_factor')
        throw new Refusal('accounts/second-factor-required', {
          detail:
            'This business asks for a second factor. Set up an authenticator app or a passkey in Settings, Signing in, or prove the one you have. Nothing was changed.',
        })
      if (decision.reason === 'suspended')
        throw new Refusal('privacy/training-overdue', {
          detail:
            by.kind === 'api_key'
              ? 'Whoever made this key has to confirm the rules for personal data first, in Settings, Team and terms. Nothing was changed.'
              : 'You see personal data again as soon as you have confirmed the rules, in Settings, Team and terms. Nothing was changed.',
        })
      if (decision.reason === 'scope')
        throw new Refusal('http/missing-scope', { detail: `This API key lacks the scope ${permission}.`, permission })
      throw new Refusal('http/not-allowed', {
        detail: `Your role does not include ${permission}. An owner or admin can change that.`,
        permission,
      })
    },
  }
}
