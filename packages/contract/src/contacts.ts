import { z } from 'zod'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { EmailAddress, Instant, Line, Locale, PageQuery, PhoneInput, pageOf, Text, Zone } from './values.ts'

/** An email address or a phone number of a contact: as it is compared and dialled (`value`), as it was typed, and as the business's people read it (`shown`: numbers of its own country in national form, others in international). */
export const ContactPoint = z
  .object({
    id: idOf('contact_point'),
    kind: z.enum(['email', 'phone']),
    value: z.string(),
    asTyped: z.string(),
    shown: z.string(),
    label: z.string().nullable(),
    preferred: z.boolean(),
    shared: z.boolean(),
    verifiedAt: Instant.nullable(),
    /** Mail to it came back; correcting the address clears it. */
    bounce: z.object({ kind: z.enum(['permanent', 'temporary']), at: Instant }).nullable(),
  })
  .meta({ id: 'ContactPoint' })
export type ContactPoint = z.output<typeof ContactPoint>

/** Where a contact came from. */
export const ContactSource = z
  .enum(['member', 'api', 'booking', 'email', 'import', 'form', 'chat', 'call', 'demo'])
  .meta({ id: 'ContactSource' })
export type ContactSource = z.output<typeof ContactSource>

/** A contact as lists show it. */
export const ContactSummary = z
  .object({
    id: idOf('contact'),
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    /** The number as the business's people read it: national form for its own country, international for others. */
    phoneShown: z.string().nullable(),
    company: z.string().nullable(),
    tags: z.array(z.string()),
    ownerMemberId: idOf('member').nullable(),
    lastActivityAt: Instant,
    archivedAt: Instant.nullable(),
  })
  .meta({ id: 'ContactSummary' })
export type ContactSummary = z.output<typeof ContactSummary>

/** Somebody outside the business, with every way to reach her. */
export const Contact = z
  .object({
    id: idOf('contact'),
    version: z.int(),
    name: z.string(),
    givenName: z.string().nullable(),
    familyName: z.string().nullable(),
    company: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    locale: z.string().nullable(),
    zone: z.string().nullable(),
    source: ContactSource,
    ownerMemberId: idOf('member').nullable(),
    points: z.array(ContactPoint),
    tags: z.array(z.string()),
    createdAt: Instant,
    updatedAt: Instant,
    lastActivityAt: Instant,
    archivedAt: Instant.nullable(),
    /** The contact this one was merged into; reads follow it. */
    mergedInto: idOf('contact').nullable(),
  })
  .meta({ id: 'Contact' })
export type Contact = z.output<typeof Contact>

/** What is written about a contact point. `shared` lets several contacts have it: a family's address, a front desk's number. */
export const ContactPointInput = z.discriminatedUnion('kind', [
  z.strictObject({
    id: idOf('contact_point').optional(),
    kind: z.literal('email'),
    value: EmailAddress,
    label: Line(40).nullish(),
    preferred: z.boolean().optional(),
    shared: z.boolean().optional(),
  }),
  z.strictObject({
    id: idOf('contact_point').optional(),
    kind: z.literal('phone'),
    value: PhoneInput,
    label: Line(40).nullish(),
    preferred: z.boolean().optional(),
    shared: z.boolean().optional(),
  }),
])
export type ContactPointInput = z.output<typeof ContactPointInput>

const points = z.array(ContactPointInput).max(40)
const tags = z.array(Line(60)).max(60)

export const CreateContactBody = z.strictObject({
  name: Line(200),
  givenName: Line(120).nullish(),
  familyName: Line(120).nullish(),
  company: Line(200).nullish(),
  locale: Locale.nullish(),
  zone: Zone.nullish(),
  points: points.default([]),
  tags: tags.default([]),
  note: Text(20_000).optional(),
  ownerMemberId: idOf('member').nullish(),
})

/** Only what is sent is changed; `points` and `tags`, where sent, replace the whole list. */
export const EditContactBody = z.strictObject({
  name: Line(200).optional(),
  givenName: Line(120).nullish(),
  familyName: Line(120).nullish(),
  company: Line(200).nullish(),
  locale: Locale.nullish(),
  zone: Zone.nullish(),
  points: points.optional(),
  tags: tags.optional(),
  ownerMemberId: idOf('member').nullish(),
})

/** Who did something: `id` names a member, an API key or the contact. */
export const TimelineActor = z
  .object({ kind: z.enum(['member', 'api_key', 'contact_link', 'visitor', 'operator', 'system']), id: z.string().nullable() })
  .meta({ id: 'TimelineActor' })

/** One thing that happened to a contact. The summary is a key of the words with its values, so that every reader sees it in her language. */
export const TimelineEntry = z
  .object({
    id: idOf('timeline_event'),
    at: Instant,
    recordedAt: Instant,
    kind: z.string(),
    actor: TimelineActor,
    subject: z.object({ type: z.string(), id: z.uuid() }).nullable(),
    summary: z.object({ key: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) }),
  })
  .meta({ id: 'TimelineEntry' })
export type TimelineEntry = z.output<typeof TimelineEntry>

export const Note = z
  .object({
    id: z.uuid(),
    version: z.int(),
    contactId: idOf('contact'),
    body: z.string(),
    authorMemberId: idOf('member').nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    removedAt: Instant.nullable(),
  })
  .meta({ id: 'Note' })
export type Note = z.output<typeof Note>

const contactParams = z.strictObject({ contactId: idOf('contact') })
const noteParams = z.strictObject({ contactId: idOf('contact'), noteId: idOf('note') })

export const ContactListQuery = PageQuery.extend({
  /** `recent`: last activity first; `name`: alphabetical. */
  sort: z.enum(['recent', 'name']).default('recent'),
  tag: Line(60).optional(),
  ownerMemberId: idOf('member').optional(),
  archived: z.enum(['no', 'only']).default('no'),
})

export const contactsRoutes = routes({
  'GET /contacts': {
    summary: 'Contacts, by last activity or by name',
    access: 'member',
    query: ContactListQuery,
    answer: pageOf(ContactSummary),
  },
  'GET /contacts/search': {
    summary: 'Contacts by a part of the name, an email address or a phone number, best match first',
    access: 'member',
    query: z.strictObject({ q: Line(120), limit: z.coerce.number().int().min(1).max(50).default(20) }),
    answer: z.object({ items: z.array(ContactSummary) }),
  },
  'POST /contacts': {
    summary: 'Add a contact',
    access: 'member',
    body: CreateContactBody,
    status: 201,
    answer: Contact,
    refusals: ['contacts/point-taken', 'contacts/not-a-phone-number'],
  },
  'GET /contacts/{contactId}': {
    summary: 'One contact; a merged one answers as the contact it became',
    access: 'member',
    params: contactParams,
    answer: Contact,
  },
  'PATCH /contacts/{contactId}': {
    summary: 'Change a contact',
    access: 'member',
    params: contactParams,
    body: EditContactBody,
    answer: Contact,
    ifMatch: true,
    refusals: ['contacts/point-taken', 'contacts/not-a-phone-number'],
  },
  'DELETE /contacts/{contactId}': {
    summary: 'Archive a contact; nothing is erased, and it can be undone',
    access: 'member',
    params: contactParams,
    answer: Contact,
  },
  'POST /contacts/{contactId}/restore': {
    summary: 'Bring an archived contact back',
    access: 'member',
    params: contactParams,
    answer: Contact,
  },
  'GET /contacts/{contactId}/timeline': {
    summary: 'Everything that happened to a contact, newest first',
    access: 'member',
    params: contactParams,
    query: PageQuery,
    answer: pageOf(TimelineEntry),
  },
  'GET /contacts/{contactId}/notes': {
    summary: 'Notes about a contact, newest first',
    access: 'member',
    params: contactParams,
    query: PageQuery,
    answer: pageOf(Note),
  },
  'POST /contacts/{contactId}/notes': {
    summary: 'Add a note',
    access: 'member',
    params: contactParams,
    body: z.strictObject({ body: Text(20_000).refine((text) => text.length > 0, 'Please write something.') }),
    status: 201,
    answer: Note,
  },
  'PATCH /contacts/{contactId}/notes/{noteId}': {
    summary: 'Change a note',
    access: 'member',
    params: noteParams,
    body: z.strictObject({ body: Text(20_000).refine((text) => text.length > 0, 'Please write something.') }),
    answer: Note,
    ifMatch: true,
  },
  'DELETE /contacts/{contactId}/notes/{noteId}': {
    summary: 'Remove a note; it can be undone',
    access: 'member',
    params: noteParams,
    answer: Note,
  },
  'POST /contacts/{contactId}/notes/{noteId}/restore': {
    summary: 'Bring a removed note back',
    access: 'member',
    params: noteParams,
    answer: Note,
  },
  'GET /tags': {
    summary: 'The tags in use, with how many contacts carry each',
    access: 'member',
    answer: z.object({ items: z.array(z.object({ name: z.string(), contacts: z.int() })) }),
  },
})
