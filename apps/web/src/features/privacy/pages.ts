import type { Role } from '@frontdesk/contract'
import type { IconName } from '../../ui/icon.tsx'

/** The pages of the privacy room by name; it is also the last part of their addresses. */
export type PrivacyPageKey =
  | 'requests'
  | 'erasures'
  | 'may-contact'
  | 'consents'
  | 'do-not-contact'
  | 'contact-rules'
  | 'policies'
  | 'cookies'
  | 'choices'
  | 'incidents'
  | 'recipients'
  | 'processing'
  | 'disclosures'
  | 'legal-requests'
  | 'audit'
  | 'retention'
  | 'holds'
  | 'sensitive'

/** What people may ask for, what we may do, what we say, what is written down, and how long it stays. */
export const privacyGroups = ['rights', 'permission', 'promise', 'records', 'keeping'] as const
export type PrivacyGroup = (typeof privacyGroups)[number]

/** One page of the room, as its list shows it. */
export type PrivacyPage = {
  /** Its word in the room's catalog is `page/<key>`, the line below it `about/<key>`. */
  readonly key: PrivacyPageKey
  readonly to: `/w/$workspace/privacy/${PrivacyPageKey}`
  readonly group: PrivacyGroup
  readonly icon: IconName
  /** Roles that get something out of it; left out: everybody who sees the room. The server decides by itself what each may do. */
  readonly roles?: readonly Role[]
}

const heads = ['owner', 'admin', 'privacy_officer', 'auditor'] as const satisfies readonly Role[]
const leads = [...heads, 'manager'] as const satisfies readonly Role[]

/** Every page there is, in the order of the list. */
export const privacyPages: readonly PrivacyPage[] = [
  {
    key: 'requests',
    to: '/w/$workspace/privacy/requests',
    group: 'rights',
    icon: 'inbox',
    roles: [...leads, 'member', 'representative'],
  },
  { key: 'erasures', to: '/w/$workspace/privacy/erasures', group: 'rights', icon: 'trash', roles: heads },
  { key: 'may-contact', to: '/w/$workspace/privacy/may-contact', group: 'permission', icon: 'shield' },
  { key: 'consents', to: '/w/$workspace/privacy/consents', group: 'permission', icon: 'check' },
  {
    key: 'do-not-contact',
    to: '/w/$workspace/privacy/do-not-contact',
    group: 'permission',
    icon: 'ban',
    roles: [...leads, 'support'],
  },
  { key: 'contact-rules', to: '/w/$workspace/privacy/contact-rules', group: 'permission', icon: 'clock' },
  { key: 'policies', to: '/w/$workspace/privacy/policies', group: 'promise', icon: 'globe', roles: leads },
  { key: 'cookies', to: '/w/$workspace/privacy/cookies', group: 'promise', icon: 'eye', roles: leads },
  { key: 'choices', to: '/w/$workspace/privacy/choices', group: 'promise', icon: 'settings', roles: leads },
  { key: 'incidents', to: '/w/$workspace/privacy/incidents', group: 'records', icon: 'flag', roles: heads },
  { key: 'recipients', to: '/w/$workspace/privacy/recipients', group: 'records', icon: 'share', roles: heads },
  { key: 'processing', to: '/w/$workspace/privacy/processing', group: 'records', icon: 'text', roles: heads },
  { key: 'disclosures', to: '/w/$workspace/privacy/disclosures', group: 'records', icon: 'outbox', roles: heads },
  {
    key: 'legal-requests',
    to: '/w/$workspace/privacy/legal-requests',
    group: 'records',
    icon: 'building',
    roles: ['owner', 'privacy_officer', 'auditor'],
  },
  { key: 'audit', to: '/w/$workspace/privacy/audit', group: 'records', icon: 'file', roles: heads },
  { key: 'retention', to: '/w/$workspace/privacy/retention', group: 'keeping', icon: 'archive', roles: leads },
  {
    key: 'holds',
    to: '/w/$workspace/privacy/holds',
    group: 'keeping',
    icon: 'pause',
    roles: ['owner', 'privacy_officer', 'auditor'],
  },
  { key: 'sensitive', to: '/w/$workspace/privacy/sensitive', group: 'keeping', icon: 'lock' },
]

/** Whether a page is for this role. */
export const isFor = (page: PrivacyPage, role: Role): boolean => page.roles?.includes(role) ?? true

/** Whether somebody sees the room at all. */
export const seesPrivacy = (role: Role): boolean => role !== 'billing'
