/** People and how they sign in, as the API shows them. */
import { z } from 'zod'
import { idOf } from './ids.ts'
import { roles } from './principal.ts'
import { Currency, EmailAddress, Instant, Line, Locale, PhoneInput, Zone } from './values.ts'

const userId = idOf('user')
const memberId = idOf('member')
const workspaceId = idOf('workspace')
const sessionId = idOf('session')

/** A password as typed. Whether it is good enough is said by `accounts/password-too-weak`, with its `objections`. */
export const PasswordInput = z.string().min(1, 'Please fill this in.').max(2048, 'At most 1024 characters.')

/** A secret out of a link. */
export const LinkToken = z
  .string()
  .min(16)
  .max(200)
  .regex(/^[\w-]+$/, 'This link is not complete.')

/** ISO 3166-1 alpha-2. */
export const Country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'Write the country like US.')
  .meta({ id: 'Country' })

/** `#rrggbb`. */
export const BrandColour = z.string().regex(/^#[0-9a-f]{6}$/i, 'Write the colour like #1a6b5a.')

export const RoleName = z.enum(roles).meta({ id: 'Role' })

/** Ways to sign in with another service, when the operator set them up. They begin at `/auth/{provider}`. */
export const Provider = z.enum(['google', 'facebook']).meta({ id: 'Provider' })

/** How people get an account on this server: `closed` nobody new, `invitation` by a link of a workspace, `open` anybody. */
export const SignUpPolicy = z
  .object({
    policy: z.enum(['closed', 'invitation', 'open']),
    providers: z.array(Provider),
    /** Shortest password that is accepted without a second factor. */
    passwordLeast: z.int(),
    /** Countries whose people may open an account themselves; null: all. */
    countries: z.array(Country).nullable(),
    /** What is accepted with a new account, and where it is read. */
    accepts: z.array(z.object({ document: z.enum(['terms', 'privacy']), path: z.string() })),
  })
  .meta({ id: 'SignUpPolicy' })

export const NewOwner = z.strictObject({
  name: Line(120),
  email: EmailAddress,
  password: PasswordInput,
  businessName: Line(120),
  zone: Zone,
  locale: Locale,
  currency: Currency,
  country: Country.optional(),
  ageConfirmed: z.boolean().optional(),
})

export const NewAccount = z.strictObject({
  name: Line(120),
  email: EmailAddress,
  password: PasswordInput,
  phone: PhoneInput.optional(),
  company: Line(120).optional(),
  industry: Line(120).optional(),
  locale: Locale.optional(),
  zone: Zone.optional(),
  ageConfirmed: z.boolean().optional(),
})

/** Somebody who asks for an account herself: the answers to two questions, of which neither is kept. */
export const SignUpBody = NewAccount.omit({ ageConfirmed: true }).extend({ age: z.int().min(0).max(150), country: Country })

/** Somebody new who came from a provider, as it knows her. */
export const Newcomer = z.object({ provider: z.enum(['google', 'facebook']), name: z.string(), email: z.string() }).meta({ id: 'Newcomer' })

/** What she is asked before there is an account. */
export const NewcomerBody = SignUpBody.pick({ age: true, country: true, locale: true, zone: true })

/** One workspace as its member sees it in the switcher. `test` marks the one that test keys work in. */
export const WorkspaceSummary = z
  .object({
    id: workspaceId,
    name: z.string(),
    slug: z.string(),
    /** Its earlier addresses, which lead on to this one. */
    formerSlugs: z.array(z.string()),
    role: RoleName,
    memberId,
    test: z.boolean(),
    brandColour: z.string(),
    /** The picture at `/b/{slug}/logo/{logoFileId}`. */
    logoFileId: idOf('file').nullable(),
    locale: z.string(),
    zone: z.string(),
    currency: z.string(),
    /** Set while it is being closed: it is deleted at this moment unless an owner reopens it. */
    closesAt: Instant.nullable(),
  })
  .meta({ id: 'WorkspaceSummary' })

export const Profile = z
  .object({
    id: userId,
    name: z.string(),
    email: z.string(),
    emailVerified: z.boolean(),
    phone: z.string().nullable(),
    company: z.string().nullable(),
    industry: z.string().nullable(),
    locale: z.string().nullable(),
    zone: z.string().nullable(),
    closesAt: Instant.nullable(),
    createdAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'Profile' })

/** Who is signed in and where she may work. */
export const Me = z
  .object({
    user: Profile,
    session: z.object({ id: sessionId, authenticatedAt: Instant }),
    workspaces: z.array(WorkspaceSummary),
    /** The workspace used last, or the only one; what a request without `Frontdesk-Workspace` works in. */
    currentWorkspaceId: workspaceId.nullable(),
    /** Whether she may make another workspace on this server. */
    mayCreateWorkspace: z.boolean(),
  })
  .meta({ id: 'Me' })

/** Either signed in (the cookie is set), or one step is missing. */
export const SignInResult = z
  .discriminatedUnion('state', [
    z.object({ state: z.literal('signed_in'), me: Me }),
    z.object({
      state: z.literal('second_factor'),
      /** Give it back with the code within 10 minutes. */
      challenge: z.string(),
      methods: z.array(z.enum(['totp', 'recovery_code', 'passkey'])),
    }),
  ])
  .meta({ id: 'SignInResult' })

export const SignedIn = z.object({ state: z.literal('signed_in'), me: Me }).meta({ id: 'SignedIn' })

/** What `navigator.credentials` takes, as JSON (WebAuthn Level 3 §5.1.8, §5.1.9). */
export const PasskeyOptions = z.object({ challengeId: z.uuid(), options: z.record(z.string(), z.unknown()) }).meta({ id: 'PasskeyOptions' })

const base64url = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\w-]+$/)

/** What `navigator.credentials.create` and `.get` gave, as JSON. Browsers add members of their own, so unknown ones are left alone. */
export const PasskeyResponse = z.looseObject({
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).nullish(),
  response: z.looseObject({ clientDataJSON: base64url(8000) }),
  clientExtensionResults: z.looseObject({}),
})

/** One passkey, so that its owner recognises it. */
export const Passkey = z
  .object({ id: z.uuid(), name: z.string(), createdAt: Instant, lastUsedAt: Instant.nullable(), synced: z.boolean() })
  .meta({ id: 'Passkey' })

export const SignInMethods = z
  .object({
    password: z.object({ changedAt: Instant }).nullable(),
    totp: z.object({ since: Instant }).nullable(),
    passkeys: z.array(Passkey),
    recoveryCodesLeft: z.int(),
    /** Accounts elsewhere. `scopes` are what they were asked for, by the names of the provider; no token of theirs is kept. */
    providers: z.array(
      z.object({
        provider: Provider,
        email: z.string().nullable(),
        scopes: z.array(z.string()),
        linkedAt: Instant,
        lastUsedAt: Instant.nullable(),
      }),
    ),
  })
  .meta({ id: 'SignInMethods' })

/** One place where she is signed in. `place` is a town where the operator provides a source for it, otherwise the network the address belongs to. */
export const Session = z
  .object({
    id: sessionId,
    current: z.boolean(),
    device: z.object({
      browser: z.string().nullable(),
      system: z.string().nullable(),
      kind: z.enum(['phone', 'tablet', 'computer', 'program', 'unknown']),
    }),
    place: z.string().nullable(),
    createdAt: Instant,
    lastUsedAt: Instant,
    expiresAt: Instant,
  })
  .meta({ id: 'Session' })
