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

/** Where data go that leave the law of where somebody lives: ISO 3166-1 alpha-2, or `EU`. */
const Destination = z.string().regex(/^[A-Z]{2}$/)

/** What is asked of somebody whose data would go to another country, by a tick of its own. */
export const TransferAsk = z
  .object({
    destination: Destination,
    /** Countries whose people need not be asked: from there nothing goes abroad. */
    home: z.array(Country),
    /** Which sentence it is, and the sentence. */
    edition: z.int(),
    words: z.object({ en: z.string(), es: z.string(), fr: z.string() }),
  })
  .meta({ id: 'TransferAsk' })

/** Her agreement: to which sentence, in which language it was shown. */
export const TransferSaid = z.strictObject({ destination: Destination, edition: z.int(), locale: z.enum(['en', 'es', 'fr']) })

const AcceptedKind = z.enum(['terms', 'privacy'])
const TextHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ examples: ['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'] })

/** A document as it is served now, in one language; the same text is found by its hash for good, at `{path}/text/{sha256}`. */
export const ServedDocument = z
  .object({ document: AcceptedKind, path: z.string(), locale: z.enum(['en', 'es', 'fr']), sha256: TextHash })
  .meta({ id: 'ServedDocument' })
export type ServedDocument = z.output<typeof ServedDocument>

/** What somebody had before her when she sent the form, by the hashes that `GET /sign-up` gave. */
export const OpenedDocuments = z.strictObject({
  locale: z.enum(['en', 'es', 'fr']),
  documents: z.array(z.strictObject({ document: AcceptedKind, sha256: TextHash })).max(5),
})
export type OpenedDocuments = z.output<typeof OpenedDocuments>

/** How people get an account on this server: `closed` nobody new, `invitation` by a link of a workspace, `open` anybody. */
export const SignUpPolicy = z
  .object({
    policy: z.enum(['closed', 'invitation', 'open']),
    providers: z.array(Provider),
    /** Shortest password that is accepted without a second factor. */
    passwordLeast: z.int(),
    /** Countries whose people may open an account themselves; null: all. */
    countries: z.array(Country).nullable(),
    /** What is accepted with a new account. */
    accepts: z.array(ServedDocument),
    /** What people from elsewhere have to agree to as well; null: nothing. */
    transfer: TransferAsk.nullable(),
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
})

const Age = z.int().min(0).max(150)

/** Somebody who asks for an account herself: the answers to two questions, of which neither is kept. */
export const SignUpBody = NewAccount.extend({
  age: Age,
  country: Country,
  transfer: TransferSaid.optional(),
  /** Needed wherever `GET /sign-up` names documents. */
  accepts: OpenedDocuments.optional(),
})

/** What somebody who was invited says where the invitation asks for it. */
export const AcceptBody = z.strictObject({ age: Age.optional(), country: Country.optional(), transfer: TransferSaid.optional() })

/** The same, with a new account. */
export const JoinBody = NewAccount.extend({ ...AcceptBody.shape, accepts: OpenedDocuments.optional() })

/** What somebody who was invited is asked. */
export const JoinAsks = z
  .object({
    /** How old she is; an account that said it before is not asked again. */
    age: z.boolean(),
    /** Where she lives, and her agreement where her data would go to another country. */
    transfer: TransferAsk.nullable(),
  })
  .meta({ id: 'JoinAsks' })

/** Somebody new who came from a provider, as it knows her. */
export const Newcomer = z.object({ provider: z.enum(['google', 'facebook']), name: z.string(), email: z.string() }).meta({ id: 'Newcomer' })

/** What she is asked before there is an account. */
export const NewcomerBody = SignUpBody.pick({ age: true, country: true, transfer: true, accepts: true, locale: true, zone: true })

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
    /** It is closed until its data have had their time, and not to be deleted soon. */
    rests: z.boolean(),
    /** It asks for a second factor, and this session proved none: until then it shows nothing. */
    asksSecondFactor: z.boolean(),
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
    /** Since when the account rests: nobody works with it until she takes that back. */
    deactivatedAt: Instant.nullable(),
    /** The limit she said to have reached, and when; her age is not kept. */
    ageLimit: z.literal([13, 16, 18]).nullable(),
    ageConfirmedAt: Instant.nullable(),
    closesAt: Instant.nullable(),
    createdAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'Profile' })

/** Something she accepted or agreed to with her account. */
export const Agreement = z
  .object({
    document: z.enum(['terms', 'privacy', 'transfer']),
    /** Null: it was served, and not published. */
    version: z.int().nullable(),
    sha256: z.string(),
    locale: z.string(),
    /** How: at sign-up, with an invitation, or through another service. */
    method: z.string(),
    acceptedAt: Instant,
    /** Where the document is read as it is now; null for a sentence. */
    path: z.string().nullable(),
    /** The sentence beside the tick, where it was one. */
    words: z.string().nullable(),
    destination: z.string().nullable(),
  })
  .meta({ id: 'Agreement' })

/** One kind of record about her devices, places and use. */
export const OwnRecord = z
  .object({
    kind: z.enum(['sessions', 'sign_ins', 'ways_in', 'links', 'letters', 'failed_tries', 'last_seen', 'web_log']),
    /** What of her stands in each. */
    fields: z.array(
      z.enum([
        'browser',
        'system',
        'device',
        'network',
        'way',
        'times',
        'address',
        'content',
        'hash',
        'name',
        'member',
        'page',
        'none_of_hers',
      ]),
    ),
    /** How many there are of hers now; null where they cannot be told to be hers. */
    count: z.int().nullable(),
    /** Days until one goes by itself; null: with the account, or with what it belongs to. */
    days: z.int().nullable(),
  })
  .meta({ id: 'OwnRecord' })

/** Who is signed in and where she may work. */
export const Me = z
  .object({
    user: Profile,
    session: z.object({ id: sessionId, authenticatedAt: Instant }),
    workspaces: z.array(WorkspaceSummary),
    /** In how many more her access rests because she deactivated her account. */
    restsIn: z.int(),
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
