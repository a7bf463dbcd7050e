import { z } from 'zod'
import { EditContactBody } from './contacts.ts'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { Instant, Line, PageQuery, pageOf } from './values.ts'

/** Erased: every row of hers goes. Anonymized: what reports count stays, without her. Neither can be undone. */
export const ErasureMode = z.enum(['erase', 'anonymize']).meta({ id: 'ErasureMode' })
export type ErasureMode = z.output<typeof ErasureMode>

/** Why somebody's data is erased (GDPR Art. 17(1), CCPA § 1798.105). */
export const ErasureGround = z
  .enum(['person_asked', 'consent_withdrawn', 'objected', 'not_needed', 'unlawful', 'child', 'retention'])
  .meta({ id: 'ErasureGround' })
export type ErasureGround = z.output<typeof ErasureGround>

/** Something that stays: where, why, and until when a law wants it, where one does. */
export const KeptData = z
  .object({ table: z.string(), column: z.string(), why: z.string(), until: z.string().nullable(), rows: z.int() })
  .meta({ id: 'KeptData' })

/** What was done, without personal data: counts by table. */
export const ErasureReceipt = z
  .object({
    mode: ErasureMode,
    requestedAt: Instant,
    finishedAt: Instant,
    tables: z.array(z.object({ table: z.string(), deleted: z.int(), emptied: z.int(), anonymized: z.int() })),
    files: z.int(),
    jobs: z.int(),
    kept: z.array(KeptData),
    /** Rows of others in which her name, address or number was found; a person has to read them. */
    mentioned: z.array(z.object({ table: z.string(), rows: z.int() })),
    /** Whether the space of the deleted rows was written over already, or is when it is used again. */
    space: z.enum(['overwritten', 'freed']),
  })
  .meta({ id: 'ErasureReceipt' })
export type ErasureReceipt = z.output<typeof ErasureReceipt>

/** One erasure: how far it is, and its receipt once it is done. */
export const Erasure = z
  .object({
    id: z.uuid(),
    mode: ErasureMode,
    ground: ErasureGround,
    state: z.enum(['waiting', 'held', 'running', 'done']),
    step: z.enum(['collect', 'erase', 'prove', 'done']),
    /** Why it has to wait: a legal hold. It goes on by itself when the hold ends. */
    heldBy: z.string().nullable(),
    requestedAt: Instant,
    finishedAt: Instant.nullable(),
    receipt: ErasureReceipt.nullable(),
  })
  .meta({ id: 'Erasure' })
export type Erasure = z.output<typeof Erasure>

/** What an erasure would do, asked before it is decided. Counts only. */
export const ErasurePreview = z
  .object({
    tables: z.array(z.object({ table: z.string(), rows: z.int(), fate: z.enum(['goes', 'emptied', 'handed_over', 'anonymized']) })),
    files: z.int(),
    bookingsAhead: z.int(),
    suppressions: z.int(),
    kept: z.array(KeptData),
    holds: z.array(z.string()),
  })
  .meta({ id: 'ErasurePreview' })
export type ErasurePreview = z.output<typeof ErasurePreview>

export const EraseContactBody = z.strictObject({
  mode: ErasureMode,
  ground: ErasureGround.default('person_asked'),
  /** With appointments ahead it is refused unless they are to be cancelled. */
  bookingsAhead: z.enum(['refuse', 'cancel']).default('refuse'),
  /** She does not want to hear from the business again: keyed hashes of her addresses stay on the list of those not to be reached. */
  neverContactAgain: z.boolean().default(false),
})

/** A copy of one person's data: on its way, or a file that can be downloaded until `expiresAt`. */
export const ContactExport = z
  .object({
    id: z.uuid(),
    contactId: idOf('contact'),
    state: z.enum(['waiting', 'running', 'ready', 'failed']),
    /** From 0 to 100. */
    progress: z.int(),
    reason: z.enum(['access', 'portability']),
    size: z.int().nullable(),
    requestedAt: Instant,
    finishedAt: Instant.nullable(),
    expiresAt: Instant.nullable(),
    downloadedAt: Instant.nullable(),
  })
  .meta({ id: 'ContactExport' })
export type ContactExport = z.output<typeof ContactExport>

/** Somebody's data from another provider: on its way, or the contact it became. */
export const ContactImport = z
  .object({
    id: z.uuid(),
    state: z.enum(['waiting', 'running', 'done', 'refused']),
    refusal: z.enum(['not_an_export', 'other_version', 'erased_before', 'already_here', 'not_served', 'damaged']).nullable(),
    contactId: idOf('contact').nullable(),
    rows: z.int(),
    files: z.int(),
    requestedAt: Instant,
    finishedAt: Instant.nullable(),
  })
  .meta({ id: 'ContactImport' })
export type ContactImport = z.output<typeof ContactImport>

/** Why somebody's data is only kept and not used (GDPR Art. 18(1)(a) to (d)); `objection_upheld`: an objection to all of it was decided for her (Art. 21(1)). */
export const RestrictionGround = z
  .enum(['accuracy_contested', 'unlawful', 'needed_for_claims', 'objection_pending', 'objection_upheld'])
  .meta({ id: 'RestrictionGround' })
export type RestrictionGround = z.output<typeof RestrictionGround>

/** The grounds that a member can choose; an objection is upheld by answering its case. */
export const ChosenGround = RestrictionGround.exclude(['objection_upheld'])

export const Restriction = z
  .object({
    id: z.uuid(),
    ground: RestrictionGround,
    since: Instant,
    /** The letter that tells her that it ends: it is lifted as soon as the letter has left. Failed: she has to be told another way. */
    lifting: z.enum(['letter_leaving', 'letter_failed']).nullable(),
  })
  .meta({ id: 'Restriction' })

/** How somebody is told that her data are used again, before they are (GDPR Art. 18(3)): we write to her now, or what shows that she was told another way. */
export const ToldOfLifting = z
  .discriminatedUnion('how', [
    z.strictObject({ how: z.literal('mail') }),
    z.strictObject({ how: z.enum(['letter', 'phone', 'in_person']), proof: Line(500) }),
  ])
  .meta({ id: 'ToldOfLifting' })
export type ToldOfLifting = z.output<typeof ToldOfLifting>

/** What of her rights is under way for one contact. */
export const ContactRights = z
  .object({
    restriction: Restriction.nullable(),
    erasure: Erasure.nullable(),
    exports: z.array(ContactExport),
  })
  .meta({ id: 'ContactRights' })
export type ContactRights = z.output<typeof ContactRights>

const ofContact = z.strictObject({ contactId: idOf('contact') })

export const erasureRoutes = routes({
  'GET /contacts/{contactId}/rights': {
    summary: 'What of her rights is under way: a restriction, an erasure, copies of her data',
    access: 'member',
    params: ofContact,
    answer: ContactRights,
  },
  'GET /contacts/{contactId}/erasure-preview': {
    summary: 'What an erasure or anonymization would do, and what would stay and why',
    access: 'member',
    params: ofContact,
    query: z.strictObject({ mode: ErasureMode.default('erase') }),
    answer: ErasurePreview,
  },
  'POST /contacts/{contactId}/erasure': {
    summary: 'Erase or anonymize one contact; cannot be undone',
    description:
      'Runs as a job that goes on after a crash and proves itself at the end. Asking again for the same contact answers the same erasure. With appointments ahead it is refused unless `bookingsAhead` is `cancel`.',
    access: 'member',
    params: ofContact,
    body: EraseContactBody,
    status: 202,
    answer: Erasure,
    refusals: ['privacy/bookings-ahead'],
  },
  'GET /erasures': { summary: 'Erasures and their receipts, newest first', access: 'member', query: PageQuery, answer: pageOf(Erasure) },
  'GET /erasures/{erasureId}': {
    summary: 'How far an erasure is, and its receipt',
    access: 'member',
    params: z.strictObject({ erasureId: z.uuid() }),
    answer: Erasure,
  },
  'POST /erasures/{erasureId}/retry': {
    summary: 'Try an erasure that waits again now',
    description: 'It goes on by itself every hour. Where a legal hold stands in the way it waits on.',
    access: 'member',
    params: z.strictObject({ erasureId: z.uuid() }),
    status: 202,
    answer: Erasure,
  },
  'POST /contacts/{contactId}/exports': {
    summary: 'Make a copy of everything that is kept about a contact, as JSON and CSV with the files',
    description:
      'The copy is a ZIP file in the person’s language. `data.json` follows the schema at `/api/schemas/person-data.json`. Data of other people is left out or masked; secrets are never in it. It has a key of its own and lives 30 days at most.',
    access: 'member',
    params: ofContact,
    body: z.strictObject({ reason: z.enum(['access', 'portability']).default('access') }),
    status: 202,
    answer: ContactExport,
  },
  'GET /contact-exports/{exportId}': {
    summary: 'How far a copy of somebody’s data is',
    access: 'member',
    params: z.strictObject({ exportId: z.uuid() }),
    answer: ContactExport,
  },
  'POST /contact-exports/{exportId}/link': {
    summary: 'A link that downloads the copy, for fifteen minutes',
    access: 'member',
    params: z.strictObject({ exportId: z.uuid() }),
    answer: z.object({ path: z.string(), expiresAt: Instant }),
    refusals: ['privacy/export-not-ready'],
  },
  'POST /contact-imports': {
    summary: 'Take over somebody’s data from another provider: answers the path to upload the ZIP file to, for fifteen minutes',
    access: 'member',
    status: 201,
    answer: z.object({ import: ContactImport, path: z.string(), expiresAt: Instant }),
  },
  'GET /contact-imports': { summary: 'Take-overs, newest first', access: 'member', query: PageQuery, answer: pageOf(ContactImport) },
  'GET /contact-imports/{importId}': {
    summary: 'How far a take-over is',
    access: 'member',
    params: z.strictObject({ importId: z.uuid() }),
    answer: ContactImport,
  },
  'POST /contacts/{contactId}/restriction': {
    summary: 'Keep her data and do not use it',
    access: 'member',
    params: ofContact,
    body: z.strictObject({ ground: ChosenGround }),
    answer: ContactRights,
  },
  'POST /contacts/{contactId}/restriction/lift': {
    summary: 'Use her data again, once she was told of it',
    description:
      'She is told before (GDPR Art. 18(3)). With `mail` a letter goes to her address on file, and the restriction ends as soon as it has left; otherwise it ends now, with what shows how she was told. Where no mail may or can go to her it is refused, and nothing changes.',
    access: 'member',
    params: ofContact,
    body: z.strictObject({ because: Line(300), told: ToldOfLifting }),
    answer: ContactRights,
    refusals: ['privacy/refused'],
  },
  'POST /contacts/{contactId}/rectification': {
    summary: 'Correct her data at her request, with a note of what was wrong',
    access: 'member',
    params: ofContact,
    body: z.strictObject({ changes: EditContactBody.omit({ livesIn: true }), whatWasWrong: Line(500) }),
    answer: ContactRights,
    refusals: ['contacts/point-taken', 'contacts/not-a-phone-number', 'privacy/place-not-served'],
    ifMatch: true,
  },
})

/** The version of the copy's form. It only ever gains tables and columns; anything else is a new number. */
export const personDataVersion = 1

/**
 * What somebody has a right to be told beside the data (GDPR Art. 15(1), 15(2), 22): where it came from, what for and on which ground, who receives it, how long it stays, and what
 * machines decide by which logic. Words are keys of the inventory; `index.html` says the same in her language.
 */
export const PersonProcessing = z.object({
  sources: z.array(
    z.object({
      from: z.string(),
      at: Instant,
      /** The privacy notice that stood when the data came; null: from before the first was published. */
      notice: z.object({ version: z.int(), publishedAt: Instant }).nullable().optional(),
    }),
  ),
  uses: z.array(
    z.object({ category: z.string(), purpose: z.string(), basis: z.string(), retention: z.string(), tables: z.array(z.string()) }),
  ),
  recipients: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      region: z.string(),
      mechanism: z.string(),
      purposes: z.array(z.string()),
      categories: z.array(z.string()),
    }),
  ),
  /** Days where the business sets a period; null where another event ends it. */
  periods: z.array(z.object({ retention: z.string(), days: z.int().nullable(), ends: z.string(), criterion: z.string() })),
  automatedLogic: z.array(z.object({ name: z.string(), effect: z.enum(['none', 'not_significant']) })),
})
export type PersonProcessing = z.output<typeof PersonProcessing>

const Rows = z.array(z.record(z.string(), z.unknown()))

/**
 * `data.json` in a copy of one person's data: her rows by table, and in `context` what they point at that is nobody's, such as the service of a booking. Moments are RFC 3339,
 * ids are UUIDs. The columns of each table are at `/api/schemas/person-data.json`.
 */
export const PersonData = z.object({
  schema: z.literal('frontdesk-person-data'),
  version: z.int(),
  exportedAt: Instant,
  /** Who kept the data. */
  business: z.string(),
  contactId: z.uuid(),
  tables: z.record(z.string(), Rows),
  context: z.record(z.string(), Rows),
  /** Missing in copies from before it was given. */
  processing: PersonProcessing.optional(),
})
export type PersonData = z.output<typeof PersonData>
