import type { ComingRoom, PrivacySettingGroup, PrivacySettingKey, PrivacySettings } from '@frontdesk/contract'
import type { z } from 'zod'

/** Where a setting or a guard comes from in law. Facts with a date; ask counsel before leaning on one. */
export type LawFacts = { readonly name: string; readonly source: string; readonly asOf: string }

/** One setting: what it can be, what it is until somebody changes it, and who heeds it. */
export type SettingFacts<Key extends PrivacySettingKey = PrivacySettingKey> = {
  readonly group: z.infer<typeof PrivacySettingGroup>
  /** Every value, the default first; empty where it is a list of countries. */
  readonly values: readonly Exclude<PrivacySettings[Key], readonly unknown[]>[]
  readonly default: PrivacySettings[Key]
  /** From the value that protects most to the one that protects least; empty where none is stricter than another. */
  readonly strictness: readonly Exclude<PrivacySettings[Key], readonly unknown[]>[]
  /** The room that will heed it; null: it is heeded now. */
  readonly waitsFor: z.infer<typeof ComingRoom> | null
  readonly law: LawFacts | null
}

const here = { waitsFor: null, law: null } as const

/** The registry: in the order of the screen. A default is the strictest value that does not stand in the way of serving one's own customers. */
export const privacySettings: { readonly [Key in PrivacySettingKey]: SettingFacts<Key> } = {
  'age.min': {
    ...here,
    group: 'people',
    values: [18, 16, 13],
    default: 18,
    strictness: [18, 16, 13],
    law: { name: 'COPPA, children under 13', source: '15 USC 6501–6506; 16 CFR 312', asOf: '2025-06-23' },
  },
  'age.scope': {
    ...here,
    group: 'people',
    values: ['signup+booking', 'site', 'voice'],
    default: 'signup+booking',
    strictness: ['site', 'signup+booking', 'voice'],
  },
  'age.guardian': {
    ...here,
    group: 'people',
    values: ['none', 'allowed'],
    default: 'none',
    strictness: ['none', 'allowed'],
  },
  'geo.mode': {
    ...here,
    group: 'places',
    values: ['US_CA_only', 'open', 'custom_list'],
    default: 'US_CA_only',
    strictness: ['US_CA_only', 'custom_list', 'open'],
  },
  'geo.signup_allow': { ...here, group: 'places', values: [], default: ['US', 'CA'], strictness: [] },
  'geo.contact_screening': {
    ...here,
    group: 'places',
    values: ['off', 'quarantine', 'reject'],
    default: 'off',
    strictness: ['reject', 'quarantine', 'off'],
  },
  'geo.region': { ...here, group: 'places', values: ['US', 'CA', 'EU', 'GB', 'other'], default: 'US', strictness: [] },
  'transfer.consent_required': {
    ...here,
    group: 'places',
    values: [false, true],
    default: false,
    strictness: [true, false],
    law: { name: 'GDPR, transfers to third countries', source: 'Regulation (EU) 2016/679, Art. 44–49', asOf: '2016-05-04' },
  },
  'signals.gpc': {
    ...here,
    group: 'signals',
    values: ['honor', 'ignore'],
    default: 'honor',
    strictness: ['honor', 'ignore'],
    law: { name: 'CCPA, opt-out preference signals', source: 'Cal. Civ. Code 1798.135; 11 CCR 7025', asOf: '2023-03-29' },
  },
  'signals.dnt': {
    ...here,
    group: 'signals',
    values: ['ignore', 'honor'],
    default: 'ignore',
    strictness: ['honor', 'ignore'],
    law: { name: 'CalOPPA, saying how Do Not Track is answered', source: 'Cal. Bus. & Prof. Code 22575(b)(5)', asOf: '2014-01-01' },
  },
  'sharing.third_party_marketing': {
    ...here,
    group: 'sharing',
    values: ['off', 'opt_in', 'opt_out'],
    default: 'off',
    strictness: ['off', 'opt_in', 'opt_out'],
  },
  'sharing.profiles': {
    group: 'sharing',
    values: ['off', 'opt_in'],
    default: 'off',
    strictness: ['off', 'opt_in'],
    waitsFor: 'outreach',
    law: null,
  },
  public_areas: { group: 'sharing', values: ['off', 'on'], default: 'off', strictness: ['off', 'on'], waitsFor: 'community', law: null },
  'affiliate.referral_access': {
    group: 'sharing',
    values: ['off', 'on'],
    default: 'off',
    strictness: ['off', 'on'],
    waitsFor: 'leads',
    law: null,
  },
  'telecom.webhooks': {
    group: 'sharing',
    values: ['off', 'own_systems'],
    default: 'off',
    strictness: ['off', 'own_systems'],
    waitsFor: 'calls',
    law: null,
  },
  'tax_id.collect': {
    ...here,
    group: 'sharing',
    values: ['off', 'on_when_required'],
    default: 'off',
    strictness: ['off', 'on_when_required'],
  },
  'optout.scope': {
    group: 'contact',
    values: ['all', 'message_type'],
    default: 'all',
    strictness: ['all', 'message_type'],
    waitsFor: 'outreach',
    law: { name: 'TCPA, revocation of consent', source: '47 CFR 64.1200(a)(10)', asOf: '2025-04-11' },
  },
  'service_msgs.optout': {
    group: 'contact',
    values: ['no', 'on_deactivation_only'],
    default: 'no',
    strictness: [],
    waitsFor: 'outreach',
    law: null,
  },
  'email.open_tracking': {
    group: 'contact',
    values: ['off', 'aggregate', 'individual'],
    default: 'off',
    strictness: ['off', 'aggregate', 'individual'],
    waitsFor: 'outreach',
    law: null,
  },
  'dialer.inbound_dnc_exemption': {
    group: 'contact',
    values: ['off', '90d'],
    default: 'off',
    strictness: ['off', '90d'],
    waitsFor: 'dialer',
    law: { name: 'TSR and TCPA, inquiries', source: '47 CFR 64.1200(f)(5); 16 CFR 310.2(q)', asOf: '2024-10-15' },
  },
  'voice.enabled': {
    group: 'contact',
    values: ['off', 'on'],
    default: 'off',
    strictness: ['off', 'on'],
    waitsFor: 'assistants',
    law: null,
  },
  'rights.extend_to_all': {
    ...here,
    group: 'rights',
    values: [true, 'by_location'],
    default: true,
    strictness: [true, 'by_location'],
  },
  'client.removal_default': {
    ...here,
    group: 'rights',
    values: ['ask', 'delete', 'anonymize'],
    default: 'ask',
    strictness: ['delete', 'anonymize', 'ask'],
  },
  'legal.notify_subject': {
    ...here,
    group: 'rights',
    values: ['when_permitted', 'never'],
    default: 'when_permitted',
    strictness: ['when_permitted', 'never'],
  },
  'policy.notice': {
    ...here,
    group: 'policies',
    values: ['email+banner', 'banner', 'post_only'],
    default: 'email+banner',
    strictness: ['email+banner', 'banner', 'post_only'],
  },
  'policy.new_use': {
    ...here,
    group: 'policies',
    values: ['opt_in', 'opt_out'],
    default: 'opt_in',
    strictness: ['opt_in', 'opt_out'],
    law: { name: 'GDPR, further processing and consent', source: 'Regulation (EU) 2016/679, Art. 6(4) and 7', asOf: '2016-05-04' },
  },
}

/** Every key, in the order of the screen. */
export const settingKeys = Object.keys(privacySettings) as readonly PrivacySettingKey[]

/** What nobody can switch off, whatever the settings say; the first seven are those of the design, the others promises of the sources. */
export const privacyGuards: readonly { readonly key: string; readonly law: LawFacts | null }[] = [
  { key: 'suppression', law: { name: 'TCPA, do-not-call requests', source: '47 CFR 64.1200(d)', asOf: '2025-04-11' } },
  { key: 'voice_consent_proof', law: null },
  { key: 'password.hashing', law: null },
  { key: 'password.hints', law: { name: 'Digital identity guidelines', source: 'NIST SP 800-63B-4', asOf: '2025-08-01' } },
  { key: 'workspace_isolation', law: null },
  { key: 'audit_chain', law: null },
  { key: 'no_card_numbers', law: { name: 'Card data', source: 'PCI DSS 4.0.1, requirement 3', asOf: '2024-06-01' } },
  {
    key: 'gpc_where_mandated',
    law: {
      name: 'State privacy laws, universal opt-out',
      source: 'Cal. Civ. Code 1798.135; Colo. Rev. Stat. 6-1-1313; and others',
      asOf: '2025-01-01',
    },
  },
  { key: 'complaint_clocks', law: null },
  { key: 'appeal', law: null },
]

/** Everything at its default. */
export const defaultPrivacySettings = Object.fromEntries(
  Object.entries(privacySettings).map(([key, facts]) => [key, facts.default]),
) as unknown as PrivacySettings
