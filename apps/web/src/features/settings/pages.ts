import type { Role } from '@frontdesk/contract'
import type { IconName } from '../../ui/icon.tsx'

/** The pages of the settings by name; it is also the last part of their addresses. */
export type SettingsPageKey =
  | 'profile'
  | 'security'
  | 'sessions'
  | 'appearance'
  | 'business'
  | 'hours'
  | 'people'
  | 'requests'
  | 'privacy'
  | 'contact-rules'
  | 'consents'
  | 'retention'
  | 'cookies'
  | 'erasures'
  | 'policies'
  | 'privacy-settings'
  | 'sensitive'
  | 'audit'
  | 'records'
  | 'keys'
  | 'operator'
  | 'server'
  | 'closing'

/** Whose affair a page is: her own, the business's, the people's whom it knows, or how the whole is run. */
export const pageGroups = ['you', 'business', 'privacy', 'running'] as const
export type PageGroup = (typeof pageGroups)[number]

/** One page of the settings, as the list shows it. */
export type SettingsPage = {
  /** Its word in the settings' catalog is `page/<key>`, the line below it `about/<key>`. */
  readonly key: SettingsPageKey
  readonly to: `/w/$workspace/settings/${SettingsPageKey}`
  readonly group: PageGroup
  readonly icon: IconName
  /** Roles that get something out of it; left out: everybody. The server decides by itself what each may do. */
  readonly roles?: readonly Role[]
}

const heads = ['owner', 'admin'] as const satisfies readonly Role[]
const leads = [...heads, 'manager'] as const satisfies readonly Role[]

/** Every page there is, in the order of the list. */
export const settingsPages: readonly SettingsPage[] = [
  { key: 'profile', to: '/w/$workspace/settings/profile', group: 'you', icon: 'user' },
  { key: 'security', to: '/w/$workspace/settings/security', group: 'you', icon: 'lock' },
  { key: 'sessions', to: '/w/$workspace/settings/sessions', group: 'you', icon: 'device' },
  { key: 'appearance', to: '/w/$workspace/settings/appearance', group: 'you', icon: 'sun' },
  { key: 'business', to: '/w/$workspace/settings/business', group: 'business', icon: 'store', roles: leads },
  { key: 'hours', to: '/w/$workspace/settings/hours', group: 'business', icon: 'clock', roles: leads },
  { key: 'people', to: '/w/$workspace/settings/people', group: 'business', icon: 'users' },
  {
    key: 'requests',
    to: '/w/$workspace/settings/requests',
    group: 'privacy',
    icon: 'inbox',
    roles: [...leads, 'member', 'representative', 'privacy_officer', 'auditor'],
  },
  {
    key: 'privacy',
    to: '/w/$workspace/settings/privacy',
    group: 'privacy',
    icon: 'ban',
    roles: [...leads, 'privacy_officer', 'auditor', 'support'],
  },
  { key: 'contact-rules', to: '/w/$workspace/settings/contact-rules', group: 'privacy', icon: 'shield' },
  { key: 'consents', to: '/w/$workspace/settings/consents', group: 'privacy', icon: 'check' },
  {
    key: 'cookies',
    to: '/w/$workspace/settings/cookies',
    group: 'privacy',
    icon: 'eye',
    roles: [...leads, 'privacy_officer', 'auditor'],
  },
  {
    key: 'retention',
    to: '/w/$workspace/settings/retention',
    group: 'privacy',
    icon: 'archive',
    roles: [...leads, 'privacy_officer', 'auditor'],
  },
  {
    key: 'erasures',
    to: '/w/$workspace/settings/erasures',
    group: 'privacy',
    icon: 'trash',
    roles: [...heads, 'privacy_officer', 'auditor'],
  },
  { key: 'sensitive', to: '/w/$workspace/settings/sensitive', group: 'privacy', icon: 'lock' },
  {
    key: 'records',
    to: '/w/$workspace/settings/records',
    group: 'privacy',
    icon: 'file',
    roles: [...heads, 'privacy_officer', 'auditor'],
  },
  {
    key: 'audit',
    to: '/w/$workspace/settings/audit',
    group: 'privacy',
    icon: 'eye',
    roles: [...heads, 'privacy_officer', 'auditor'],
  },
  {
    key: 'policies',
    to: '/w/$workspace/settings/policies',
    group: 'privacy',
    icon: 'globe',
    roles: [...leads, 'privacy_officer', 'auditor'],
  },
  {
    key: 'privacy-settings',
    to: '/w/$workspace/settings/privacy-settings',
    group: 'privacy',
    icon: 'settings',
    roles: [...leads, 'privacy_officer', 'auditor'],
  },
  { key: 'keys', to: '/w/$workspace/settings/keys', group: 'running', icon: 'key', roles: [...heads, 'auditor', 'privacy_officer'] },
  {
    key: 'operator',
    to: '/w/$workspace/settings/operator',
    group: 'running',
    icon: 'shield',
    roles: [...heads, 'auditor', 'privacy_officer'],
  },
  { key: 'server', to: '/w/$workspace/settings/server', group: 'running', icon: 'device', roles: [...leads, 'support', 'auditor'] },
  { key: 'closing', to: '/w/$workspace/settings/closing', group: 'running', icon: 'archive', roles: ['owner'] },
]

/** Whether a page is for this role. */
export const isFor = (page: SettingsPage, role: Role): boolean => page.roles?.includes(role) ?? true
