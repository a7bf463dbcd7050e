/** Reminders before an appointment and follow-ups after it: the rules, and what became of them for one booking. */
import { z } from 'zod'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { Instant, Line, Text } from './values.ts'

/** The ways a reminder can go. One that is not set up is shown as such, and nothing goes by it. */
export const reminderChannels = ['email', 'sms', 'call'] as const
export const ReminderChannel = z.enum(reminderChannels).meta({ id: 'ReminderChannel' })
export type ReminderChannel = z.output<typeof ReminderChannel>

/** The languages in which the business can write its own texts; whoever reads another one gets ours in hers. */
export const reminderLocales = ['en', 'es', 'fr'] as const
export const ReminderLocale = z.enum(reminderLocales).meta({ id: 'ReminderLocale' })
export type ReminderLocale = z.output<typeof ReminderLocale>

/** What can stand in a text as `{name}`; each becomes what it is for the one who reads. */
export const reminderFields = ['name', 'service', 'person', 'date', 'time', 'place', 'business', 'link'] as const
export type ReminderField = (typeof reminderFields)[number]

/** Names in braces that are no merge field, as they were typed. */
export const unknownReminderFields = (text: string): string[] => [
  ...new Set(
    [...text.matchAll(/\{([^{}]*)\}/g)]
      .map(([, name = '']) => name.trim())
      .filter((name) => !reminderFields.includes(name as ReminderField)),
  ),
]

const merging = <Schema extends z.ZodType<string>>(schema: Schema) =>
  schema.superRefine((text, context) => {
    for (const name of unknownReminderFields(text)) {
      const known = reminderFields.map((field) => `{${field}}`).join(' ')
      context.addIssue({ code: 'custom', message: `There is nothing that stands for {${name.slice(0, 40)}}. You can use ${known}.` })
    }
  })

const ruleFields = {
  moment: z.enum(['before', 'after']),
  /** So many minutes, hours or days before the start, or after the end. Days are counted on the wall clock of the business. */
  amount: z.int().min(1, 'At least 1.').max(999, 'At most 999.'),
  unit: z.enum(['minutes', 'hours', 'days']),
  channel: ReminderChannel,
  /** Null: for every service. */
  serviceIds: z.array(idOf('service')).min(1, 'Choose at least one service.').max(200).nullable(),
  active: z.boolean(),
}

/** The longest a reminder can be away from the appointment. */
const MOST_DAYS = 60
const minutesOf = { minutes: 1, hours: 60, days: 1440 } as const

/** A text of the business's own. Without a subject or body the one that stands ready is taken. */
const OwnText = z.strictObject({
  locale: ReminderLocale,
  subject: merging(Line(120)).nullable().default(null),
  body: merging(Text(2000).refine((text) => text !== '', 'Please fill this in, or send null.'))
    .nullable()
    .default(null),
})

const texts = z
  .array(OwnText)
  .max(reminderLocales.length)
  .refine((all) => new Set(all.map(({ locale }) => locale)).size === all.length, 'Each language can stand here once.')
  .meta({ examples: [[{ locale: 'en', subject: 'See you on {date}', body: 'Hello {name}, please bring your card.' }]] })

/** When, how and for what the business reminds its customers, or asks them afterwards. */
export const ReminderRule = z
  .object({
    id: z.uuid(),
    version: z.int(),
    ...ruleFields,
    texts: z.array(z.object({ locale: ReminderLocale, subject: z.string().nullable(), body: z.string().nullable() })),
  })
  .meta({ id: 'ReminderRule' })
export type ReminderRule = z.output<typeof ReminderRule>

const notTooFar = <Fields extends { readonly amount: number; readonly unit: keyof typeof minutesOf }>({ amount, unit }: Fields): boolean =>
  amount * minutesOf[unit] <= MOST_DAYS * minutesOf.days

export const ReminderRuleDraft = z
  .strictObject({
    ...ruleFields,
    serviceIds: ruleFields.serviceIds.default(null),
    active: ruleFields.active.default(true),
    texts: texts.default([]),
  })
  .refine(notTooFar, { path: ['amount'], message: `At most ${MOST_DAYS} days.` })
  .meta({ examples: [{ moment: 'before', amount: 1, unit: 'days', channel: 'email', serviceIds: null, active: true, texts: [] }] })
export type ReminderRuleDraft = z.output<typeof ReminderRuleDraft>

/** How a way stands here. */
export const ReminderWay = z.object({ channel: ReminderChannel, setUp: z.boolean() }).meta({ id: 'ReminderWay' })

/** A reminder as it would read, for an appointment that is made up. */
export const ReminderPreview = z.object({ locale: ReminderLocale, subject: z.string(), text: z.string() }).meta({ id: 'ReminderPreview' })

/** Why a reminder was not sent. */
export const ReminderSkip = z
  .enum([
    'moment_over',
    'rule_off',
    'cancelled',
    'moved',
    'over',
    'missed',
    'not_confirmed',
    'too_late',
    'channel_not_set_up',
    'no_address',
  ])
  .meta({ id: 'ReminderSkip' })
export type ReminderSkip = z.output<typeof ReminderSkip>

/** What she answered to a reminder: that she comes, or that she wants another time. */
export const ReminderAnswer = z.enum(['confirmed', 'move']).meta({ id: 'ReminderAnswer' })
export type ReminderAnswer = z.output<typeof ReminderAnswer>

/** One reminder of one booking. `refused`: it may not be sent; the message says why. */
export const Reminder = z
  .object({
    id: z.uuid(),
    moment: ruleFields.moment,
    amount: z.int(),
    unit: ruleFields.unit,
    channel: ReminderChannel,
    state: z.enum(['planned', 'sent', 'refused', 'skipped']),
    reason: ReminderSkip.nullable(),
    dueAt: Instant,
    /** When it was sent, refused or left out. */
    doneAt: Instant.nullable(),
    messageId: idOf('message').nullable(),
    conversationId: idOf('conversation').nullable(),
    answer: ReminderAnswer.nullable(),
    answeredAt: Instant.nullable(),
  })
  .meta({ id: 'Reminder' })
export type Reminder = z.output<typeof Reminder>

const rulePath = z.strictObject({ ruleId: z.uuid() })

export const reminderRoutes = routes({
  'GET /reminder-rules': {
    summary: 'When customers are reminded, or asked afterwards, and which ways are set up for it',
    access: 'member',
    answer: z.object({ items: z.array(ReminderRule), ways: z.array(ReminderWay) }),
  },
  'POST /reminder-rules': {
    summary: 'Add a reminder or a follow-up; bookings ahead get it too where its moment is still to come',
    access: 'member',
    body: ReminderRuleDraft,
    status: 201,
    answer: ReminderRule,
    refusals: ['http/conflict'],
  },
  'POST /reminder-rules/preview': {
    summary: 'How a reminder would read in each language, for an appointment that is made up',
    access: 'member',
    body: ReminderRuleDraft,
    answer: z.object({ items: z.array(ReminderPreview) }),
  },
  'POST /reminder-rules/test': {
    summary: 'Have a reminder that is being written sent to yourself, for an appointment that is made up',
    access: 'member',
    body: z.strictObject({ rule: ReminderRuleDraft, locale: ReminderLocale }),
    answer: z.object({ sentTo: z.string() }),
    refusals: ['http/conflict'],
  },
  'PUT /reminder-rules/{ruleId}': {
    summary: 'Change a reminder; what is planned follows it',
    access: 'member',
    params: rulePath,
    body: ReminderRuleDraft,
    ifMatch: true,
    answer: ReminderRule,
  },
  'DELETE /reminder-rules/{ruleId}': {
    summary: 'Take a reminder away; what is planned by it is not sent, what was sent stays on record',
    access: 'member',
    params: rulePath,
    status: 204,
    answer: z.undefined(),
  },
  'GET /bookings/{bookingId}/reminders': {
    summary: 'What is planned and what was sent about a booking, by its moment, and what she answered',
    access: 'member',
    params: z.strictObject({ bookingId: idOf('booking') }),
    answer: z.object({ items: z.array(Reminder) }),
  },
})
