import { z } from 'zod'
import { Country } from './accounts-shapes.ts'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { EmailAddress, Instant, Line, PageQuery, pageOf } from './values.ts'

/** Somebody whose data must not be kept: a child, or a person of a place that the business does not serve. */
export const FlaggedContact = z
  .object({
    id: z.uuid(),
    contactId: idOf('contact'),
    /** Her name; null once she is gone. */
    name: z.string().nullable(),
    reason: z.enum(['child', 'place']),
    country: z.string().nullable(),
    /** How it was found: by her number, by the ending of her mail address, by a member, or by a report from outside. */
    foundBy: z.enum(['phone', 'mail', 'member', 'report']),
    relation: z.enum(['parent', 'guardian', 'other']).nullable(),
    flaggedAt: Instant,
    /** When she is erased, unless somebody says that it was a mistake. */
    dueAt: Instant,
    state: z.enum(['open', 'released', 'erasing']),
  })
  .meta({ id: 'FlaggedContact' })
export type FlaggedContact = z.output<typeof FlaggedContact>

/** What is known of one contact's age and place, and what the business settled about both. */
export const ContactFlags = z
  .object({
    underAge: z.boolean(),
    /** Under which age. */
    ageLimit: z.union([z.literal(13), z.literal(16), z.literal(18)]),
    /** Whether the business lets a parent or guardian agree. */
    guardianMayAgree: z.boolean(),
    /** The newest question to a parent or guardian about her. */
    guardian: z.object({ askedAt: Instant, endsAt: Instant, agreedAt: Instant.nullable() }).nullable(),
    /** The countries that the business serves; null: all. */
    served: z.array(Country).nullable(),
    /** Why she is kept apart now, the earliest end first. */
    open: z.array(FlaggedContact),
  })
  .meta({ id: 'ContactFlags' })
export type ContactFlags = z.output<typeof ContactFlags>

const ofContact = z.strictObject({ contactId: idOf('contact') })

export const flagsRoutes = routes({
  'GET /flagged-contacts': {
    summary: 'Contacts that are kept apart and will be erased: children, and people of places that are not served',
    access: 'member',
    query: PageQuery,
    answer: pageOf(FlaggedContact),
  },
  'POST /flagged-contacts/{flagId}/release': {
    summary: 'Say that it was a mistake; her data may be used again',
    access: 'member',
    params: z.strictObject({ flagId: z.uuid() }),
    body: z.strictObject({ because: Line(300) }),
    status: 204,
    answer: z.undefined(),
  },
  'POST /contacts/{contactId}/child-report': {
    summary: 'This is a child without a parent’s consent: not used from now on, erased within a day',
    access: 'member',
    params: ofContact,
    status: 204,
    answer: z.undefined(),
  },
  'GET /contacts/{contactId}/flags': {
    summary: 'What is known of her age and place: whether she is kept apart, why, and until when',
    access: 'member',
    params: ofContact,
    answer: ContactFlags,
  },
  'POST /contacts/{contactId}/guardian': {
    summary: 'This is a child: ask the parent or guardian by mail',
    description:
      'Her data is not used until the parent or guardian agreed, and erased after seven days where nobody did. Only where the business lets a parent or guardian agree.',
    access: 'member',
    params: ofContact,
    body: z.strictObject({ name: Line(120), email: EmailAddress }),
    status: 204,
    answer: z.undefined(),
    refusals: ['privacy/guardian-is-child', 'privacy/refused'],
  },
  'GET /contacts/{contactId}/under-age': {
    summary: 'Whether somebody is noted as under the age of the business',
    access: 'member',
    params: ofContact,
    answer: z.object({ underAge: z.boolean() }),
  },
  'PUT /contacts/{contactId}/under-age': {
    summary: 'Note that somebody is under the age of the business, or that she is not; no age is kept, and no marketing reaches her',
    access: 'member',
    params: ofContact,
    body: z.strictObject({ underAge: z.boolean() }),
    status: 204,
    answer: z.undefined(),
  },
  'POST /contacts/{contactId}/residence': {
    summary: 'Say where somebody lives, as far as it matters here: whether the business serves that country',
    description:
      'Nothing is kept where it is served. Where it is not, her data is not used from now on and erased within a day, unless somebody says that it was a mistake.',
    access: 'member',
    params: ofContact,
    body: z.strictObject({ country: Country }),
    answer: z.object({ served: z.boolean() }),
  },
})
