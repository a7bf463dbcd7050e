/** People who wait for a time that is not free yet, and the offers that are made to them. */
import { z } from 'zod'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { Hue, NewContact, notify } from './scheduling-values.ts'
import { Instant, Line, PageQuery, PlainDate, pageOf, Zone } from './values.ts'

/** Parts of a day: until noon, until five, and after that. */
export const dayParts = ['morning', 'afternoon', 'evening'] as const
export const DayPart = z.enum(dayParts).meta({ id: 'DayPart' })
export type DayPart = z.output<typeof DayPart>

/** `waiting` for a time, `offered` one that she has not answered, `booked`, `left` by herself, `removed` by the team, `over`: her days are past, or she answered no offer. */
export const waitlistStates = ['waiting', 'offered', 'booked', 'left', 'removed', 'over'] as const
export const WaitlistState = z.enum(waitlistStates).meta({ id: 'WaitlistState' })
export type WaitlistState = z.output<typeof WaitlistState>

/** What became of an offer. `expired`: not answered in time; `withdrawn`: the team took it back. */
export const OfferState = z.enum(['open', 'accepted', 'passed', 'expired', 'withdrawn']).meta({ id: 'OfferState' })
export type OfferState = z.output<typeof OfferState>

const weekday = z.int().min(1).max(7)

const wishFields = {
  /** Only with this person. */
  staffId: idOf('staff').nullable(),
  fromDate: PlainDate,
  untilDate: PlainDate,
  /** Monday is 1; all seven: any day. */
  weekdays: z.array(weekday).min(1, 'Choose at least one day.').max(7),
  /** All three: any time. */
  parts: z.array(DayPart).min(1, 'Choose at least one part of the day.').max(3),
}

/** What suits somebody who waits. Days and parts of them are on her own clock. */
export const WaitlistWishes = z.strictObject(wishFields)
export type WaitlistWishes = z.output<typeof WaitlistWishes>

/** An offer: a time that is held for her until then. */
export const WaitlistOffer = z
  .object({
    id: z.uuid(),
    bookingId: idOf('booking'),
    start: Instant,
    state: OfferState,
    /** Somebody on the team made it. */
    byHand: z.boolean(),
    /** The time is held until then. */
    answerBy: Instant,
    answeredAt: Instant.nullable(),
  })
  .meta({ id: 'WaitlistOffer' })
export type WaitlistOffer = z.output<typeof WaitlistOffer>

/** Somebody on the waitlist. */
export const WaitlistEntry = z
  .object({
    ...wishFields,
    id: z.uuid(),
    state: WaitlistState,
    service: z.object({ id: idOf('service'), name: z.string(), hue: Hue }),
    staff: z.object({ id: idOf('staff'), name: z.string() }).nullable(),
    contact: z.object({ id: idOf('contact'), name: z.string() }),
    /** Whether she can be written to; otherwise somebody has to call her, and offers are made by hand. */
    hasEmail: z.boolean(),
    /** The clock of her wishes. */
    zone: Zone,
    /** The order in which offers are made, smallest first. */
    position: z.int(),
    source: z.enum(['page', 'member', 'api', 'operator']),
    /** Offers she did not answer. */
    missed: z.int(),
    /** The last offer made to her. */
    offer: WaitlistOffer.nullable(),
    createdAt: Instant,
    endedAt: Instant.nullable(),
    version: z.int(),
  })
  .meta({ id: 'WaitlistEntry' })
export type WaitlistEntry = z.output<typeof WaitlistEntry>

export const WaitlistDraft = z
  .strictObject({
    ...wishFields,
    staffId: wishFields.staffId.default(null),
    weekdays: wishFields.weekdays.default([1, 2, 3, 4, 5, 6, 7]),
    parts: wishFields.parts.default([...dayParts]),
    serviceId: idOf('service'),
    contactId: idOf('contact').optional(),
    contact: NewContact.optional(),
    placeDetail: Line(300).nullable().default(null),
    notify,
  })
  .refine((draft) => (draft.contactId === undefined) !== (draft.contact === undefined), {
    path: ['contactId'],
    message: 'Give either contactId or contact.',
  })
  .refine(({ fromDate, untilDate }) => fromDate <= untilDate, { path: ['untilDate'], message: 'The last day lies before the first one.' })

const entryPath = z.strictObject({ entryId: z.uuid() })

export const waitlistRoutes = routes({
  'GET /waitlist': {
    summary: 'Who waits for a time, in the order in which offers are made',
    description: 'Without `state` those who wait or have an offer.',
    access: 'member',
    query: PageQuery.extend({
      serviceId: idOf('service').optional(),
      contactId: idOf('contact').optional(),
      state: WaitlistState.optional(),
    }),
    answer: pageOf(WaitlistEntry),
  },
  'POST /waitlist': {
    summary: 'Put somebody on the waitlist',
    access: 'member',
    body: WaitlistDraft,
    status: 201,
    answer: WaitlistEntry,
    refusals: ['scheduling/service-closed', 'scheduling/already-waiting'],
  },
  'GET /waitlist/{entryId}': { summary: 'One who waits', access: 'member', params: entryPath, answer: WaitlistEntry },
  'PATCH /waitlist/{entryId}': {
    summary: 'Change what suits somebody who waits',
    access: 'member',
    params: entryPath,
    body: WaitlistWishes.partial(),
    ifMatch: true,
    answer: WaitlistEntry,
    refusals: ['scheduling/waitlist-changed'],
  },
  'POST /waitlist/{entryId}/move': {
    summary: 'Put somebody before another one in the order; null: at the end',
    access: 'member',
    params: entryPath,
    body: z.strictObject({ beforeId: z.uuid().nullable() }),
    answer: WaitlistEntry,
    refusals: ['scheduling/waitlist-changed'],
  },
  'POST /waitlist/{entryId}/offer': {
    summary: 'Offer somebody a time by hand: it is held for her, and she is written to',
    access: 'member',
    params: entryPath,
    body: z.strictObject({ start: Instant, staffId: idOf('staff').optional(), notify }),
    answer: WaitlistEntry,
    refusals: ['scheduling/slot-taken', 'scheduling/slot-not-offered', 'scheduling/waitlist-changed', 'scheduling/offer-too-late'],
  },
  'DELETE /waitlist/{entryId}': {
    summary: 'Take somebody off the waitlist; a time that was offered to her is free again',
    access: 'member',
    params: entryPath,
    ifMatch: true,
    answer: WaitlistEntry,
    refusals: ['scheduling/waitlist-changed'],
  },
  'POST /waitlist/{entryId}/restore': {
    summary: 'Put somebody back who was taken off',
    access: 'member',
    params: entryPath,
    answer: WaitlistEntry,
    refusals: ['scheduling/waitlist-changed', 'scheduling/already-waiting'],
  },
})
