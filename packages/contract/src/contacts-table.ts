import { z } from 'zod'
import { FieldValues } from './contacts-fields.ts'
import { ContactListQuery } from './contacts-list.ts'
import { ContactSummary } from './contacts-shapes.ts'
import { Cursor, Instant, Line } from './values.ts'

/** A contact as a table shows it: what lists show, and what stands in the other columns. */
export const ContactRow = ContactSummary.extend({
  version: z.int(),
  givenName: z.string().nullable(),
  familyName: z.string().nullable(),
  createdAt: Instant,
  /** What the business’s own fields say, by their keys; empty ones are left out. */
  fields: FieldValues,
}).meta({ id: 'ContactRow' })
export type ContactRow = z.output<typeof ContactRow>

/** `own.` and the key of an own field. */
const OwnColumn = z.templateLiteral(['own.', z.string().regex(/^[a-z][a-z0-9_]{0,59}$/)])

/** What a table is ordered by; of own fields by those that lists are narrowed by and whose values have an order. */
export const TableSort = z.union([z.enum(['recent', 'name', 'created']), OwnColumn]).meta({ id: 'TableSort' })
export type TableSort = z.output<typeof TableSort>

/** What contacts are grouped by: who looks after them, their company, their tags, or an own field with choices that lists are narrowed by. */
export const GroupKey = z.union([z.enum(['owner', 'company', 'tag']), OwnColumn]).meta({ id: 'GroupKey' })
export type GroupKey = z.output<typeof GroupKey>

/** A column: `name`, `givenName`, `familyName`, `email`, `phone`, `company`, `owner`, `tags`, `activity`, `created`, or `own.` and the key of an own field. */
export const TableColumnKey = z
  .string()
  .regex(
    /^(name|givenName|familyName|email|phone|company|owner|tags|activity|created|own\.[a-z][a-z0-9_]{0,59})$/,
    'Name a column, like email or own.policy_number.',
  )
  .meta({ id: 'TableColumnKey', examples: ['email'] })

/** How a table looks: its columns in their order with their widths in px, and what it is ordered by. A column whose field is gone is left out when it is drawn. */
export const TableLook = z
  .strictObject({
    columns: z
      .array(z.strictObject({ key: TableColumnKey, width: z.int().min(80).max(640) }))
      .min(1)
      .max(40)
      .refine((columns) => new Set(columns.map(({ key }) => key)).size === columns.length, { error: 'Name each column once.' }),
    sort: TableSort,
    reverse: z.boolean(),
    /** What its rows are grouped by, and the groups of which only the heads are shown; `none` are those in no group. */
    group: GroupKey.optional(),
    shut: z.array(Line(60)).max(25).optional(),
    /** Cards on a board instead of rows, a column for each group. */
    board: z.literal(true).optional(),
  })
  .refine(({ group, board }) => !board || group !== undefined, { path: ['group'], error: 'Say what the columns of the board are.' })
  .meta({
    id: 'TableLook',
    examples: [
      {
        columns: [
          { key: 'name', width: 220 },
          { key: 'phone', width: 160 },
        ],
        sort: 'name',
        reverse: false,
      },
    ],
  })
export type TableLook = z.output<typeof TableLook>

const skipped = z.coerce.number().int().min(0).max(100_000_000)

/** A part of the table, from anywhere in it: after or before a cursor, or so many rows from one of its ends. */
export const ContactTableQuery = ContactListQuery.omit({ sort: true, cursor: true }).extend({
  /** Those that fit what is looked for, best match first and 50 at most; nothing else then narrows or orders them. */
  q: Line(120).optional(),
  /** `recent`: last activity first; `name`: alphabetical; `created`: who was added last first. */
  sort: TableSort.default('recent'),
  /** `yes` turns the order around. */
  reverse: z.enum(['no', 'yes']).default('no'),
  /** The rows that follow a place in the table. */
  after: Cursor.optional(),
  /** The rows before a place in the table. */
  before: Cursor.optional(),
  /** How many rows are passed over first, from the cursor or from the beginning; with `fromEnd`, from the end. */
  skip: skipped.default(0),
  fromEnd: z.enum(['no', 'yes']).default('no'),
  /** Only those of one group of `GET /contacts/groups`: its key, or `none`. */
  groupBy: GroupKey.optional(),
  inGroup: Line(60).optional(),
})
export type ContactTableQuery = z.output<typeof ContactTableQuery>

/** The groups of a list of contacts. */
export const ContactGroupsQuery = ContactListQuery.omit({ sort: true, cursor: true, limit: true }).extend({ by: GroupKey })

/** The groups of a list, and how many are in each. Whoever has several tags or choices is in several. */
export const ContactGroups = z
  .object({
    groups: z.array(
      z.object({
        /** What `inGroup` takes. */
        key: z.string(),
        /** Null for `none`: those who are in no group. */
        name: z.string().nullable(),
        count: z.int(),
      }),
    ),
    /** How many more groups there are, all smaller than these; narrow the list to see them. */
    left: z.int(),
  })
  .meta({ id: 'ContactGroups' })
export type ContactGroups = z.output<typeof ContactGroups>

/** A part of the table in its order, and the cursors of what follows and what comes before; null at the ends. */
export const ContactTablePart = z
  .object({ items: z.array(ContactRow), next: Cursor.nullable(), previous: Cursor.nullable() })
  .meta({ id: 'ContactTablePart' })
export type ContactTablePart = z.output<typeof ContactTablePart>
