import { roles } from '@frontdesk/contract'
import { definePolicy, leads } from '../../platform/policy/index.ts'

const everybody = roles
const heads = ['owner', 'admin'] as const

/** Who may do what with the workspace, its members and its keys. */
export const accountsPolicy = definePolicy(
  {
    'workspace.read': everybody,
    'workspace.manage': leads,
    'workspace.close': ['owner'],
    'workspace.leave': everybody,
    'members.read': everybody,
    'members.manage': heads,
    'invitations.read': leads,
    'invitations.manage': leads,
    'api_keys.read': [...heads, 'auditor', 'privacy_officer'],
    'api_keys.manage': heads,
    'operator_grants.read': [...heads, 'auditor', 'privacy_officer'],
    'operator_grants.manage': ['owner'],
    'hours.read': everybody,
    'hours.manage': leads,
  },
  ['workspace.read', 'workspace.leave', 'hours.read'],
)

/** What no API key may ever do: acts that hand out access or end the workspace need a person who confirms that it is her. */
export const neverForKeys: ReadonlySet<string> = new Set([
  'workspace.close',
  'workspace.leave',
  'members.manage',
  'invitations.manage',
  'api_keys.manage',
  'operator_grants.manage',
])
