import { z } from 'zod'
import { idOf } from './ids.ts'
import { DataCategory } from './privacy-registers.ts'
import { routes } from './routes.ts'
import { Instant, Line, PageQuery, pageOf } from './values.ts'

/** Who received data. */
export const DisclosureRecipient = z
  .enum(['person', 'provider', 'authority', 'court', 'processor', 'adviser', 'affiliate', 'partner', 'payment_provider', 'successor'])
  .meta({ id: 'DisclosureRecipient' })
export type DisclosureRecipient = z.output<typeof DisclosureRecipient>

/** What data were given for. There is no purpose for money: nothing here is sold. */
export const DisclosurePurpose = z
  .enum(['access_right', 'portability', 'legal_duty', 'legal_claim', 'safety', 'accounting', 'advice', 'service', 'business_transfer'])
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
    purpose: z.enum(['accounting', 'advice', 'service', 'legal_claim']),
    categories: z.array(DataCategory).min(1, 'Choose at least one kind of data.').max(13),
    /** One contact, where it is about one. */
    contactId: idOf('contact').optional(),
    people: z.int().min(1).max(100_000_000).default(1),
    note: Line(200).optional(),
  })
  .meta({ id: 'DisclosureBody' })
export type DisclosureBody = z.output<typeof DisclosureBody>

export const disclosureRoutes = routes({
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
    refusals: ['privacy/recipient-stopped'],
  },
})
