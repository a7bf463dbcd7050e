/** Calendars that people keep elsewhere, and the address under which their bookings can be read from there. */
import { z } from 'zod'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { Instant, Line } from './values.ts'

/**
 * Why a calendar could not be read: nobody answers for its name; it leads into a private network; nobody is there; no answer in time; its certificate does not hold; there is nothing at this
 * address; it is not shown to us; its server failed; it is too large; it is no calendar; it takes too long to work out; its provider does not know our permission any more; its provider gets nothing from here,
 * because of the register of recipients.
 */
export const CalendarFailure = z
  .enum([
    'unknown_name',
    'address_refused',
    'no_connection',
    'timeout',
    'certificate',
    'not_found',
    'access_denied',
    'server_error',
    'too_large',
    'not_a_calendar',
    'too_much',
    'signed_out',
    'recipient_stopped',
  ])
  .meta({ id: 'CalendarFailure' })
export type CalendarFailure = z.output<typeof CalendarFailure>

/** Whose calendars are reached by an API of their own, with a permission that their owner gives there. */
export const CalendarProvider = z.enum(['google', 'microsoft']).meta({ id: 'CalendarProvider' })
export type CalendarProvider = z.output<typeof CalendarProvider>

/** What holds while a calendar cannot be read: its person cannot be booked, or she can and whoever books is told. */
export const IfFailing = z.enum(['block', 'warn']).meta({ id: 'IfFailing' })
export type IfFailing = z.output<typeof IfFailing>

const address = z
  .string()
  .trim()
  .max(2000)
  .refine((text) => URL.canParse(text), 'Paste the whole address of the calendar, beginning with https:// or webcal://.')
  .meta({ examples: ['https://calendar.example.com/ana/private.ics'] })

/** An account of a CalDAV server. `writes`: bookings are written into its calendar. */
const account = z.strictObject({ username: Line(200), password: z.string().min(1).max(500), writes: z.boolean().default(true) })

/** A calendar somewhere else whose busy times count for a person. Its address is a secret, and not shown again. */
export const CalendarLink = z
  .object({
    id: z.uuid(),
    staffId: idOf('staff'),
    /** `ics`: a file behind a secret address, read only. `caldav`: a calendar of an account. `google`, `microsoft`: one by their own API. */
    kind: z.enum(['ics', 'caldav', 'google', 'microsoft']),
    name: z.string(),
    /** Whose server it is on. */
    host: z.string(),
    ifFailing: IfFailing,
    /** `waiting`: it was not read yet. */
    state: z.enum(['waiting', 'working', 'failing']),
    triedAt: Instant.nullable(),
    /** How old what is known is. */
    readAt: Instant.nullable(),
    failingSince: Instant.nullable(),
    failure: CalendarFailure.nullable(),
    /** What is known is too old to be relied on, or there is nothing yet: what `ifFailing` says holds. */
    unreliable: z.boolean(),
    /** From here on nothing is known; null where all of it could be read. */
    unknownFrom: Instant.nullable(),
    /** Events whose repetition cannot be understood; of those the first time counts alone. */
    brokenEvents: z.int(),
    /** Events that repeat so often that they were given up. */
    endlessEvents: z.int(),
    /** Busy times ahead, touching ones counted as one. */
    busyAhead: z.int(),
    /** Bookings ahead that stand in a busy time, soonest first, at most 20. */
    bookingIds: z.array(idOf('booking')),
    /** Whether bookings are written there: time and service, nobody's name. */
    writes: z.boolean(),
    /** Which of the account's calendars it is; null for a file, and until it was read. */
    collection: z.string().nullable(),
    /** All calendars of the account. */
    choices: z.array(z.object({ id: z.string(), name: z.string(), chosen: z.boolean() })),
    /** Bookings ahead that somebody moved or deleted there. Here they stand as they were. */
    changedThere: z.array(
      z.object({ bookingId: idOf('booking'), change: z.enum(['moved', 'deleted']), start: Instant.nullable(), end: Instant.nullable() }),
    ),
    createdAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'CalendarLink' })
export type CalendarLink = z.output<typeof CalendarLink>

/** What a feed says of a booking: the service, or the service and who comes. */
export const FeedShows = z.enum(['services', 'names']).meta({ id: 'FeedShows' })

/** The address under which a person's bookings can be read. Whoever knows it reads them. */
export const CalendarFeed = z.object({ url: z.string(), shows: FeedShows, createdAt: Instant }).meta({ id: 'CalendarFeed' })
export type CalendarFeed = z.output<typeof CalendarFeed>

const staffPath = z.strictObject({ staffId: idOf('staff') })
const calendarPath = z.strictObject({ calendarId: z.uuid() })
const feed = z.object({ feed: CalendarFeed.nullable() })

export const calendarRoutes = routes({
  'GET /staff/{staffId}/calendars': {
    summary: 'Calendars elsewhere whose busy times count for a person',
    access: 'member',
    params: staffPath,
    answer: z.object({ items: z.array(CalendarLink) }),
  },
  'POST /staff/{staffId}/calendars': {
    summary: 'Count the busy times of a calendar elsewhere',
    description:
      'By its secret address, or with an account by CalDAV, where the address is that of the server or of one calendar. It is read at once and every ten minutes from then on.',
    access: 'member',
    params: staffPath,
    body: z.strictObject({ name: Line(80), address, ifFailing: IfFailing.default('block'), account: account.optional() }),
    // Secret addresses and passwords are long and full of digits; a card number hidden in one would be encrypted with it.
    numbers: 'belong',
    status: 201,
    answer: CalendarLink,
    refusals: ['scheduling/calendar-refused', 'scheduling/too-many-calendars', 'scheduling/not-your-calendars'],
  },
  'GET /calendar-providers': {
    summary: 'The providers whose calendars can be connected by their own API, because the host has registered this server with them',
    access: 'member',
    answer: z.object({ items: z.array(CalendarProvider) }),
  },
  'POST /staff/{staffId}/calendar-departures': {
    summary: 'Begin to connect a calendar of Google or Microsoft',
    description:
      'Answers the address at the provider where its owner gives the permission. She comes back to /calendars/arrive with a code, which `POST /calendar-arrivals` takes within ten minutes, from whoever began. With `calendarId` a calendar gets a new permission in place of one that ended.',
    access: 'member',
    params: staffPath,
    body: z.strictObject({
      provider: CalendarProvider,
      name: Line(80),
      ifFailing: IfFailing.default('block'),
      writes: z.boolean().default(true),
      calendarId: z.uuid().optional(),
    }),
    answer: z.object({ url: z.string() }),
    refusals: [
      'scheduling/calendar-provider-missing',
      'scheduling/too-many-calendars',
      'scheduling/not-your-calendars',
      'privacy/recipient-stopped',
    ],
    answerIsSecret: true,
  },
  'POST /calendar-arrivals': {
    summary: 'Connect the calendar whose owner came back with a permission; it is read at once',
    access: 'member',
    body: z.strictObject({ state: z.string().max(3000), code: z.string().min(1).max(4000) }),
    numbers: 'belong',
    status: 201,
    answer: CalendarLink,
    refusals: [
      'scheduling/calendar-departure-over',
      'scheduling/calendar-provider-missing',
      'scheduling/too-many-calendars',
      'scheduling/not-your-calendars',
      'privacy/recipient-stopped',
    ],
  },
  'PATCH /calendars/{calendarId}': {
    summary:
      'Change the name of a calendar, what holds while it cannot be read, which of the account’s calendars it is, or whether bookings are written there',
    access: 'member',
    params: calendarPath,
    body: z.strictObject({ name: Line(80), ifFailing: IfFailing, writes: z.boolean(), choice: z.string().max(64) }).partial(),
    ifMatch: true,
    answer: CalendarLink,
    refusals: ['scheduling/not-your-calendars'],
  },
  'DELETE /calendars/{calendarId}': {
    summary: 'Let go of a calendar; its busy times count no longer',
    access: 'member',
    params: calendarPath,
    status: 204,
    answer: z.undefined(),
    refusals: ['scheduling/not-your-calendars'],
  },
  'POST /calendars/{calendarId}/read': {
    summary: 'Read a calendar now',
    access: 'member',
    params: calendarPath,
    status: 202,
    answer: CalendarLink,
    refusals: ['scheduling/not-your-calendars'],
  },
  'GET /staff/{staffId}/calendar-feed': {
    summary: 'The address under which a person’s bookings can be read',
    access: 'member',
    params: staffPath,
    answer: feed,
    refusals: ['scheduling/not-your-calendars'],
  },
  'PUT /staff/{staffId}/calendar-feed': {
    summary: 'Make that address, or change what it shows',
    access: 'member',
    params: staffPath,
    body: z.strictObject({ shows: FeedShows }),
    answer: feed,
    refusals: ['scheduling/not-your-calendars'],
  },
  'POST /staff/{staffId}/calendar-feed/renew': {
    summary: 'Make a new address; the one before leads nowhere from now on',
    access: 'member',
    params: staffPath,
    answer: feed,
    refusals: ['scheduling/not-your-calendars'],
    answerIsSecret: true,
  },
  'DELETE /staff/{staffId}/calendar-feed': {
    summary: 'Take that address away',
    access: 'member',
    params: staffPath,
    status: 204,
    answer: z.undefined(),
    refusals: ['scheduling/not-your-calendars'],
  },
})
