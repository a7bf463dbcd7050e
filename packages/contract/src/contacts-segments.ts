import { z } from 'zod'
import { ContactCount, ContactFilter } from './contacts-filter.ts'
import { ContactSummary } from './contacts-shapes.ts'
import { TableLook } from './contacts-table.ts'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { Instant, Line, PageQuery, pageOf } from './values.ts'

/** A filter that is kept under a name: those who meet it now, whenever it is asked. */
export const Segment = z
  .object({
    id: z.uuid(),
    version: z.int(),
    name: z.string(),
    filter: ContactFilter,
    /** How the table looks in which it is shown; null where nobody said. */
    look: TableLook.nullable(),
    /** Who made it; null for a program, and for somebody who is gone. */
    ownerMemberId: idOf('member').nullable(),
    /** Whether everybody who works here sees it, or whoever made it alone. */
    shared: z.boolean(),
    createdAt: Instant,
    updatedAt: Instant,
    removedAt: Instant.nullable(),
  })
  .meta({ id: 'Segment' })
export type Segment = z.output<typeof Segment>

/** A list that contacts are put on by hand: whoever was put on it is on it. */
export const ContactList = z
  .object({
    id: z.uuid(),
    version: z.int(),
    name: z.string(),
    /** How many are on it whom whoever asks may see. */
    contacts: z.int(),
    createdAt: Instant,
    updatedAt: Instant,
    archivedAt: Instant.nullable(),
  })
  .meta({ id: 'ContactList' })
export type ContactList = z.output<typeof ContactList>

/** What is done to many contacts at once. */
export const BulkAct = z
  .discriminatedUnion('act', [
    z.strictObject({ act: z.literal('add_tag'), tag: Line(60) }),
    z.strictObject({ act: z.literal('remove_tag'), tag: Line(60) }),
    z.strictObject({ act: z.literal('add_to_list'), listId: z.uuid() }),
    z.strictObject({ act: z.literal('remove_from_list'), listId: z.uuid() }),
  ])
  .meta({ id: 'BulkAct', examples: [{ act: 'add_tag', tag: 'VIP' }] })
export type BulkAct = z.output<typeof BulkAct>

/** To whom: those who are named, or all of a filter. */
export const BulkWho = z
  .union([z.strictObject({ contactIds: z.array(idOf('contact')).min(1).max(1000) }), z.strictObject({ filter: ContactFilter })])
  .meta({ id: 'BulkWho' })
export type BulkWho = z.output<typeof BulkWho>

/** An act on many contacts: how far it is, and how many it changed. */
export const BulkChange = z
  .object({
    id: z.uuid(),
    act: z.enum(['add_tag', 'remove_tag', 'add_to_list', 'remove_from_list']),
    tag: z.string().nullable(),
    listId: z.uuid().nullable(),
    state: z.enum(['running', 'finished', 'undoing', 'undone']),
    /** How many are meant, and how many were looked at; those who had it already are not changed. */
    total: z.int(),
    done: z.int(),
    changed: z.int(),
    createdAt: Instant,
    finishedAt: Instant.nullable(),
  })
  .meta({ id: 'BulkChange' })
export type BulkChange = z.output<typeof BulkChange>

const segmentParams = z.strictObject({ segmentId: z.uuid() })
const listParams = z.strictObject({ listId: z.uuid() })
const onList = z.strictObject({ contactId: idOf('contact'), listId: z.uuid() })
const bulkParams = z.strictObject({ bulkChangeId: z.uuid() })
const name = Line(120)

export const segmentRoutes = routes({
  'GET /segments': {
    summary: 'The segments that whoever asks may see, by name: shared ones and her own',
    access: 'member',
    answer: z.object({ items: z.array(Segment) }),
  },
  'POST /segments': {
    summary: 'Keep a filter as a segment, with the look of its table where it has one',
    access: 'member',
    body: z.strictObject({ name, filter: ContactFilter, look: TableLook.nullable().default(null), shared: z.boolean().default(false) }),
    status: 201,
    answer: Segment,
    refusals: ['contacts/filter-not-usable'],
  },
  'GET /segments/{segmentId}': { summary: 'One segment', access: 'member', params: segmentParams, answer: Segment },
  'PATCH /segments/{segmentId}': {
    summary: 'Change a segment; only what is sent',
    access: 'member',
    params: segmentParams,
    body: z.strictObject({
      name: name.optional(),
      filter: ContactFilter.optional(),
      look: TableLook.nullable().optional(),
      shared: z.boolean().optional(),
    }),
    answer: Segment,
    ifMatch: true,
    refusals: ['contacts/filter-not-usable'],
  },
  'DELETE /segments/{segmentId}': {
    summary: 'Remove a segment; nobody in it changes, and it can be undone',
    access: 'member',
    params: segmentParams,
    answer: Segment,
  },
  'POST /segments/{segmentId}/restore': {
    summary: 'Bring a removed segment back',
    access: 'member',
    params: segmentParams,
    answer: Segment,
  },
  'GET /segments/{segmentId}/count': {
    summary: 'How many meet a segment, at most five seconds old; with `steps`, after each part of its filter',
    access: 'member',
    params: segmentParams,
    query: z.strictObject({ steps: z.enum(['no', 'yes']).default('no') }),
    answer: ContactCount,
    refusals: ['contacts/filter-not-usable'],
  },
  'GET /segments/{segmentId}/contacts': {
    summary: 'Those who meet a segment now, by last activity or by name',
    access: 'member',
    params: segmentParams,
    query: PageQuery.extend({ sort: z.enum(['recent', 'name']).default('recent') }),
    answer: pageOf(ContactSummary),
    refusals: ['contacts/filter-not-usable'],
  },
})

export const listRoutes = routes({
  'GET /lists': {
    summary: 'Lists that contacts are put on, by name',
    access: 'member',
    query: z.strictObject({ archived: z.enum(['no', 'only']).default('no') }),
    answer: z.object({ items: z.array(ContactList) }),
  },
  'POST /lists': {
    summary: 'Make a list',
    access: 'member',
    body: z.strictObject({ name }),
    status: 201,
    answer: ContactList,
    refusals: ['contacts/list-taken'],
  },
  'GET /lists/{listId}': { summary: 'One list', access: 'member', params: listParams, answer: ContactList },
  'PATCH /lists/{listId}': {
    summary: 'Rename a list',
    access: 'member',
    params: listParams,
    body: z.strictObject({ name }),
    answer: ContactList,
    ifMatch: true,
    refusals: ['contacts/list-taken'],
  },
  'DELETE /lists/{listId}': {
    summary: 'Archive a list; whoever is on it stays on it, and it can be undone',
    access: 'member',
    params: listParams,
    answer: ContactList,
  },
  'POST /lists/{listId}/restore': { summary: 'Bring an archived list back', access: 'member', params: listParams, answer: ContactList },
  'GET /contacts/{contactId}/lists': {
    summary: 'The lists a contact is on',
    access: 'member',
    params: z.strictObject({ contactId: idOf('contact') }),
    answer: z.object({ items: z.array(z.object({ id: z.uuid(), name: z.string(), since: Instant })) }),
  },
  'PUT /contacts/{contactId}/lists/{listId}': {
    summary: 'Put a contact on a list; on it already, nothing changes',
    access: 'member',
    params: onList,
    status: 204,
    answer: z.undefined(),
  },
  'DELETE /contacts/{contactId}/lists/{listId}': {
    summary: 'Take a contact off a list',
    access: 'member',
    params: onList,
    status: 204,
    answer: z.undefined(),
  },
})

export const bulkRoutes = routes({
  'POST /contacts/bulk': {
    summary: 'Tag many contacts, or put them on a list, or take that back from them',
    description:
      'Up to a thousand that are named are done when the answer comes. All of a filter are done in the background: `state` says when they are. Who had it already is not changed, and what was changed can be taken back for 30 days.',
    access: 'member',
    body: z.strictObject({ what: BulkAct, who: BulkWho }),
    status: 201,
    answer: BulkChange,
    refusals: ['contacts/filter-not-usable'],
  },
  'GET /bulk-changes/{bulkChangeId}': {
    summary: 'How far an act on many contacts is',
    access: 'member',
    params: bulkParams,
    answer: BulkChange,
  },
  'POST /bulk-changes/{bulkChangeId}/undo': {
    summary: 'Take an act on many contacts back from those whom it changed',
    access: 'member',
    params: bulkParams,
    answer: BulkChange,
  },
})
