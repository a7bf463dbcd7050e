import { z } from 'zod'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { Line, PlainDate } from './values.ts'

/** Rows of one file at most, and its characters. */
export const mostCheckedRows = 50_000
export const mostCheckedChars = 4_000_000

/** Broken rows that are named at most; `brokenCount` counts all. */
export const mostBrokenNamed = 100

/** What can be wrong with one row of a file of checked numbers. */
export const CheckProblem = z
  .enum([
    'unreadable',
    'not_a_phone',
    'not_a_line',
    'not_an_answer',
    'not_a_date',
    'date_could_be_two',
    'day_missing',
    'day_to_come',
    'source_too_long',
    'nothing_said',
  ])
  .meta({ id: 'CheckProblem' })
export type CheckProblem = z.output<typeof CheckProblem>

/** What a file of checked numbers says about people here. */
export const NumberChecksRead = z
  .object({
    /** Rows with something in them, without the names of the columns. */
    rows: z.int(),
    /** Rows whose number somebody here has. */
    matched: z.int(),
    /** Rows whose number nobody here has; nothing is kept of them. */
    strangers: z.int(),
    /** How many people they are about. */
    contacts: z.int(),
    /** What is learned: a kind of line and an answer about one number count each. */
    facts: z.int(),
    /** What was on record in the same words already. */
    known: z.int(),
    brokenCount: z.int(),
    /** The first broken rows, by the line on which each begins. */
    broken: z.array(z.object({ line: z.int(), problem: CheckProblem })),
    /** Whether it was recorded; without `keep` it was only looked at. */
    kept: z.boolean(),
  })
  .meta({ id: 'NumberChecksRead' })
export type NumberChecksRead = z.output<typeof NumberChecksRead>

export const numberCheckRoutes = routes({
  'POST /number-checks': {
    summary: 'Load a file of checked numbers: the kind of line, and whether a number was given to somebody else',
    description:
      'CSV with the names of its columns in the first row: the number, the kind of line, reassigned (yes, no, no_data or the day), checked on, source. Without `keep` nothing is recorded, and the answer says what would be. Nothing is kept of numbers that nobody here has.',
    access: 'member',
    body: z
      .strictObject({
        text: z.string().min(1).max(mostCheckedChars),
        /** The day and the source where the file does not say. */
        checkedOn: PlainDate.nullish(),
        checkedWith: Line(120).nullish(),
        keep: z.boolean().default(false),
      })
      .meta({ examples: [{ text: 'number,line type,reassigned,checked at,source\n+12125550123,mobile,no,2026-11-20,Carrier\n' }] }),
    maxBodyBytes: 3 * mostCheckedChars,
    answer: NumberChecksRead,
    refusals: ['privacy/unreadable-checks'],
  },
  'GET /number-lookups': {
    summary: 'The services that look numbers up on this server; none unless one was connected',
    access: 'member',
    answer: z.object({ lookups: z.array(z.object({ name: z.string() })) }),
  },
  'POST /contacts/{contactId}/number-lookups': {
    summary: 'Have the numbers of somebody looked up by the services that are connected',
    description: 'The answers are recorded as soon as they are there.',
    access: 'member',
    params: z.strictObject({ contactId: idOf('contact') }),
    status: 202,
    answer: z.object({ numbers: z.int() }),
    refusals: ['privacy/no-number-lookup', 'privacy/no-point', 'privacy/recipient-stopped'],
  },
})
