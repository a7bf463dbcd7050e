import { z } from 'zod'
import { Contact, ContactSummary } from './contacts-shapes.ts'
import { TimelineActor } from './contacts-timeline.ts'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { Instant, Line, PageQuery, pageOf } from './values.ts'

/**
 * How alike two names are: the same, but for accents, with the words in another order, but for a slip of the keyboard, one with a word more, one with an initial; of one
 * family; or other names.
 */
export const NameLikeness = z.enum(['same', 'accents', 'order', 'typo', 'part', 'initial', 'family', 'other']).meta({ id: 'NameLikeness' })
export type NameLikeness = z.output<typeof NameLikeness>

/** Why two contacts may be one person. `similar_email`: addresses that reach the same mailbox. `another_birthday` speaks against it. */
export const DuplicateReason = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.enum(['email', 'similar_email', 'phone', 'company', 'birthday', 'city', 'another_birthday']) }),
    z.object({ kind: z.literal('name'), likeness: NameLikeness }),
  ])
  .meta({ id: 'DuplicateReason' })
export type DuplicateReason = z.output<typeof DuplicateReason>

/** Two contacts that may be one person (`same`), or that share an address or number under different names (`household`). */
export const DuplicatePair = z
  .object({
    id: z.uuid(),
    likeness: z.enum(['same', 'household']),
    /** 0 to 100; above 80 hardly anybody would doubt it. */
    score: z.int(),
    reasons: z.array(DuplicateReason),
    state: z.enum(['open', 'not_same']),
    foundAt: Instant,
    contacts: z.array(ContactSummary).length(2),
  })
  .meta({ id: 'DuplicatePair' })
export type DuplicatePair = z.output<typeof DuplicatePair>

/** How far looking through all contacts is; null where nobody ever asked for it. */
export const DuplicateSearch = z
  .object({ looked: z.int(), total: z.int(), startedAt: Instant, finishedAt: Instant.nullable() })
  .meta({ id: 'DuplicateSearch' })
export type DuplicateSearch = z.output<typeof DuplicateSearch>

/** From whom a value is taken: the contact that stays, the one that is merged into it, or both where there can be several. */
export const MergeChoice = z.enum(['survivor', 'merged', 'both']).meta({ id: 'MergeChoice' })
export type MergeChoice = z.output<typeof MergeChoice>

/** One field of two contacts that are compared. Values are as contacts have them; null is nothing. */
export const MergeField = z
  .object({
    /** `name`, `company` …, or `own.` and the key of an own field. */
    field: z.string(),
    survivor: z.unknown(),
    merged: z.unknown(),
    choices: z.array(MergeChoice),
    /** What is taken unless another choice is made, and why. */
    suggested: MergeChoice,
    why: z.enum(['same', 'only_one', 'fuller', 'newer', 'several']),
  })
  .meta({ id: 'MergeField' })
export type MergeField = z.output<typeof MergeField>

export const MergePreview = z
  .object({
    survivor: Contact,
    merged: Contact,
    fields: z.array(MergeField),
    /** What comes along besides: of each kind how much. A kind is named as its table: `booking`, `note`, `message`. */
    moves: z.array(z.object({ kind: z.string(), count: z.int() })),
    /** Why they may be one person, where that was found. */
    pair: z.object({ id: z.uuid(), score: z.int(), reasons: z.array(DuplicateReason) }).nullable(),
  })
  .meta({ id: 'MergePreview' })
export type MergePreview = z.output<typeof MergePreview>

/** One merge: who stayed, who was merged into whom, by whom, and whether it was undone. */
export const ContactMerge = z
  .object({
    id: z.uuid(),
    survivorId: idOf('contact'),
    mergedId: idOf('contact'),
    /** What the merged contact was called, and is again after an undo. */
    mergedName: z.string(),
    at: Instant,
    by: TimelineActor,
    undoneAt: Instant.nullable(),
    undoneBy: TimelineActor.nullable(),
  })
  .meta({ id: 'ContactMerge' })
export type ContactMerge = z.output<typeof ContactMerge>

/** Something that came to the contact after the merge. It stays with whom it was written about, unless it is chosen to go. */
export const SinceMerge = z.object({ kind: z.string(), id: z.uuid(), at: Instant.nullable() }).meta({ id: 'SinceMerge' })
export type SinceMerge = z.output<typeof SinceMerge>

/** What an undo did: both contacts, and the fields that somebody changed since and that therefore stayed. */
export const UndoneMerge = z
  .object({ merge: ContactMerge, survivor: Contact, merged: Contact, stayed: z.array(z.string()) })
  .meta({ id: 'UndoneMerge' })
export type UndoneMerge = z.output<typeof UndoneMerge>

export const MergeContactsBody = z.strictObject({
  /** The contact that is merged into this one. Its id leads here from then on. */
  mergedId: idOf('contact'),
  /** The versions of both that were compared. */
  version: z.int().min(1),
  mergedVersion: z.int().min(1),
  /** Field by field; what is left out is taken as suggested. */
  take: z.record(Line(70), MergeChoice).default({}),
})

export const UndoMergeBody = z.strictObject({
  /** What came since and belongs to the contact that goes apart again, of `GET /merges/{mergeId}/since`. */
  give: z
    .array(z.strictObject({ kind: Line(70), id: z.uuid() }))
    .max(200)
    .default([]),
})

const contactParams = z.strictObject({ contactId: idOf('contact') })
const mergeParams = z.strictObject({ mergeId: z.uuid() })
const pairParams = z.strictObject({ pairId: z.uuid() })

export const contactMergeRoutes = routes({
  'GET /duplicates': {
    summary: 'Contacts that may be one person, the likeliest first, with the reasons',
    access: 'member',
    query: PageQuery.extend({
      /** `same`: probably one person; `household`: people who share an address or number; `not_same`: what was decided. */
      show: z.enum(['same', 'household', 'not_same']).default('same'),
    }),
    answer: pageOf(DuplicatePair).extend({ search: DuplicateSearch.nullable() }),
  },
  'POST /duplicates/search': {
    summary: 'Look through all contacts for such that may be one person; new and changed ones are looked at by themselves',
    access: 'member',
    status: 202,
    answer: DuplicateSearch,
  },
  'POST /duplicates/{pairId}/not-same': {
    summary: 'These two are not the same person; they are not suggested again',
    access: 'member',
    params: pairParams,
    answer: DuplicatePair,
  },
  'POST /duplicates/{pairId}/reopen': {
    summary: 'Take back that two are not the same person',
    access: 'member',
    params: pairParams,
    answer: DuplicatePair,
  },
  'GET /contacts/{contactId}/duplicates': {
    summary: 'Who may be the same person as this contact',
    access: 'member',
    params: contactParams,
    answer: z.object({ items: z.array(DuplicatePair) }),
  },
  'GET /contacts/{contactId}/merge/{mergedId}': {
    summary: 'What merging the second contact into the first would do: field by field, with what is suggested and why',
    access: 'member',
    params: z.strictObject({ contactId: idOf('contact'), mergedId: idOf('contact') }),
    answer: MergePreview,
    refusals: ['contacts/merged', 'contacts/cannot-merge'],
  },
  'POST /contacts/{contactId}/merge': {
    summary: 'Merge another contact into this one',
    description:
      'Addresses, numbers, tags, bookings, messages, notes, files and everything else of the merged contact is this one’s from now on; an opt-out, a withdrawal or a restriction of either holds for both. Reading the old id answers this contact; writing to it is refused with `contacts/merged` and names this one. Asking again for the same merge changes nothing. It can be undone.',
    access: 'member',
    params: contactParams,
    body: MergeContactsBody,
    answer: z.object({ merge: ContactMerge, contact: Contact }),
    refusals: ['contacts/merged', 'contacts/cannot-merge', 'http/version-mismatch'],
  },
  'GET /contacts/{contactId}/merges': {
    summary: 'The merges of a contact, newest first',
    access: 'member',
    params: contactParams,
    answer: z.object({ items: z.array(ContactMerge) }),
  },
  'GET /merges/{mergeId}/since': {
    summary: 'What came to the contact since the merge, newest first, 200 at most: an undo leaves it where it is unless it is chosen',
    access: 'member',
    params: mergeParams,
    answer: z.object({ items: z.array(SinceMerge) }),
  },
  'POST /merges/{mergeId}/undo': {
    summary: 'Undo a merge: everything returns to where it was, but what people changed since stays as they left it',
    access: 'member',
    params: mergeParams,
    body: UndoMergeBody,
    answer: UndoneMerge,
    refusals: ['contacts/undo-later-first', 'contacts/cannot-merge'],
  },
})
