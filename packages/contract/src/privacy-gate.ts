import { z } from 'zod'
import { ContactSource } from './contacts-shapes.ts'
import { idOf } from './ids.ts'
import { ContactChannel } from './privacy-channel.ts'
import { KnownFact, KnownFactInput } from './privacy-known-facts.ts'
import { Suppression } from './privacy-suppression.ts'
import { routes } from './routes.ts'
import { Instant, PageQuery } from './values.ts'

/** What a touch is for. It follows from the object it hangs on. */
export const ContactPurpose = z.enum(['reply', 'service', 'legal', 'feedback', 'marketing']).meta({ id: 'ContactPurpose' })

/** Whose voice a call brings: a person's, one made by a machine, or a recording. */
export const ContactVoice = z.enum(['human', 'artificial', 'prerecorded']).meta({ id: 'ContactVoice' })

/** Why somebody may or may not be reached: a code with its values, to be said in the reader's words, and the source of the rule where it is a law. */
export const ContactReason = z
  .object({
    code: z.string(),
    effect: z.enum(['allows', 'blocks', 'defers', 'notes']),
    params: z.record(z.string(), z.string()),
    authority: z.string().nullable(),
  })
  .meta({ id: 'ContactReason' })
export type ContactReason = z.output<typeof ContactReason>

/** The gate's answer for one way to reach a contact. */
export const MayContactAnswer = z
  .object({
    channel: ContactChannel,
    purpose: ContactPurpose,
    /** Of a call: whose voice it would bring. */
    voice: ContactVoice.nullable(),
    pointId: idOf('contact_point').nullable(),
    /** The object it would hang on, such as the next booking; null where there is none. */
    about: z.object({ type: z.string(), id: z.uuid() }).nullable(),
    allowed: z.boolean(),
    reasons: z.array(ContactReason),
    /** What must be said or written with it, as codes with their values. */
    requires: z.array(z.object({ code: z.string(), params: z.record(z.string(), z.string()), authority: z.string().nullable() })),
    /** When it would be allowed, where only the moment stands in the way. */
    nextMoment: Instant.nullable(),
    /** The first step that would allow it, as a code; null where none would. */
    remedy: z.string().nullable(),
  })
  .meta({ id: 'MayContactAnswer' })
export type MayContactAnswer = z.output<typeof MayContactAnswer>

/** Where somebody came from: what is answered to "who gave you my number?". */
export const ContactOrigin = z
  .object({
    source: ContactSource,
    at: Instant,
    /** Who took it down, where that was a member. */
    memberName: z.string().nullable(),
  })
  .meta({ id: 'ContactOrigin' })

const minute = z.int().min(0).max(1440)

/** A stretch of her wall clock: ISO weekdays 1 (Monday) to 7, minutes since midnight, the end not included. */
const WallWindow = z
  .strictObject({ weekdays: z.array(z.int().min(1).max(7)).min(1).max(7), fromMinute: minute, toMinute: minute })
  .refine(({ fromMinute, toMinute }) => fromMinute < toMinute, 'The end comes after the beginning.')
  .meta({ examples: [{ weekdays: [1, 2, 3, 4, 5], fromMinute: 540, toMinute: 1080 }] })

const place = z
  .string()
  .regex(/^(US|CA)-[A-Z]{2}$/, 'Two letters for the country and two for the state or province, like US-FL.')
  .meta({ examples: ['US-FL'] })

/** What a workspace asks of itself when it reaches people. It can only be stricter than the law: nothing here opens what the law closes. */
export const ContactPolicy = z
  .strictObject({
    channelsOff: z.array(ContactChannel).max(8),
    voicesOff: z.array(ContactVoice).max(3),
    /** When offers and questions may go out, on her wall clock; empty means whenever the law lets them. */
    hours: z.array(WallWindow).max(21),
    /** When they may not. */
    quiet: z.array(WallWindow).max(21),
    sundaysOff: z.boolean(),
    holidaysOff: z.boolean(),
    /** Over calls, texts and mails of all rooms together. */
    caps: z.array(z.strictObject({ count: z.int().min(1).max(1000), hours: z.int().min(1).max(744) })).max(5),
    mailNeedsConsent: z.boolean(),
    announceRecording: z.boolean(),
    collectsDebts: z.boolean(),
    healthCare: z.boolean(),
    /** Where we are registered as telephone sellers. */
    registeredIn: z.array(place).max(64),
    /** Where an emergency was declared, so that no offers go. */
    emergencies: z.array(place).max(64),
  })
  .meta({ id: 'ContactPolicy' })
export type ContactPolicy = z.output<typeof ContactPolicy>

/** Nothing beyond the law. */
export const noOwnRules: ContactPolicy = {
  channelsOff: [],
  voicesOff: [],
  hours: [],
  quiet: [],
  sundaysOff: false,
  holidaysOff: false,
  caps: [],
  mailNeedsConsent: false,
  announceRecording: false,
  collectsDebts: false,
  healthCare: false,
  registeredIn: [],
  emergencies: [],
}

/** The own rules with the version to change them by. */
export const ContactPolicyState = z.object({ version: z.int(), rules: ContactPolicy }).meta({ id: 'ContactPolicyState' })
export type ContactPolicyState = z.output<typeof ContactPolicyState>

/** One rule of the law, as the rulebook has it. */
export const LawRule = z
  .object({
    id: z.string(),
    place: z.string(),
    kind: z.string(),
    law: z.string(),
    source: z.string(),
    asOf: z.string(),
    certainty: z.string(),
    does: z.string(),
  })
  .meta({ id: 'LawRule' })

/** The answers for one part of a list, counted. Parts add up; ask with `next` until it is null. */
export const ListAnswer = z
  .object({
    checked: z.int(),
    allowed: z.int(),
    /** Allowed later: only the moment stands in the way. */
    later: z.int(),
    /** How many it is that each reason stands in the way of. Somebody with two reasons counts in both. */
    reasons: z.array(z.object({ code: z.string(), effect: z.enum(['blocks', 'defers']), count: z.int(), remedy: z.string().nullable() })),
    next: z.string().nullable(),
  })
  .meta({ id: 'ListAnswer' })
export type ListAnswer = z.output<typeof ListAnswer>

export const gateRoutes = routes({
  'GET /contacts/{contactId}/may-contact': {
    summary: 'Why we may or may not reach this person, by channel and purpose',
    access: 'member',
    params: z.strictObject({ contactId: idOf('contact') }),
    answer: z.object({
      contactId: idOf('contact'),
      decidedAt: Instant,
      rulebookVersion: z.string(),
      answers: z.array(MayContactAnswer),
      /** What she stopped, and is in force. */
      stops: z.array(Suppression),
      origin: ContactOrigin,
      /** What the rules ask about her and her numbers, and where it is known from. */
      known: z.array(KnownFact),
    }),
  },
  'POST /contacts/{contactId}/known-facts': {
    summary: 'Record where she lives, what kind of line a number is, or whether it was given to somebody else',
    description:
      'The newest counts. Of an address only the country, and the state or province, are kept. A number that is corrected forgets what was known of it.',
    access: 'member',
    params: z.strictObject({ contactId: idOf('contact') }),
    body: KnownFactInput,
    status: 201,
    answer: z.object({ known: z.array(KnownFact) }),
    refusals: ['privacy/unreadable-place'],
  },
  'GET /may-contact': {
    summary: 'How many of a list may be contacted now, and why not the others',
    description: 'Answers for up to 1,000 contacts at a time, those of a tag or all. Sending asks again for each.',
    access: 'member',
    query: PageQuery.pick({ cursor: true }).extend({
      tag: z.string().max(100).optional(),
      channel: ContactChannel,
      purpose: z.enum(['feedback', 'marketing']),
      voice: ContactVoice.default('human'),
    }),
    answer: ListAnswer,
  },
  'GET /contact-policy': {
    summary: 'The rules that the business adds to the law when it reaches people',
    access: 'member',
    answer: ContactPolicyState,
  },
  'PUT /contact-policy': {
    summary: 'Change the rules that the business adds to the law',
    access: 'member',
    body: ContactPolicy,
    ifMatch: true,
    answer: ContactPolicyState,
  },
  'GET /contact-law': {
    summary: 'The rules of law that the gate goes by, with their sources',
    access: 'member',
    answer: z.object({ version: z.string(), asOf: z.string(), countries: z.array(z.string()), rules: z.array(LawRule) }),
  },
})
