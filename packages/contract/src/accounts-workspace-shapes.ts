/** Workspaces, members, keys and hours as the API shows them. */
import { z } from 'zod'
import { BrandColour, Country, JoinAsks, RoleName } from './accounts-shapes.ts'
import { idOf } from './ids.ts'
import { Currency, EmailAddress, Instant, Line, Locale, PhoneInput, PlainDate, Slug, Text, WallTime, Zone } from './values.ts'

const memberId = idOf('member')
const workspaceId = idOf('workspace')

/** What a logo may be. An SVG can hold scripts and links to other places, so it is not taken. */
export const logoRule = {
  purpose: 'picture',
  types: ['image/png', 'image/jpeg', 'image/webp'],
  maxBytes: 2_000_000,
} as const

/** A workspace: the business and how it appears to customers. */
export const Workspace = z
  .object({
    id: workspaceId,
    name: z.string(),
    /** Part of its public addresses; an earlier one keeps leading here. */
    slug: z.string(),
    zone: z.string(),
    locale: z.string(),
    currency: z.string(),
    country: z.string().nullable(),
    industry: z.string().nullable(),
    brandColour: z.string(),
    /** The picture at `/b/{slug}/logo/{logoFileId}`. */
    logoFileId: idOf('file').nullable(),
    address: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    website: z.string().nullable(),
    test: z.boolean(),
    closesAt: Instant.nullable(),
    /** It is closed until its data have had their time, and not to be deleted soon. */
    rests: z.boolean(),
    createdAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'Workspace' })

export const NewWorkspace = z.strictObject({
  name: Line(120),
  zone: Zone,
  locale: Locale,
  currency: Currency,
  country: Country.optional(),
  industry: Line(120).optional(),
})

export const WorkspaceChange = z.strictObject({
  name: Line(120).optional(),
  slug: Slug.optional(),
  zone: Zone.optional(),
  locale: Locale.optional(),
  currency: Currency.optional(),
  country: Country.nullable().optional(),
  industry: Line(120).nullable().optional(),
  brandColour: BrandColour.optional(),
  /** `null` takes the logo away; the id of the one before brings it back, for a day. A new one is uploaded. */
  logoFileId: idOf('file').nullable().optional(),
  address: Text(500).nullable().optional(),
  phone: PhoneInput.nullable().optional(),
  email: EmailAddress.nullable().optional(),
  website: z.httpUrl('Write the address like https://example.com.').max(300).nullable().optional(),
})

/** What the workspace asks of its members' sessions. */
const SessionIdleMinutes = z.int().min(5).max(20_160)
const SessionHours = z.int().min(1).max(2_160)
export const AccessRules = z
  .object({
    /** Members come in with a second factor only: a code, or a passkey. */
    secondFactorRequired: z.boolean(),
    /** A session ends when it was not used for so many minutes; null: 14 days. */
    sessionIdleMinutes: z.int().nullable(),
    /** A session ends so many hours after signing in; null: 90 days. */
    sessionHours: z.int().nullable(),
    /** Who has neither codes nor a passkey yet. */
    withoutSecondFactor: z.array(z.object({ memberId, name: z.string() })),
    version: z.int(),
  })
  .meta({ id: 'AccessRules' })
export type AccessRules = z.output<typeof AccessRules>

export const AccessRulesBody = z.strictObject({
  secondFactorRequired: z.boolean(),
  sessionIdleMinutes: SessionIdleMinutes.nullable(),
  sessionHours: SessionHours.nullable(),
})
export type AccessRulesBody = z.output<typeof AccessRulesBody>

/** Who works in the workspace. */
export const Member = z
  .object({
    id: memberId,
    name: z.string(),
    email: z.string(),
    role: RoleName,
    /** Whether this is the one who asks. */
    you: z.boolean(),
    joinedAt: Instant,
    /** When the access ends by itself, as it does for auditors. */
    expiresAt: Instant.nullable(),
    lastSeenAt: Instant.nullable(),
    /** Since when her access rests, and by whom: herself, the workspace, or because she closes her account. */
    deactivated: z.object({ at: Instant, by: z.enum(['self', 'workspace', 'closing']) }).nullable(),
    version: z.int(),
  })
  .meta({ id: 'Member' })

/** That somebody who deactivated her account asked to come back: how, on which day, and what shows it. */
export const MemberReturn = z
  .strictObject({
    askedHow: z.enum(['mail', 'letter', 'phone', 'in_person']),
    askedOn: PlainDate,
    proof: Line(500),
  })
  .meta({ id: 'MemberReturn', examples: [{ askedHow: 'mail', askedOn: '2026-11-23', proof: 'Her mail of 23 November to the owner' }] })
export type MemberReturn = z.output<typeof MemberReturn>

export const Invitation = z
  .object({
    id: idOf('invitation'),
    email: z.string().nullable(),
    role: RoleName,
    invitedBy: z.string().nullable(),
    createdAt: Instant,
    expiresAt: Instant,
    state: z.enum(['open', 'accepted', 'revoked', 'expired']),
  })
  .meta({ id: 'Invitation' })

/** An invitation as the invited person sees it. */
export const InvitationPage = z
  .object({
    workspaceName: z.string(),
    brandColour: z.string(),
    role: RoleName,
    invitedBy: z.string().nullable(),
    email: z.string().nullable(),
    expiresAt: Instant,
    asks: JoinAsks,
  })
  .meta({ id: 'InvitationPage' })

/** What somebody outside uses a key for. */
export const KeyPurpose = z.enum(['service', 'advice', 'accounting']).meta({ id: 'KeyPurpose' })
export type KeyPurpose = z.output<typeof KeyPurpose>

export const ApiKey = z
  .object({
    id: idOf('api_key'),
    name: z.string(),
    /** The first characters of the key, to tell keys apart. */
    start: z.string(),
    test: z.boolean(),
    scopes: z.array(z.string()),
    /** Whose program uses it; null: the business's own. */
    recipient: z.object({ name: z.string(), purpose: KeyPurpose }).nullable(),
    createdBy: z.string().nullable(),
    createdAt: Instant,
    expiresAt: Instant.nullable(),
    lastUsedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: 'ApiKey' })

/** A permission an API key can carry, and whether the one who asks may give it. */
export const Scope = z.object({ name: z.string(), mayGive: z.boolean() }).meta({ id: 'Scope' })

/** Leave of the workspace for the operator of the server to look inside, for a while. */
export const OperatorGrant = z
  .object({
    id: z.uuid(),
    reason: z.string(),
    access: z.enum(['read', 'change']),
    createdBy: z.string().nullable(),
    createdAt: Instant,
    expiresAt: Instant,
    firstUsedAt: Instant.nullable(),
    lastUsedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: 'OperatorGrant' })

/** From one wall time to another; an end before its beginning lies on the next day, as in 22:00 to 02:00. */
const notEmpty = [
  ({ from, to }: { from: string; to: string }) => from !== to && from !== '24:00',
  'The end must differ from the beginning.',
] as const
export const HoursBlock = z.strictObject({ from: WallTime, to: WallTime }).refine(...notEmpty)

/** Public holidays of a country on which the business is closed, unless an exception says otherwise. */
export const HolidaySet = z.enum(['us', 'ca', 'mx', 'gb', 'ie', 'fr', 'es'])
export type HolidaySetName = z.infer<typeof HolidaySet>

/** When the business is open: the week, and the days that differ. Weekday 1 is Monday (ISO 8601). */
export const OpeningHoursInput = z.strictObject({
  weekly: z.array(z.strictObject({ weekday: z.int().min(1).max(7), from: WallTime, to: WallTime }).refine(...notEmpty)).max(70),
  exceptions: z
    .array(z.strictObject({ date: PlainDate, closed: z.boolean(), blocks: z.array(HoursBlock).max(10), label: Line(80).optional() }))
    .max(400),
  holidaySet: HolidaySet.nullable().default(null),
})

export const OpeningHours = z
  .object({
    zone: z.string(),
    weekly: z.array(z.object({ weekday: z.int(), from: z.string(), to: z.string() })),
    exceptions: z.array(
      z.object({
        date: z.string(),
        closed: z.boolean(),
        blocks: z.array(z.object({ from: z.string(), to: z.string() })),
        label: z.string().nullable(),
      }),
    ),
    holidaySet: HolidaySet.nullable(),
    /** The days the holiday set closes in the next 13 months. */
    holidays: z.array(z.object({ date: z.string(), label: z.string() })),
    version: z.int(),
  })
  .meta({ id: 'OpeningHours' })
