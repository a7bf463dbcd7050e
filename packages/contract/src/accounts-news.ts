/** What a member is mailed about, and what she settles about that. */
import { z } from 'zod'

/** Every kind of mail that a workspace writes to who works in it. */
export const newsKinds = [
  'bookings_mine',
  'bookings_all',
  'unreached',
  'requests_new',
  'requests_due',
  'requests_overdue',
  'incidents',
  'ownership',
  'leads_waiting',
  'webhooks',
  'tasks_mine',
  'mentions',
] as const
export type NewsKind = (typeof newsKinds)[number]

const on = z.boolean().optional()

/** What she wants and does not want; what is left out stays. The law's own cannot be switched off, so it has no switch. */
export const NewsChoice = z.strictObject({
  bookings_mine: on,
  bookings_all: on,
  unreached: on,
  requests_new: on,
  requests_due: on,
  leads_waiting: on,
  webhooks: on,
  tasks_mine: on,
  mentions: on,
})
export type NewsChoice = Readonly<z.output<typeof NewsChoice>>

/** One kind of mail, as its reader sees it. */
export const NewsItem = z
  .object({
    kind: z.enum([...newsKinds, 'account']),
    mailed: z.boolean(),
    /** Why it cannot be switched off; null: it can. */
    always: z.enum(['law', 'security']).nullable(),
  })
  .meta({ id: 'NewsItem' })
