import { z } from 'zod'
import { idOf } from './ids.ts'
import { DataCategory } from './privacy-registers.ts'
import { routes } from './routes.ts'
import { Instant, Line, PageQuery, pageOf, Text } from './values.ts'

/** Laws whose clocks a breach can start. */
export const BreachLaw = z
  .enum([
    'gdpr',
    'uk_gdpr',
    'pipeda',
    'quebec',
    'us_california',
    'us_colorado',
    'us_florida',
    'us_new_york',
    'us_texas',
    'us_washington',
    'us_other',
  ])
  .meta({ id: 'BreachLaw' })
export type BreachLaw = z.output<typeof BreachLaw>

/** What it may do to people: nothing likely, a little, real harm (PIPEDA's "real risk of significant harm"), or a high risk (GDPR Art. 34). */
export const BreachRisk = z.enum(['none', 'low', 'real', 'high']).meta({ id: 'BreachRisk' })
export type BreachRisk = z.output<typeof BreachRisk>

/** `all_there`: everything that stood in the tables by the end of the window; `written`: only what was written within it. */
export const BreachExtent = z.enum(['all_there', 'written']).meta({ id: 'BreachExtent' })

/** One duty with its clock, as dated data. `before` is null where the law says "without delay" and no number. */
export const BreachClock = z
  .object({
    law: BreachLaw,
    whom: z.enum(['authority', 'people']),
    name: z.string(),
    duty: z.string(),
    source: z.string(),
    /** What the row was compared with on the day `asOf`, and how well: with the text, with what agencies and practitioners say of it, or not at all. */
    compared: z.string(),
    certainty: z.enum(['read', 'surveyed', 'as_remembered']),
    asOf: z.string(),
    before: Instant.nullable(),
    doneAt: Instant.nullable(),
    overdue: z.boolean(),
  })
  .meta({ id: 'BreachClock' })
export type BreachClock = z.output<typeof BreachClock>

/** How many people are affected, and how far telling them is. */
export const BreachCounts = z
  .object({
    /** Contacts found, and members where accounts are affected. */
    people: z.int(),
    waiting: z.int(),
    sent: z.int(),
    /** No address that works. */
    unreachable: z.int(),
    /** Erased since it began: only keyed hashes are left, so nobody can tell them. */
    erased: z.int(),
  })
  .meta({ id: 'BreachCounts' })
export type BreachCounts = z.output<typeof BreachCounts>

/** One incident in the register. */
export const Breach = z
  .object({
    id: z.uuid(),
    number: z.int(),
    state: z.enum(['open', 'closed']),
    reportedBy: z.enum(['member', 'operator']),
    what: z.string(),
    beganAt: Instant,
    endedAt: Instant.nullable(),
    detectedAt: Instant,
    risk: BreachRisk.nullable(),
    /** The next clock that runs out, and what for. */
    nextClock: BreachClock.nullable(),
    version: z.int(),
  })
  .meta({ id: 'Breach' })
export type Breach = z.output<typeof Breach>

/** The words of a notice in one language. */
export const BreachNotice = z.object({ subject: z.string(), text: z.string() }).meta({ id: 'BreachNotice' })
export const BreachNotices = z.object({ en: BreachNotice, es: BreachNotice, fr: BreachNotice }).meta({ id: 'BreachNotices' })
export type BreachNotices = z.output<typeof BreachNotices>

/** The whole incident. */
export const BreachCase = Breach.extend({
  extent: BreachExtent,
  tables: z.array(z.string()),
  laws: z.array(BreachLaw),
  /** The accounts of members are affected too. */
  accounts: z.boolean(),
  riskGrounds: z.string().nullable(),
  measures: z.string().nullable(),
  /** Whether the people are being looked for, were found, or are being told. */
  search: z.enum(['running', 'done']),
  telling: z.enum(['none', 'running', 'done']),
  counts: BreachCounts,
  /** Kinds of data that stood in those tables. */
  categories: z.array(DataCategory),
  clocks: z.array(BreachClock),
  /** Drafted from what is written down; yours to change before it goes out. */
  notices: BreachNotices,
  steps: z.array(z.object({ id: z.uuid(), step: z.string(), note: z.string().nullable(), at: Instant, by: z.string() })),
  closedAt: Instant.nullable(),
  /** The entry stays at least until then (SOR/2018-64 s. 6: 24 months). */
  keptUntil: Instant,
}).meta({ id: 'BreachCase' })
export type BreachCase = z.output<typeof BreachCase>

/** One affected person, a contact or a member. Both null: erased since. */
export const BreachPerson = z
  .object({
    id: z.uuid(),
    contactId: idOf('contact').nullable(),
    memberId: idOf('member').nullable(),
    name: z.string().nullable(),
    notice: z.enum(['waiting', 'sent', 'unreachable', 'erased']),
    reason: z.string().nullable(),
    toldAt: Instant.nullable(),
  })
  .meta({ id: 'BreachPerson' })
export type BreachPerson = z.output<typeof BreachPerson>

const ofBreach = z.strictObject({ breachId: z.uuid() })
const words = Text(10_000).pipe(z.string().min(1, 'Please fill this in.'))
const NoticeBody = z.strictObject({ subject: Line(200), text: words })
const change = <Body extends z.ZodObject>(summary: string, body: Body) =>
  ({ summary, access: 'member', params: ofBreach, body, answer: BreachCase, refusals: ['http/conflict'] }) as const

export const ReportBreachBody = z
  .strictObject({
    what: words,
    beganAt: Instant,
    endedAt: Instant.optional(),
    /** When somebody here noticed; now unless given. */
    detectedAt: Instant.optional(),
    extent: BreachExtent.default('all_there'),
    /** Which tables; all with data of contacts unless given. */
    tables: z.array(z.string().max(63)).max(200).optional(),
    /** Whether names, addresses and ways to sign in of members are affected too: they are told as well. */
    accounts: z.boolean().default(false),
  })
  .refine(({ beganAt, endedAt }) => endedAt === undefined || Date.parse(beganAt) <= Date.parse(endedAt), {
    error: 'It cannot end before it began.',
    path: ['endedAt'],
  })

export const breachRoutes = routes({
  'GET /breaches': { summary: 'The register of incidents, newest first', access: 'member', query: PageQuery, answer: pageOf(Breach) },
  'GET /breach-tables': {
    summary: 'The tables with data of contacts, and which kinds',
    access: 'member',
    answer: z.object({ items: z.array(z.object({ table: z.string(), categories: z.array(DataCategory) })) }),
  },
  'POST /breaches': {
    summary: 'Report an incident: the affected people are looked for, the clocks run',
    access: 'member',
    body: ReportBreachBody,
    status: 201,
    answer: Breach,
  },
  'GET /breaches/{breachId}': { summary: 'One incident', access: 'member', params: ofBreach, answer: BreachCase },
  'PUT /breaches/{breachId}/scope': {
    ...change(
      'Correct what happened, when, and which tables; the people are looked for again',
      z.strictObject({
        what: words,
        beganAt: Instant,
        endedAt: Instant.nullable(),
        detectedAt: Instant,
        extent: BreachExtent,
        tables: z.array(z.string().max(63)).min(1).max(200),
        laws: z.array(BreachLaw).max(20),
        accounts: z.boolean().default(false),
      }),
    ),
    ifMatch: true,
  },
  'POST /breaches/{breachId}/risk': change(
    'Say what it may do to people, and why',
    z.strictObject({ risk: BreachRisk, grounds: words, measures: words }),
  ),
  'POST /breaches/{breachId}/decisions': change('Write a decision down', z.strictObject({ note: words })),
  'POST /breaches/{breachId}/authority': change('Write down that an authority was told', z.strictObject({ law: BreachLaw, note: words })),
  'PUT /breaches/{breachId}/notices': {
    ...change('Change the words of the notices', z.strictObject({ en: NoticeBody, es: NoticeBody, fr: NoticeBody })),
    ifMatch: true,
  },
  'POST /breaches/{breachId}/telling': change(
    'Tell everybody who is affected, once each, whatever they stopped: notices of the law pass every opt-out',
    z.strictObject({}),
  ),
  'POST /breaches/{breachId}/close': change('Close the incident; it stays in the register', z.strictObject({ note: words })),
  'GET /breaches/{breachId}/people': {
    summary: 'Who is affected, and who was told',
    access: 'member',
    params: ofBreach,
    query: PageQuery.extend({ notice: z.enum(['waiting', 'sent', 'unreachable', 'erased']).optional() }),
    answer: pageOf(BreachPerson),
  },
})
