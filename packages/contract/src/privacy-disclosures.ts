import { z } from 'zod'
import { idOf } from './ids.ts'
import { DataCategory } from './privacy-registers.ts'
import { routes } from './routes.ts'
import { Instant, Line, PageQuery, pageOf, Text } from './values.ts'

/** Who received data. */
export const DisclosureRecipient = z
  .enum([
    'person',
    'business',
    'provider',
    'authority',
    'court',
    'processor',
    'adviser',
    'affiliate',
    'partner',
    'payment_provider',
    'successor',
  ])
  .meta({ id: 'DisclosureRecipient' })
export type DisclosureRecipient = z.output<typeof DisclosureRecipient>

/** What data were given for. There is no purpose for money: nothing here is sold. `own_records`: the business keeps a copy of what is its own. `their_offers`: the recipient may advertise to her, where she agreed to that. */
export const DisclosurePurpose = z
  .enum([
    'access_right',
    'portability',
    'own_records',
    'legal_duty',
    'legal_claim',
    'safety',
    'accounting',
    'advice',
    'service',
    'business_transfer',
    'their_offers',
  ])
  .meta({ id: 'DisclosurePurpose' })
export type DisclosurePurpose = z.output<typeof DisclosurePurpose>

/** One hand-over of data to somebody outside. */
export const Disclosure = z
  .object({
    id: z.uuid(),
    at: Instant,
    recipientKind: DisclosureRecipient,
    recipient: z.string(),
    purpose: DisclosurePurpose,
    contactId: idOf('contact').nullable(),
    /** How many people it was about. */
    people: z.int(),
    categories: z.array(DataCategory),
    by: z.string(),
  })
  .meta({ id: 'Disclosure' })
export type Disclosure = z.output<typeof Disclosure>

/** A hand-over that happened outside of this software, or is about to. */
export const DisclosureBody = z
  .strictObject({
    /** Who of the register of recipients receives it; its entry has to cover it. */
    processorId: z.uuid(),
    purpose: z.enum(['accounting', 'advice', 'service', 'legal_claim', 'their_offers']),
    categories: z.array(DataCategory).min(1, 'Choose at least one kind of data.').max(13),
    /** One contact, where it is about one. */
    contactId: idOf('contact').optional(),
    people: z.int().min(1).max(100_000_000).default(1),
    note: Line(200).optional(),
  })
  .refine(({ purpose, contactId }) => purpose !== 'their_offers' || contactId !== undefined, {
    path: ['contactId'],
    message: 'Name the one contact: each is asked for herself.',
  })
  .meta({ id: 'DisclosureBody' })
export type DisclosureBody = z.output<typeof DisclosureBody>

/** What a recipient is told: that data it received were corrected or erased, are only kept, or may be used again. */
export const RecipientNews = z.enum(['rectified', 'restricted', 'restriction_ended', 'erased']).meta({ id: 'RecipientNews' })
export type RecipientNews = z.output<typeof RecipientNews>

/** Somebody outside who received data that were corrected, erased or restricted since, and whether it was told (GDPR Art. 19). */
export const RecipientNotice = z
  .object({
    id: z.uuid(),
    news: RecipientNews,
    /** Null once she was erased. */
    contactId: idOf('contact').nullable(),
    requestId: z.uuid().nullable(),
    recipientKind: DisclosureRecipient,
    recipient: z.string(),
    /** Received data of many, this person's probably among them. */
    amongMany: z.boolean(),
    receivedAt: Instant,
    /** What was corrected, by the names of the fields; none where it was something else. */
    fields: z.array(z.string()),
    /** `overtaken`: what there was to tell has ended, or goes with what is told now. */
    state: z.enum(['open', 'told', 'impossible', 'overtaken']),
    how: z.enum(['mail', 'letter', 'phone', 'their_system']).nullable(),
    /** What shows that it was told, or why it could not be. */
    proof: z.string().nullable(),
    by: z.string().nullable(),
    doneAt: Instant.nullable(),
    openedAt: Instant,
    /** A letter to begin with; null once it is done, and thirty days after an erasure, when what names her goes. */
    draft: z.string().nullable(),
  })
  .meta({ id: 'RecipientNotice' })
export type RecipientNotice = z.output<typeof RecipientNotice>

/** That a recipient was told and how, or that it is impossible or out of proportion and why. */
export const NoticeDone = z.strictObject({
  how: z.enum(['mail', 'letter', 'phone', 'their_system', 'impossible']),
  proof: Text(2000).pipe(z.string().min(1, 'Write what shows it.')),
})
export type NoticeDone = z.output<typeof NoticeDone>

export const disclosureRoutes = routes({
  'GET /recipient-notices': {
    summary: 'Who received data that were corrected, erased or restricted since, whether it has to be told or was, newest first',
    access: 'member',
    query: PageQuery.extend({
      /** Because of one case. */
      requestId: z.uuid().optional(),
      /** About one contact. */
      contactId: idOf('contact').optional(),
      /** `open`: has to be told. `settled`: was told, could not be, or need not be any more. */
      state: z.enum(['open', 'settled']).optional(),
    }),
    answer: pageOf(RecipientNotice),
  },
  'POST /recipient-notices/{noticeId}/done': {
    summary: 'Record that a recipient was told, or why that could not be',
    access: 'member',
    params: z.strictObject({ noticeId: z.uuid() }),
    body: NoticeDone,
    answer: RecipientNotice,
    refusals: ['http/conflict'],
  },
  'GET /disclosures': {
    summary: 'Who was given data, when and what for, newest first',
    access: 'member',
    query: PageQuery.extend({ contactId: idOf('contact').optional() }),
    answer: pageOf(Disclosure),
  },
  'POST /disclosures': {
    summary: 'Write a hand-over down, such as to an accountant; the register of recipients has to cover it',
    access: 'member',
    body: DisclosureBody,
    status: 201,
    answer: Disclosure,
    refusals: ['privacy/recipient-stopped', 'privacy/use-not-allowed', 'privacy/data-restricted'],
  },
})
