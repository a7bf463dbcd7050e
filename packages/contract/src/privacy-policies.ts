import { z } from 'zod'
import { routes } from './routes.ts'
import { Instant, Line, PageQuery, pageOf, Text } from './values.ts'

/** The documents a business publishes about privacy and its terms. */
export const PolicyKind = z.enum(['privacy', 'cookies', 'california', 'terms', 'retention', 'dpa']).meta({ id: 'PolicyKind' })
export type PolicyKind = z.output<typeof PolicyKind>

/** How much a change matters to the people it concerns; it decides how they are told. */
export const PolicyWeight = z.enum(['minor', 'notable', 'material']).meta({ id: 'PolicyWeight' })
export type PolicyWeight = z.output<typeof PolicyWeight>

/** The languages in which documents are written. */
export const PolicyLocale = z.enum(['en', 'es', 'fr']).meta({ id: 'PolicyLocale' })
export type PolicyLocale = z.output<typeof PolicyLocale>

/** One sentence, and the setting or behaviour that makes it true. */
export const PolicyClause = z.object({ id: z.string(), text: z.string(), rests: z.string() }).meta({ id: 'PolicyClause' })

/** One section: a short line beside it, its clauses, and what the business adds in its own words. */
export const PolicySection = z
  .object({
    id: z.string(),
    title: z.string(),
    highlight: z.string(),
    clauses: z.array(PolicyClause),
    own: z.array(z.string()),
  })
  .meta({ id: 'PolicySection' })
export type PolicySection = z.output<typeof PolicySection>

/** One published text. */
export const PolicyVersion = z
  .object({
    id: z.uuid(),
    kind: PolicyKind,
    version: z.int(),
    weight: PolicyWeight,
    /** Its revised date; it counts from this moment. */
    publishedAt: Instant,
    publishedBy: z.string(),
    /** Published as it was written from the settings, before anybody looked at it. */
    generated: z.boolean(),
    /** When a member first said that she read it; null: nobody did. */
    readAt: Instant.nullable(),
    status: z.enum(['current', 'superseded']),
    /** Until when a notice of it stands on public pages; null: no notice. */
    noticeUntil: Instant.nullable(),
    texts: z.array(z.object({ locale: PolicyLocale, sha256: z.string(), path: z.string() })),
    /** How far telling people is; null: nobody is written to. */
    telling: z.enum(['running', 'done']).nullable(),
  })
  .meta({ id: 'PolicyVersion' })
export type PolicyVersion = z.output<typeof PolicyVersion>

/** A sentence that would change with the next version. */
export const PolicyChange = z
  .object({ section: z.string(), id: z.string(), before: z.string().nullable(), after: z.string().nullable() })
  .meta({ id: 'PolicyChange' })
export type PolicyChange = z.output<typeof PolicyChange>

/** What the business adds in its own words, by section and language. */
export const OwnParagraph = z
  .strictObject({ section: z.string().min(1).max(80), locale: PolicyLocale, text: Text(5_000).min(1, 'Please fill this in.') })
  .meta({ id: 'OwnParagraph' })
export type OwnParagraph = z.output<typeof OwnParagraph>

/** The list of documents. */
export const PolicyList = z
  .object({
    officer: z.object({ name: z.string(), chosen: z.boolean() }).nullable(),
    documents: z.array(
      z.object({
        kind: PolicyKind,
        path: z.string(),
        current: PolicyVersion.nullable(),
        /** Sentences that differ from the published text. */
        changes: z.int(),
      }),
    ),
  })
  .meta({ id: 'PolicyList' })

/** One document as it would be published now. */
export const PolicyDraft = z
  .object({
    kind: PolicyKind,
    locale: PolicyLocale,
    title: z.string(),
    path: z.string(),
    sections: z.array(PolicySection),
    /** Names this draft in all languages: what was seen is what is published. */
    seal: z.string(),
    current: PolicyVersion.nullable(),
    changes: z.array(PolicyChange),
    /** The version of the own paragraphs. */
    version: z.int(),
    paragraphs: z.array(OwnParagraph),
  })
  .meta({ id: 'PolicyDraft' })
export type PolicyDraft = z.output<typeof PolicyDraft>

/** Something new that data are to be used for: people are asked, or told and may say no. */
export const NewUse = z
  .strictObject({
    key: z.string().regex(/^[a-z][a-z_]{2,39}$/, 'Write a short name in lower-case letters and underscores, like satisfaction_study.'),
    says: z.strictObject({ en: Line(500), es: Line(500), fr: Line(500) }),
  })
  .meta({ id: 'NewUse' })

export const PublishPolicyBody = z.strictObject({ weight: PolicyWeight, seal: z.string().max(100), newUse: NewUse.optional() })

/** One person who was to be told of a version, and what became of it. */
export const ToldPerson = z
  .object({
    contactId: z.uuid().nullable(),
    name: z.string().nullable(),
    outcome: z.enum(['mailed', 'refused']),
    /** What the mail server said; null where nothing was sent. */
    delivery: z.enum(['queued', 'sending', 'sent', 'failed', 'bounced', 'not_configured', 'dropped']).nullable(),
    /** Why nobody was written to. */
    reason: z.string().nullable(),
    at: Instant,
  })
  .meta({ id: 'ToldPerson' })

export const ToldCounts = z.object({ mailed: z.int(), delivered: z.int(), bounced: z.int(), refused: z.int() }).meta({ id: 'ToldCounts' })

/** A change that a member has not acknowledged yet. */
export const PolicyNews = z
  .object({ versionId: z.uuid(), kind: PolicyKind, version: z.int(), publishedAt: Instant, path: z.string() })
  .meta({ id: 'PolicyNews' })

const kind = z.strictObject({ kind: PolicyKind })
const version = z.strictObject({ versionId: z.uuid() })

export const policiesRoutes = routes({
  'GET /policies': { summary: 'The documents of the business, and which of them would change', access: 'member', answer: PolicyList },
  'GET /policies/{kind}': {
    summary: 'A document as it would be published now, and how it differs from the published one',
    access: 'member',
    params: kind,
    query: z.strictObject({ locale: PolicyLocale.default('en') }),
    answer: PolicyDraft,
  },
  'PUT /policies/{kind}/paragraphs': {
    summary: 'Set what the business adds to a document in its own words',
    access: 'member',
    params: kind,
    body: z.strictObject({ paragraphs: z.array(OwnParagraph).max(60) }),
    ifMatch: true,
    answer: PolicyDraft,
    refusals: ['http/version-mismatch'],
  },
  'POST /policies/first-versions': {
    summary: 'Publish every document that has no version yet, as it is written from the settings',
    description: 'For a business that opens. They are marked as generated until a member has read them. Doing it twice changes nothing.',
    access: 'member',
    answer: PolicyList,
    refusals: ['privacy/no-officer'],
  },
  'POST /policies/{kind}/versions': {
    summary: 'Publish a document: it counts from this moment',
    description:
      'A material change is mailed to every active contact who can be written to, and a notice of it stands on the pages, as the settings say.',
    access: 'member',
    params: kind,
    body: PublishPolicyBody,
    status: 201,
    answer: PolicyVersion,
    refusals: ['privacy/draft-changed', 'privacy/no-officer', 'privacy/nothing-to-publish'],
  },
  'GET /policies/{kind}/versions': {
    summary: 'The published versions of a document, newest first',
    access: 'member',
    params: kind,
    query: PageQuery,
    answer: pageOf(PolicyVersion),
  },
  'GET /policy-versions/{versionId}/told': {
    summary: 'Who was told of a version, and what became of it',
    access: 'member',
    params: version,
    query: PageQuery,
    answer: pageOf(ToldPerson).extend({ counts: ToldCounts }),
  },
  'GET /policy-news': {
    summary: 'Changes that I have not acknowledged yet',
    access: 'member',
    answer: z.object({ items: z.array(PolicyNews) }),
  },
  'POST /policy-versions/{versionId}/acknowledgement': {
    summary: 'Say that I have read a change',
    access: 'member',
    params: version,
    status: 204,
    answer: z.undefined(),
  },
})
