import { z } from 'zod'
import { idOf } from './ids.ts'
import { DataCategory } from './privacy-registers.ts'
import { routes } from './routes.ts'
import { Instant, Line, PageQuery, PlainDate, pageOf, Text } from './values.ts'

/** A new owner of the business, and with it of its data. */
export const OwnershipChange = z
  .object({
    id: z.uuid(),
    successor: z.string(),
    effectiveOn: PlainDate,
    /** The last day on which the people have to be told. */
    tellBy: PlainDate,
    noticeDays: z.int(),
    note: z.string(),
    state: z.enum(['planned', 'telling', 'told', 'done', 'cancelled']),
    people: z.int(),
    sent: z.int(),
    /** Of those written to: whose mail has not left, or came back. */
    notOut: z.int(),
    /** Of those written to: after the last day, because they came later. */
    sentLater: z.int(),
    unreachable: z.int(),
    objections: z.int(),
    version: z.int(),
  })
  .meta({ id: 'OwnershipChange' })
export type OwnershipChange = z.output<typeof OwnershipChange>

/** What goes over with the business: every table that holds data of people, with the kinds of data and how many rows, and the files. No row of anybody. */
export const OwnershipInventory = z
  .object({
    successor: z.string(),
    effectiveOn: PlainDate,
    madeAt: Instant,
    /** Contacts, and how many of them object and so do not go along. */
    people: z.int(),
    objecting: z.int(),
    tables: z.array(z.object({ table: z.string(), categories: z.array(DataCategory), rows: z.int() })),
    files: z.object({ count: z.int(), bytes: z.int() }),
  })
  .meta({ id: 'OwnershipInventory' })
export type OwnershipInventory = z.output<typeof OwnershipInventory>

/** Somebody who objects. */
export const OwnershipObjection = z
  .object({ id: z.uuid(), contactId: idOf('contact').nullable(), name: z.string().nullable(), at: Instant, text: z.string().nullable() })
  .meta({ id: 'OwnershipObjection' })

const ofChange = z.strictObject({ changeId: z.uuid() })

export const ownershipRoutes = routes({
  'GET /ownership-changes': {
    summary: 'Changes of ownership, newest first',
    access: 'member',
    query: PageQuery,
    answer: pageOf(OwnershipChange),
  },
  'POST /ownership-changes': {
    summary: 'Plan a change of ownership: the people are told so many days before',
    access: 'member',
    body: z.strictObject({
      successor: Line(200),
      effectiveOn: PlainDate,
      noticeDays: z.int().min(14).max(180).default(30),
      note: Text(5000).pipe(z.string().min(1, 'Please fill this in.')),
    }),
    status: 201,
    answer: OwnershipChange,
  },
  'POST /ownership-changes/{changeId}/telling': {
    summary: 'Tell everybody who can be reached, with a link to object',
    access: 'member',
    params: ofChange,
    body: z.strictObject({}),
    answer: OwnershipChange,
    refusals: ['http/conflict'],
  },
  'POST /ownership-changes/{changeId}/cancellation': {
    summary: 'It does not happen',
    access: 'member',
    params: ofChange,
    body: z.strictObject({}),
    answer: OwnershipChange,
    refusals: ['http/conflict'],
  },
  'GET /ownership-changes/{changeId}/inventory': {
    summary: 'What goes over: tables, kinds of data and numbers, to be given to the successor',
    access: 'member',
    params: ofChange,
    answer: OwnershipInventory,
  },
  'POST /ownership-changes/{changeId}/completion': {
    summary: 'It has happened: from its day on, once everybody was told; recorded as a hand-over to the successor',
    access: 'member',
    params: ofChange,
    body: z.strictObject({}),
    answer: OwnershipChange,
    refusals: ['http/conflict'],
  },
  'GET /ownership-changes/{changeId}/objections': {
    summary: 'Who objects, newest first',
    access: 'member',
    params: ofChange,
    query: PageQuery,
    answer: pageOf(OwnershipObjection),
  },
})
