import { z } from 'zod'
import { Contact } from './contacts-shapes.ts'
import { TimelineActor } from './contacts-timeline.ts'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { Instant, Line, PageQuery, pageOf } from './values.ts'

/** From where a field was changed: the desk, a program with a key, her own page, an import, or the house itself. */
export const ChangeSource = z.enum(['screen', 'api', 'own_page', 'import', 'system']).meta({ id: 'ChangeSource' })
export type ChangeSource = z.output<typeof ChangeSource>

/** One field of a contact that changed. Values are as the contact has them; null is nothing. */
export const ContactChange = z
  .object({
    id: z.uuid(),
    /** `name`, `company`, `points` …, or `own.` and the key of an own field. */
    field: z.string(),
    before: z.unknown(),
    after: z.unknown(),
    at: Instant,
    by: TimelineActor,
    source: ChangeSource,
    /** It brought an earlier value back. */
    restored: z.boolean(),
    /** The values were wrong and are not kept: she had them corrected. */
    forgotten: z.boolean(),
  })
  .meta({ id: 'ContactChange' })
export type ContactChange = z.output<typeof ContactChange>

export const contactHistoryRoutes = routes({
  'GET /contacts/{contactId}/changes': {
    summary: 'What changed on a contact, newest first: who, when, from where, from what to what',
    access: 'member',
    params: z.strictObject({ contactId: idOf('contact') }),
    query: PageQuery.extend({
      /** Only this field: `name`, `own.policy_number`. */
      field: Line(70).optional(),
    }),
    answer: pageOf(ContactChange),
  },
  'POST /contacts/{contactId}/changes/{changeId}/back': {
    summary: 'Give a field back the value it had before this change; it is a change of its own',
    access: 'member',
    params: z.strictObject({ contactId: idOf('contact'), changeId: z.uuid() }),
    answer: Contact,
    refusals: ['contacts/point-taken'],
  },
})
