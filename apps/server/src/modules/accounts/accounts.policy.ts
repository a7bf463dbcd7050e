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
    'news.read': everybody,
    'news.choose': everybody,
    'members.read': everybody,
    'members.manage': heads,
    'members.bring_back': ['owner'],
    'invitations.read': leads,
    'invitations.manage': leads,
    'api_keys.read': [...heads, 'auditor', 'privacy_officer'],
    'api_keys.manage': heads,
    'operator_grants.read': [...heads, 'auditor', 'privacy_officer'],
    'operator_grants.manage': ['owner'],
    'access_rules.read': [...heads, 'auditor', 'privacy_officer'],
    'access_rules.manage': heads,
    'hours.read': everybody,
    'hours.manage': leads,
  },
  ['workspace.read', 'workspace.leave', 'news.read', 'news.choose', 'hours.read'],
)

/** What no API key may ever do: acts that hand out access or end the workspace need a person who confirms that it is her. */
export const neverForKeys: ReadonlySet<string> = new Set([
  'workspace.close',
  'workspace.leave',
  'news.read',
  'news.choose',
  'members.manage',
  'members.bring_back',
  'invitations.manage',
  'api_keys.manage',
  'operator_grants.manage',
  'access_rules.manage',
  'webhooks.secrets',
  'calendar_feeds.manage',
])
