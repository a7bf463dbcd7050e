import { z } from 'zod'
import { Country } from './accounts-shapes.ts'
import { companyRoutes } from './contacts-companies.ts'
import { listExportRoutes } from './contacts-export.ts'
import { contactFieldRoutes, FieldChanges } from './contacts-fields.ts'
import { contactFileRoutes } from './contacts-files.ts'
import { ContactCount, FilterInQuery } from './contacts-filter.ts'
import { HandleChannel } from './contacts-handles.ts'
import { contactHistoryRoutes } from './contacts-history.ts'
import { importRoutes } from './contacts-import.ts'
import { ContactListQuery } from './contacts-list.ts'
import { contactMergeRoutes } from './contacts-merge.ts'
import { relationRoutes } from './contacts-relations.ts'
import { bulkRoutes, listRoutes, segmentRoutes } from './contacts-segments.ts'
import { Contact, ContactSummary } from './contacts-shapes.ts'
import { ContactGroups, ContactGroupsQuery, ContactTablePart, ContactTableQuery } from './contacts-table.ts'
import { taskRoutes } from './contacts-tasks.ts'
import { TimelineActor } from './contacts-timeline.ts'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { EmailAddress, Instant, Line, Locale, PageQuery, PhoneInput, PlainDate, pageOf, Text, Zone } from './values.ts'

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
  z.strictObject({
    id: idOf('contact_point').optional(),
    kind: z.literal('handle'),
    channel: HandleChannel,
    /** What she is called there, or the address of her page: `@maria`, `https://instagram.com/maria`. */
    value: Line(500),
    label: Line(40).nullish(),
    preferred: z.boolean().optional(),
    shared: z.boolean().optional(),
  }),
])
export type ContactPointInput = z.output<typeof ContactPointInput>

/** Where somebody lives, for the rules of her place: how it is known, and of which day (today unless given). Only the country, and the state or province, are kept. */
export const LivesIn = z
  .strictObject({ country: Country, address: Text(500).nullish(), source: Line(120), asOf: PlainDate.nullish() })
  .meta({ id: 'LivesIn' })
export type LivesIn = z.output<typeof LivesIn>

const points = z.array(ContactPointInput).max(40)
const tags = z.array(Line(60)).max(60)

export const CreateContactBody = z.strictObject({
  name: Line(200),
  givenName: Line(120).nullish(),
  familyName: Line(120).nullish(),
  company: Line(200).nullish(),
  /** What she is at her company: `Office manager`. */
  companyRole: Line(120).nullish(),
  locale: Locale.nullish(),
  zone: Zone.nullish(),
  points: points.default([]),
  tags: tags.default([]),
  fields: FieldChanges.optional(),
  livesIn: LivesIn.optional(),
  note: Text(20_000).optional(),
  ownerMemberId: idOf('member').nullish(),
})

/** Only what is sent is changed; `points` and `tags`, where sent, replace the whole list; of `fields` those that are sent. */
export const EditContactBody = z.strictObject({
  name: Line(200).optional(),
  givenName: Line(120).nullish(),
  familyName: Line(120).nullish(),
  company: Line(200).nullish(),
  /** What she is at her company: `Office manager`. */
  companyRole: Line(120).nullish(),
  locale: Locale.nullish(),
  zone: Zone.nullish(),
  points: points.optional(),
  tags: tags.optional(),
  fields: FieldChanges.optional(),
  livesIn: LivesIn.optional(),
  ownerMemberId: idOf('member').nullish(),
})

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

/** Who sees a note: everybody who sees the contact; owners, admins and managers, and its author; or its author alone, and the former once she has left. */
export const NoteAudience = z.enum(['everybody', 'leads', 'author']).meta({ id: 'NoteAudience' })
export type NoteAudience = z.output<typeof NoteAudience>

export const Note = z
  .object({
    id: z.uuid(),
    version: z.int(),
    contactId: idOf('contact'),
    body: z.string(),
    audience: NoteAudience,
    /** Members who are mentioned in it. */
    mentions: z.array(idOf('member')),
    authorMemberId: idOf('member').nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    removedAt: Instant.nullable(),
  })
  .meta({ id: 'Note' })
export type Note = z.output<typeof Note>

const noteBody = Text(20_000).refine((text) => text.length > 0, 'Please write something.')
const mentions = z.array(idOf('member')).max(40)

const contactParams = z.strictObject({ contactId: idOf('contact') })
const noteParams = z.strictObject({ contactId: idOf('contact'), noteId: idOf('note') })

export const contactsRoutes = routes({
  ...companyRoutes,
  ...contactFieldRoutes,
  ...contactHistoryRoutes,
  ...importRoutes,
  ...listExportRoutes,
  ...contactMergeRoutes,
  ...relationRoutes,
  ...segmentRoutes,
  ...listRoutes,
  ...bulkRoutes,
  ...taskRoutes,
  ...contactFileRoutes,
  'GET /contacts': {
    summary: 'Contacts, by last activity or by name',
    description:
      'Go on until `next` is null: of a filter that few of many meet the first page comes at once, with those among the first thousand, and may be short or empty; the next one holds the others.',
    access: 'member',
    query: ContactListQuery,
    answer: pageOf(ContactSummary),
    refusals: ['contacts/filter-not-usable'],
  },
  'GET /contacts/table': {
    summary: 'Contacts as a table shows them, from anywhere in it and in both directions',
    description:
      'Go on with `after` or `before`, which cost the same at every place; `skip` jumps, and costs more the farther it goes. With `fromEnd=yes` the part ends so many rows before the end, so the last ones cost as little as the first.',
    access: 'member',
    query: ContactTableQuery,
    answer: ContactTablePart,
    refusals: ['contacts/filter-not-usable'],
  },
  'GET /contacts/groups': {
    summary: 'The groups of a list of contacts, and how many are in each',
    description:
      'By who looks after them, company, tag, or an own field with choices. Of companies and tags the 500 largest groups are answered, by name; those in no group come last. The rows of one group: `GET /contacts/table` with `groupBy` and `inGroup`.',
    access: 'member',
    query: ContactGroupsQuery,
    answer: ContactGroups,
    refusals: ['contacts/filter-not-usable'],
  },
  'GET /contacts/count': {
    summary: 'How many contacts a filter leaves; with `steps`, after each part of it',
    access: 'member',
    query: z.strictObject({ filter: FilterInQuery, steps: z.enum(['no', 'yes']).default('no') }),
    answer: ContactCount,
    refusals: ['contacts/filter-not-usable'],
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
    refusals: [
      'contacts/point-taken',
      'contacts/not-a-phone-number',
      'contacts/not-a-handle',
      'privacy/place-not-served',
      'privacy/unreadable-place',
      'privacy/erased-before',
    ],
  },
  'GET /contacts/{contactId}': {
    summary: 'One contact; a merged one answers as the contact it became',
    access: 'member',
    params: contactParams,
    answer: Contact,
  },
  'PATCH /contacts/{contactId}': {
    summary: 'Change a contact',
    description:
      'What others changed since the version in `If-Match` stays where it is about something else. Where both changed the same, nothing is saved: the refusal has the current values, and in `conflicts` each field with its value now, who wrote it and when.',
    access: 'member',
    params: contactParams,
    body: EditContactBody,
    answer: Contact,
    ifMatch: true,
    refusals: [
      'contacts/point-taken',
      'contacts/not-a-phone-number',
      'contacts/not-a-handle',
      'privacy/place-not-served',
      'privacy/unreadable-place',
      'privacy/erased-before',
    ],
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
    summary: 'Notes about a contact that you may see, newest first',
    access: 'member',
    params: contactParams,
    query: PageQuery,
    answer: pageOf(Note),
  },
  'POST /contacts/{contactId}/notes': {
    summary: 'Add a note; who is mentioned in it is told',
    access: 'member',
    params: contactParams,
    body: z.strictObject({ body: noteBody, audience: NoteAudience.default('everybody'), mentions: mentions.default([]) }),
    status: 201,
    answer: Note,
    refusals: ['contacts/merged', 'contacts/member-cannot-see'],
  },
  'PATCH /contacts/{contactId}/notes/{noteId}': {
    summary: 'Change a note; who sees it is its author’s to say, and between everybody and who leads the team also theirs',
    access: 'member',
    params: noteParams,
    body: z.strictObject({ body: noteBody, audience: NoteAudience.optional(), mentions: mentions.optional() }),
    answer: Note,
    ifMatch: true,
    refusals: ['contacts/merged', 'contacts/member-cannot-see'],
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
