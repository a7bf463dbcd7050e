import { z } from 'zod'
import { routes } from './routes.ts'
import { EmailAddress, Instant, Line, PageQuery, PlainDate, pageOf } from './values.ts'

/** Why data are processed, in the words of the inventory. */
export const ProcessingPurpose = z
  .enum(['account', 'security', 'service', 'communication', 'compliance', 'operation'])
  .meta({ id: 'ProcessingPurpose' })
export type ProcessingPurpose = z.output<typeof ProcessingPurpose>

/** Kinds of personal data, in the words of the inventory. */
export const DataCategory = z
  .enum([
    'name',
    'contact_details',
    'identifier',
    'credential',
    'preference',
    'appointment',
    'communication',
    'behaviour',
    'device',
    'location',
    'financial',
    'free_text',
    'proof',
  ])
  .meta({ id: 'DataCategory' })
export type DataCategory = z.output<typeof DataCategory>

/** The seven kinds of person whose data can be here. */
export const PersonKind = z
  .enum(['customer', 'end_user', 'representative', 'site_user', 'newsletter_subscriber', 'prospect', 'counterparty'])
  .meta({ id: 'PersonKind' })
export type PersonKind = z.output<typeof PersonKind>

/** A ground of GDPR Art. 6(1); `workspace_instruction` is what a processor goes by (Art. 28(3)(a)). */
export const ProcessingBasis = z
  .enum(['contract', 'consent', 'legal_obligation', 'legitimate_interest', 'workspace_instruction'])
  .meta({ id: 'ProcessingBasis' })

/** What ends data, in the words of the inventory. */
export const RetentionName = z
  .enum(['account', 'session', 'contact', 'booking', 'conversation', 'mail', 'audit', 'proof', 'operation', 'workspace'])
  .meta({ id: 'RetentionName' })

/** One purpose on one side: what is processed for it, of whom, on what ground, for how long, and who else receives it. */
export const ProcessingActivity = z
  .object({
    purpose: ProcessingPurpose,
    /** The ground of whoever decides about it, and where the law says so. */
    basis: ProcessingBasis,
    law: z.string(),
    /** Grounds that parts of it stand on besides. */
    otherBases: z.array(ProcessingBasis),
    persons: z.array(PersonKind),
    categories: z.array(DataCategory),
    tables: z.array(z.string()),
    periods: z.array(z.object({ retention: RetentionName, ends: z.string() })),
    recipients: z.array(z.string()),
  })
  .meta({ id: 'ProcessingActivity' })
export type ProcessingActivity = z.output<typeof ProcessingActivity>

/** One message's purpose and its ground. */
export const ContactPurposeGround = z
  .object({ purpose: z.enum(['reply', 'service', 'legal', 'feedback', 'marketing']), basis: ProcessingBasis, law: z.string() })
  .meta({ id: 'ContactPurposeGround' })

/** The records of processing, made from the inventory at the moment they are asked for. */
export const ProcessingRecords = z
  .object({
    madeAt: Instant,
    business: z.string(),
    officer: z.object({ name: z.string(), email: z.string() }).nullable(),
    /** What whoever runs this server decides about: accounts, security, the workspace (GDPR Art. 30(1)). */
    controller: z.array(ProcessingActivity),
    /** What is done with the contacts of the business on its instruction (GDPR Art. 30(2)). */
    processor: z.array(ProcessingActivity),
    persons: z.array(z.object({ kind: PersonKind, count: z.int().nullable(), tables: z.array(z.string()) })),
    contactPurposes: z.array(ContactPurposeGround),
    transfers: z.array(z.object({ recipient: z.string(), region: z.string(), mechanism: z.string() })),
    safeguards: z.array(z.string()),
  })
  .meta({ id: 'ProcessingRecords' })
export type ProcessingRecords = z.output<typeof ProcessingRecords>

/** What this server is connected to by its configuration. */
export const ConnectionName = z
  .enum(['smtp', 'imap', 's3', 'google', 'facebook', 'google_calendar', 'microsoft_calendar', 'database', 'traces', 'acme'])
  .meta({ id: 'ConnectionName' })
export type ConnectionName = z.output<typeof ConnectionName>

/** What somebody is who receives data. An affiliate is bound to this policy. */
export const RecipientKind = z.enum(['processor', 'affiliate', 'adviser', 'partner', 'payment_provider']).meta({ id: 'RecipientKind' })
export type RecipientKind = z.output<typeof RecipientKind>

/** Where a recipient keeps the data. `unknown` until somebody says so. */
export const Region = z.enum(['unknown', 'US', 'CA', 'EU', 'GB', 'other']).meta({ id: 'Region' })
export type Region = z.output<typeof Region>

/** What allows data to go to another region (GDPR Art. 45, 46, 49). */
export const TransferMechanism = z.enum(['none', 'adequacy', 'scc', 'consent']).meta({ id: 'TransferMechanism' })
export type TransferMechanism = z.output<typeof TransferMechanism>

/**
 * How it stands: `instructed` the operator set it up, and nobody wrote a contract down yet; `active` under a contract; `withdrawn` its contract was taken back and
 * nothing leaves; `ended` nothing leaves for good; `uncovered` nobody said under which contract, and nothing leaves.
 */
export const ProcessorState = z.enum(['instructed', 'active', 'uncovered', 'withdrawn', 'ended']).meta({ id: 'ProcessorState' })
export type ProcessorState = z.output<typeof ProcessorState>

/** Why nothing goes to a recipient: it ended, its contract was taken back or was never written down, or nothing allows the other region. */
export const ProcessorStop = z.enum(['ended', 'withdrawn', 'uncovered', 'transfer']).meta({ id: 'ProcessorStop' })
export type ProcessorStop = z.output<typeof ProcessorStop>

/** Somebody to whom data go, or may go. */
export const Processor = z
  .object({
    /** Null: known from the configuration alone; its details can be added. */
    id: z.uuid().nullable(),
    connection: ConnectionName.nullable(),
    name: z.string(),
    kind: RecipientKind,
    /** The server it is reached at, where the configuration names one. */
    host: z.string().nullable(),
    purposes: z.array(ProcessingPurpose),
    categories: z.array(DataCategory),
    /** The fields that are sent, and no others. */
    fields: z.array(z.string()),
    region: Region,
    mechanism: TransferMechanism,
    contractRef: z.string().nullable(),
    contractOn: PlainDate.nullable(),
    policyUrl: z.string().nullable(),
    /** An affiliate declared that it keeps to this policy. */
    adheres: z.boolean(),
    state: ProcessorState,
    /** Why nothing leaves; null where it may. */
    stopped: ProcessorStop.nullable(),
    /** Whether a stop is carried out by this server itself. */
    guarded: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'Processor' })
export type Processor = z.output<typeof Processor>

const WebAddress = z
  .string()
  .trim()
  .max(500)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'Write the address like https://example.com/privacy.')

/** What a member writes down about a recipient. */
export const ProcessorBody = z
  .strictObject({
    connection: ConnectionName.nullable().default(null),
    name: Line(200),
    kind: RecipientKind.default('processor'),
    purposes: z.array(ProcessingPurpose).min(1, 'Choose at least one purpose.').max(6),
    categories: z.array(DataCategory).min(1, 'Choose at least one kind of data.').max(13),
    region: Region.default('unknown'),
    mechanism: TransferMechanism.default('none'),
    contractRef: Line(200).nullable().default(null),
    contractOn: PlainDate.nullable().default(null),
    policyUrl: WebAddress.nullable().default(null),
    adheres: z.boolean().default(false),
    ended: z.boolean().default(false),
  })
  .meta({ id: 'ProcessorBody' })
export type ProcessorBody = z.output<typeof ProcessorBody>

/** Somebody the business has a contract with who is not its customer. */
export const Counterparty = z
  .object({
    id: z.uuid(),
    name: z.string(),
    representative: z.string().nullable(),
    email: z.string().nullable(),
    contractRef: z.string(),
    signedOn: PlainDate,
    endsOn: PlainDate.nullable(),
    /** The contract and its people are deleted on this day: seven years after it ended, unless the workspace says otherwise. */
    deletedOn: PlainDate.nullable(),
    version: z.int(),
  })
  .meta({ id: 'Counterparty' })
export type Counterparty = z.output<typeof Counterparty>

export const CounterpartyBody = z
  .strictObject({
    name: Line(200),
    representative: Line(200).nullable().default(null),
    email: EmailAddress.nullable().default(null),
    contractRef: Line(200),
    signedOn: PlainDate,
    endsOn: PlainDate.nullable().default(null),
  })
  .meta({ id: 'CounterpartyBody' })

/** What came of looking a counterparty up in a list, such as one of sanctions. */
export const CounterpartyScreening = z
  .object({
    id: z.uuid(),
    list: z.string(),
    result: z.enum(['clear', 'unclear', 'hit']),
    note: z.string().nullable(),
    checkedOn: PlainDate,
    by: z.string(),
  })
  .meta({ id: 'CounterpartyScreening' })
export type CounterpartyScreening = z.output<typeof CounterpartyScreening>

export const ScreeningBody = z
  .strictObject({
    list: Line(200),
    result: z.enum(['clear', 'unclear', 'hit']),
    note: Line(500).optional(),
    /** Today unless given. */
    checkedOn: PlainDate.optional(),
  })
  .meta({ id: 'ScreeningBody' })

const ofCounterparty = z.strictObject({ counterpartyId: z.uuid() })
const ofProcessor = z.strictObject({ processorId: z.uuid() })

export const registersRoutes = routes({
  'GET /processing-records': {
    summary: 'The records of processing (GDPR Art. 30), made from the inventory',
    access: 'member',
    answer: ProcessingRecords,
  },
  'GET /processing-records/table': {
    summary: 'The same as CSV: one line for each side and purpose',
    access: 'member',
    query: z.strictObject({ side: z.enum(['controller', 'processor']) }),
    answer: z.object({ name: z.string(), csv: z.string() }),
  },
  'GET /processors': {
    summary: 'Who receives data: what this server is connected to, and what members wrote down',
    access: 'member',
    answer: z.object({ items: z.array(Processor), homeRegion: Region }),
  },
  'POST /processors': {
    summary: 'Write down who receives data, or the contract with somebody this server is connected to',
    access: 'member',
    body: ProcessorBody,
    status: 201,
    answer: Processor,
    refusals: ['privacy/affiliate-not-bound', 'http/conflict'],
  },
  'PUT /processors/{processorId}': {
    summary: 'Change an entry; without its contract nothing leaves any more',
    access: 'member',
    params: ofProcessor,
    body: ProcessorBody,
    ifMatch: true,
    answer: Processor,
    refusals: ['privacy/affiliate-not-bound'],
  },
  'GET /processors/{processorId}/history': {
    summary: 'What became of an entry, newest first',
    access: 'member',
    params: ofProcessor,
    query: PageQuery,
    answer: pageOf(z.object({ id: z.uuid(), at: Instant, by: z.string(), state: ProcessorState, contractRef: z.string().nullable() })),
  },
  'GET /counterparties': {
    summary: 'Suppliers, landlords and others the business has a contract with, newest first',
    access: 'member',
    query: PageQuery,
    answer: pageOf(Counterparty),
  },
  'POST /counterparties': {
    summary: 'Write down a counterparty and its contract',
    access: 'member',
    body: CounterpartyBody,
    status: 201,
    answer: Counterparty,
  },
  'GET /counterparties/{counterpartyId}/screenings': {
    summary: 'What came of looking a counterparty up, newest first; the last hundred',
    access: 'member',
    params: ofCounterparty,
    answer: z.object({ items: z.array(CounterpartyScreening) }),
  },
  'POST /counterparties/{counterpartyId}/screenings': {
    summary: 'Write down that a counterparty was looked up in a list, and what came of it',
    access: 'member',
    params: ofCounterparty,
    body: ScreeningBody,
    status: 201,
    answer: z.object({ items: z.array(CounterpartyScreening) }),
  },
  'PUT /counterparties/{counterpartyId}': {
    summary: 'Change what is written down of a counterparty',
    access: 'member',
    params: z.strictObject({ counterpartyId: z.uuid() }),
    body: CounterpartyBody,
    ifMatch: true,
    answer: Counterparty,
  },
})
