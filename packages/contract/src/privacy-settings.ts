import { z } from 'zod'
import { routes } from './routes.ts'
import { Instant, PlainDate } from './values.ts'

/** Countries by their ISO 3166-1 code, each once. */
const Countries = z
  .array(z.string().regex(/^[A-Z]{2}$/, 'Write the country like US.'))
  .min(1, 'Name at least one country.')
  .max(250)
  .refine((codes) => new Set(codes).size === codes.length, 'Name each country once.')

/** How a workspace settles what its sources leave open: every setting with the values it can have, the default first. */
export const PrivacySettings = z
  .strictObject({
    'age.min': z.literal([18, 16, 13]),
    'age.scope': z.literal(['signup+booking', 'site', 'voice']),
    'age.guardian': z.literal(['none', 'allowed']),
    'geo.mode': z.literal(['US_CA_only', 'open', 'custom_list']),
    'geo.signup_allow': Countries,
    'geo.contact_screening': z.literal(['off', 'quarantine', 'reject']),
    'geo.region': z.literal(['US', 'CA', 'EU', 'GB', 'other']),
    'transfer.consent_required': z.literal([false, true]),
    'signals.gpc': z.literal(['honor', 'ignore']),
    'signals.dnt': z.literal(['ignore', 'honor']),
    'sharing.third_party_marketing': z.literal(['off', 'opt_in', 'opt_out']),
    'sharing.profiles': z.literal(['off', 'opt_in']),
    public_areas: z.literal(['off', 'on']),
    'affiliate.referral_access': z.literal(['off', 'on']),
    'email.open_tracking': z.literal(['off', 'aggregate', 'individual']),
    'dialer.inbound_dnc_exemption': z.literal(['off', '90d']),
    'optout.scope': z.literal(['all', 'message_type']),
    'tax_id.collect': z.literal(['off', 'on_when_required']),
    'voice.enabled': z.literal(['off', 'on']),
    'policy.notice': z.literal(['email+banner', 'banner', 'post_only']),
    'policy.new_use': z.literal(['opt_in', 'opt_out']),
    'legal.notify_subject': z.literal(['when_permitted', 'never']),
    'rights.extend_to_all': z.literal([true, 'by_location']),
    'service_msgs.optout': z.literal(['no', 'on_deactivation_only']),
    'client.removal_default': z.literal(['ask', 'delete', 'anonymize']),
    'telecom.webhooks': z.literal(['off', 'own_systems']),
  })
  .meta({ id: 'PrivacySettings' })
export type PrivacySettings = Readonly<z.output<typeof PrivacySettings>>
export type PrivacySettingKey = keyof PrivacySettings

/** What belongs together on the screen. */
export const PrivacySettingGroup = z
  .enum(['people', 'places', 'signals', 'sharing', 'contact', 'rights', 'policies'])
  .meta({ id: 'PrivacySettingGroup' })

/** A room that does not exist yet; a setting that waits for it stands at its default. */
export const ComingRoom = z.enum(['leads', 'calls', 'dialer', 'assistants', 'outreach', 'billing', 'community']).meta({ id: 'ComingRoom' })

const Law = z.object({ name: z.string(), source: z.string(), asOf: PlainDate })

/** One setting as the screen shows it. */
export const PrivacySettingState = z
  .object({
    key: PrivacySettings.keyof(),
    group: PrivacySettingGroup,
    value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
    /** Every value it can have, the default first; empty where it is a list of countries. */
    values: z.array(z.union([z.string(), z.number(), z.boolean()])),
    default: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
    /** The value that protects most; null where none is stricter than the others. */
    strictest: z.union([z.string(), z.number(), z.boolean()]).nullable(),
    /** The room that will heed it; null: it is heeded now. */
    waitsFor: ComingRoom.nullable(),
    law: Law.nullable(),
  })
  .meta({ id: 'PrivacySettingState' })

/** What nobody can switch off. */
export const PrivacyGuard = z.object({ key: z.string(), law: Law.nullable() }).meta({ id: 'PrivacyGuard' })

/** All settings, and the guards beside them. */
export const PrivacySettingsState = z
  .object({
    version: z.int(),
    changedAt: Instant.nullable(),
    settings: z.array(PrivacySettingState),
    guards: z.array(PrivacyGuard),
  })
  .meta({ id: 'PrivacySettingsState' })
export type PrivacySettingsState = z.output<typeof PrivacySettingsState>

export const privacySettingsRoutes = routes({
  'GET /privacy-settings': {
    summary: 'How this business settles privacy, and what nobody can switch off',
    access: 'member',
    answer: PrivacySettingsState,
  },
  'PATCH /privacy-settings': {
    summary: 'Change privacy settings',
    description:
      'Only what differs. What waits for a room that does not exist yet stays at its default. Policy pages follow with their next published version.',
    access: 'member',
    body: PrivacySettings.partial(),
    ifMatch: true,
    answer: PrivacySettingsState,
    refusals: ['privacy/setting-waits', 'http/version-mismatch'],
  },
})
