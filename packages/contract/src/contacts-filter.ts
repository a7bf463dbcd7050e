import { z } from 'zod'
import { FieldKey } from './contacts-fields.ts'
import { idOf } from './ids.ts'
import { Line, PlainDate } from './values.ts'

/**
 * Which contacts are meant: groups of conditions, as lists, segments, exports and launches understand them alike. A condition with `not: true` is met by exactly those who do
 * not meet it without. Who was archived is left out, unless the filter itself speaks of that.
 */

const not = z.literal(true).optional()
const days = z.int().min(1).max(3660)

/** The last so many days up to now, or days of the business's calendar, ends included. */
const time = { withinDays: days.optional(), from: PlainDate.optional(), to: PlainDate.optional(), not }
const saysWhen = (wish: { withinDays?: number | undefined; from?: string | undefined; to?: string | undefined }): boolean =>
  (wish.withinDays !== undefined) !== (wish.from !== undefined || wish.to !== undefined)
const sayWhen = { error: 'Say within how many days, or from which day to which.' }

/** A way on which somebody may have agreed to hear from the business. */
export const ReachChannel = z.enum(['email', 'sms', 'call']).meta({ id: 'ReachChannel' })
export type ReachChannel = z.output<typeof ReachChannel>

/** What the timeline calls something that happened: `booking.confirmed`. */
export const TimelineKind = z
  .string()
  .max(60)
  .regex(/^[a-z_]+\.[a-z_]+$/, 'Write what happened like booking.confirmed.')

/** One condition; `on` says what it looks at. */
export const FilterCondition = z
  .discriminatedUnion('on', [
    /** The name is this text, begins with it, or has it somewhere; case and accents make no difference. */
    z.strictObject({ on: z.literal('name'), how: z.enum(['is', 'starts', 'has']), text: Line(200), not }),
    /** She belongs to this company; null: to none. */
    z.strictObject({ on: z.literal('company'), companyId: z.uuid().nullable(), not }),
    /** This member looks after her; null: nobody does. */
    z.strictObject({ on: z.literal('owner'), memberId: idOf('member').nullable(), not }),
    z.strictObject({ on: z.literal('tag'), tag: Line(60), not }),
    z.strictObject({ on: z.literal('created'), ...time }).refine(saysWhen, sayWhen),
    z.strictObject({ on: z.literal('last_activity'), ...time }).refine(saysWhen, sayWhen),
    z.strictObject({ on: z.literal('archived'), not }),
    /**
     * An own field that lists are narrowed by says one of `is`, or lies between `from` and `to`, ends included, or says anything at all (`filled`). A choice is named by its
     * key, a person by the member's id, yes and no by these words, an amount by its minor units.
     */
    z
      .strictObject({
        on: z.literal('field'),
        key: FieldKey,
        is: z.array(Line(200)).min(1).max(50).optional(),
        from: Line(40).optional(),
        to: Line(40).optional(),
        filled: z.literal(true).optional(),
        not,
      })
      .refine(
        ({ is, from, to, filled }) =>
          [is !== undefined, from !== undefined || to !== undefined, filled === true].filter(Boolean).length === 1,
        {
          error: 'Say which values, from what to what, or that there is any.',
        },
      ),
    /** She has an address, or a number. */
    z.strictObject({ on: z.literal('has'), what: z.enum(['email', 'phone']), not }),
    z.strictObject({ on: z.literal('list'), listId: z.uuid(), not }),
    /** Something of this kind happened so many times or more: ever, or within the last days. With `not` and one time: never. */
    z.strictObject({
      on: z.literal('event'),
      kind: TimelineKind,
      times: z.int().min(1).max(100).default(1),
      withinDays: days.optional(),
      not,
    }),
    /** What stands would let the business write or call with an offer. Asked anew at each sending; here to choose by. */
    z.strictObject({ on: z.literal('may'), channel: ReachChannel, not }),
  ])
  .meta({ id: 'FilterCondition' })
export type FilterCondition = z.output<typeof FilterCondition>

const MOST_IN_GROUP = 25
/** All of these, any of these, or none of these. */
const groupOf = <Part extends z.ZodType>(part: Part) =>
  z.union([
    z.strictObject({ all: z.array(part).min(1).max(MOST_IN_GROUP) }),
    z.strictObject({ any: z.array(part).min(1).max(MOST_IN_GROUP) }),
    z.strictObject({ none: z.array(part).min(1).max(MOST_IN_GROUP) }),
  ])

const InnermostGroup = groupOf(FilterCondition).meta({ id: 'FilterGroupInnermost' })
const InnerGroup = groupOf(z.union([FilterCondition, InnermostGroup])).meta({ id: 'FilterGroup' })
const part = z.union([FilterCondition, InnerGroup])

/** More than a person reads, and as much as a page asks in one question. */
const MOST_CONDITIONS = 40

/** A filter. `{ all: [] }` is everybody. Groups stand in groups, three deep. */
export const ContactFilter = z
  .union([
    z.strictObject({ all: z.array(part).max(MOST_IN_GROUP) }),
    z.strictObject({ any: z.array(part).min(1).max(MOST_IN_GROUP) }),
    z.strictObject({ none: z.array(part).min(1).max(MOST_IN_GROUP) }),
  ])
  .refine((filter) => conditionsOf(filter).length <= MOST_CONDITIONS, { error: `At most ${MOST_CONDITIONS} conditions.` })
  .meta({
    id: 'ContactFilter',
    examples: [
      {
        all: [
          { on: 'tag', tag: 'VIP' },
          { on: 'event', kind: 'booking.confirmed', times: 1, not: true },
          { on: 'may', channel: 'sms' },
        ],
      },
    ],
  })
export type ContactFilter = z.output<typeof ContactFilter>

/** What stands in a group. */
export type FilterPart = FilterCondition | FilterGroup
/** A group of any depth, for whoever walks through a filter. */
export type FilterGroup =
  | { readonly all: readonly FilterPart[] }
  | { readonly any: readonly FilterPart[] }
  | { readonly none: readonly FilterPart[] }

/** Whether a part is a condition. */
export const isCondition = (one: FilterPart): one is FilterCondition => 'on' in one

/** How a group joins its parts, and the parts. */
export function partsOf(group: FilterGroup): { readonly join: 'all' | 'any' | 'none'; readonly parts: readonly FilterPart[] } {
  if ('all' in group) return { join: 'all', parts: group.all }
  return 'any' in group ? { join: 'any', parts: group.any } : { join: 'none', parts: group.none }
}

/** Every condition of a filter with where it stands: `all.0`, `all.1.any.0`. */
export function conditionsOf(group: FilterGroup, path = ''): readonly { readonly path: string; readonly condition: FilterCondition }[] {
  const { join, parts } = partsOf(group)
  return parts.flatMap((one, at) => {
    const here = `${path === '' ? '' : `${path}.`}${join}.${at}`
    return isCondition(one) ? [{ path: here, condition: one }] : conditionsOf(one, here)
  })
}

/** A filter as an address carries it: its JSON in a query parameter. */
export const FilterInQuery = z
  .string()
  .max(8000)
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue({ code: 'custom', message: 'Write the filter as JSON.' })
      return z.NEVER
    }
  })
  .pipe(ContactFilter)
  .meta({ id: 'FilterInQuery', examples: ['{"all":[{"on":"tag","tag":"VIP"}]}'] })

/** How many contacts a filter leaves. */
export const ContactCount = z
  .object({
    count: z.int(),
    countedAt: z.iso.datetime({ offset: true }),
    /** How many are left after each part of the filter, in its order; null unless asked for. */
    steps: z.array(z.object({ path: z.string(), left: z.int() })).nullable(),
    /** How many there are before the filter begins; null unless asked for. */
    of: z.int().nullable(),
  })
  .meta({ id: 'ContactCount' })
export type ContactCount = z.output<typeof ContactCount>
