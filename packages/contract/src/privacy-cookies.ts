import { z } from 'zod'
import { routes } from './routes.ts'
import { Instant, Line, PageQuery, PlainDate, pageOf } from './values.ts'

/** What a cookie is there for. Only `needed` ones come without a decision of the reader. */
export const CookieClassName = z.enum(['needed', 'preferences', 'statistics', 'marketing']).meta({ id: 'CookieClassName' })

/** A cookie or another thing that pages keep in a browser. `*` stands for what follows. */
export const RegisteredCookie = z
  .object({
    name: z.string(),
    where: z.enum(['cookie', 'local', 'session']),
    class: CookieClassName,
    /** How long it stays; null: until the browser is closed, or until somebody removes it. */
    seconds: z.int().nullable(),
    /** Who sets it, where it is not this server. */
    provider: z.string().nullable(),
  })
  .meta({ id: 'RegisteredCookie' })

/** Code of somebody else on the booking pages. */
export const PageTag = z
  .object({
    id: z.uuid(),
    name: z.string(),
    provider: z.string(),
    host: z.string(),
    script: z.string(),
    class: z.enum(['statistics', 'marketing']),
    purpose: z.string(),
    cookies: z.array(z.object({ name: z.string(), days: z.int() })),
    declaredAt: Instant,
  })
  .meta({ id: 'PageTag' })
export type PageTag = z.output<typeof PageTag>

/** A decision of a reader, as it is proved. Nothing in it says who she is. */
export const CookieDecision = z
  .object({
    id: z.uuid(),
    preferences: z.boolean(),
    statistics: z.boolean(),
    marketing: z.boolean(),
    /** False: no sale, no sharing, no profiles, no targeted advertising. */
    sharing: z.boolean(),
    askedOn: z.enum(['banner', 'choices']),
    edition: z.string(),
    /** SHA-256 of the text as it was shown. */
    wordsHash: z.string(),
    locale: z.string(),
    gpc: z.boolean(),
    dnt: z.boolean(),
    /** The country, where a proxy said it; never finer. */
    region: z.string().nullable(),
    at: Instant,
  })
  .meta({ id: 'CookieDecision' })

/** What the pages keep and load, and what readers and their browsers said in the last 30 days. */
export const CookieOverview = z
  .object({
    register: z.array(RegisteredCookie),
    tags: z.array(PageTag),
    decisions: z.object({ agreed: z.int(), refused: z.int() }),
    signals: z.object({ gpc: z.int(), dnt: z.int() }),
    /** Which states make the signal of browsers binding, and when that was written down; how well the weakest row was compared: with the text, with what agencies and practitioners say, or not at all. Counsel must check. */
    gpcStates: z.object({ states: z.array(z.string()), asOf: PlainDate, certainty: z.enum(['as_remembered', 'surveyed', 'read']) }),
    /** Days for which single visits stay before only their number does. */
    webLogDays: z.int(),
    views: z.int(),
  })
  .meta({ id: 'CookieOverview' })
export type CookieOverview = z.output<typeof CookieOverview>

export const DeclareTagBody = z.strictObject({
  name: Line(80),
  provider: Line(120),
  /** The address of its script. */
  address: z
    .string()
    .max(500)
    .regex(
      /^https:\/\/(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}\/[\w\-./?=&%+:]*$/,
      'Write the whole address, like https://stats.example/count.js.',
    )
    .meta({ examples: ['https://stats.example/count.js'] }),
  class: z.enum(['statistics', 'marketing']),
  /** What it is for, as readers are told. */
  purpose: Line(300),
  cookies: z
    .array(z.strictObject({ name: Line(80), days: z.int().min(0).max(3650) }))
    .max(20)
    .default([]),
})

export const cookiesRoutes = routes({
  'GET /cookies': {
    summary: 'What public pages keep in browsers and load from others, and what readers decided',
    access: 'member',
    answer: CookieOverview,
  },
  'POST /page-tags': {
    summary: 'Declare code of somebody else for the booking pages; it loads for readers who agree, and for nobody else',
    access: 'member',
    body: DeclareTagBody,
    status: 201,
    answer: PageTag,
    refusals: ['http/conflict'],
  },
  'DELETE /page-tags/{tagId}': {
    summary: 'Take it off the pages at once',
    access: 'member',
    params: z.strictObject({ tagId: z.uuid() }),
    status: 204,
    answer: z.undefined(),
  },
  'GET /cookie-decisions': {
    summary: 'The proof of what readers decided, newest first; nothing in it says who they are',
    access: 'member',
    query: PageQuery,
    answer: pageOf(CookieDecision),
  },
})
