import type { Role } from '@frontdesk/contract'
import type { IconName } from '../../ui/icon.tsx'

/** The pages of the settings by name; it is also the last part of their addresses. */
export type SettingsPageKey =
  | 'account'
  | 'profile'
  | 'security'
  | 'sessions'
  | 'appearance'
  | 'business'
  | 'hours'
  | 'reminders'
  | 'website'
  | 'people'
  | 'fields'
  | 'team'
  | 'privacy'
  | 'keys'
  | 'webhooks'
  | 'operator'
  | 'server'
  | 'ownership'
  | 'closing'

/** Whose affair a page is: her own, the business's, or how the whole is run. */
export const pageGroups = ['you', 'business', 'running'] as const
export type PageGroup = (typeof pageGroups)[number]

/** One page of the settings, as the list shows it. */
export type SettingsPage = {
  /** Its word in the settings' catalog is `page/<key>`, the line below it `about/<key>`. */
  readonly key: SettingsPageKey
  readonly to: `/w/$workspace/settings/${Exclude<SettingsPageKey, 'privacy'>}` | '/w/$workspace/privacy'
  readonly group: PageGroup
  readonly icon: IconName
  /** Roles that get something out of it; left out: everybody. The server decides by itself what each may do. */
  readonly roles?: readonly Role[]
}

const heads = ['owner', 'admin'] as const satisfies readonly Role[]
const leads = [...heads, 'manager'] as const satisfies readonly Role[]

/** Every page there is, in the order of the list. */
export const settingsPages: readonly SettingsPage[] = [
  { key: 'account', to: '/w/$workspace/settings/account', group: 'you', icon: 'user' },
  { key: 'profile', to: '/w/$workspace/settings/profile', group: 'you', icon: 'edit' },
  { key: 'security', to: '/w/$workspace/settings/security', group: 'you', icon: 'lock' },
  { key: 'sessions', to: '/w/$workspace/settings/sessions', group: 'you', icon: 'device' },
  { key: 'appearance', to: '/w/$workspace/settings/appearance', group: 'you', icon: 'sun' },
  { key: 'business', to: '/w/$workspace/settings/business', group: 'business', icon: 'store', roles: leads },
  { key: 'hours', to: '/w/$workspace/settings/hours', group: 'business', icon: 'clock', roles: leads },
  {
    key: 'reminders',
    to: '/w/$workspace/settings/reminders',
    group: 'business',
    icon: 'bell',
    roles: [...leads, 'member', 'representative', 'support', 'auditor', 'read_only', 'privacy_officer'],
  },
  {
    key: 'website',
    to: '/w/$workspace/settings/website',
    group: 'business',
    icon: 'external',
    roles: [...leads, 'member', 'representative', 'support', 'auditor', 'read_only', 'privacy_officer'],
  },
  { key: 'people', to: '/w/$workspace/settings/people', group: 'business', icon: 'users' },
  { key: 'fields', to: '/w/$workspace/settings/fields', group: 'business', icon: 'tag' },
  { key: 'team', to: '/w/$workspace/settings/team', group: 'business', icon: 'file' },
  // A room of its own; whoever looks for it here finds the way.
  {
    key: 'privacy',
    to: '/w/$workspace/privacy',
    group: 'business',
    icon: 'shield',
    roles: [...leads, 'member', 'representative', 'support', 'auditor', 'read_only', 'privacy_officer'],
  },
  { key: 'keys', to: '/w/$workspace/settings/keys', group: 'running', icon: 'key', roles: [...heads, 'auditor', 'privacy_officer'] },
  {
    key: 'webhooks',
    to: '/w/$workspace/settings/webhooks',
    group: 'running',
    icon: 'send',
    roles: [...heads, 'auditor', 'privacy_officer'],
  },
  {
    key: 'operator',
    to: '/w/$workspace/settings/operator',
    group: 'running',
    icon: 'hand',
    roles: [...heads, 'auditor', 'privacy_officer'],
  },
  { key: 'server', to: '/w/$workspace/settings/server', group: 'running', icon: 'device', roles: [...leads, 'support', 'auditor'] },
  {
    key: 'ownership',
    to: '/w/$workspace/settings/ownership',
    group: 'running',
    icon: 'transfer',
    roles: [...heads, 'auditor', 'privacy_officer'],
  },
  { key: 'closing', to: '/w/$workspace/settings/closing', group: 'running', icon: 'archive', roles: ['owner'] },
]

/** Whether a page is for this role. */
export const isFor = (page: SettingsPage, role: Role): boolean => page.roles?.includes(role) ?? true
