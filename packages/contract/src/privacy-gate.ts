import { z } from 'zod'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { Instant } from './values.ts'

/** The ways to reach somebody. */
export const ContactChannel = z
  .enum(['email', 'sms', 'call', 'chat', 'whatsapp', 'messenger', 'instagram', 'push'])
  .meta({ id: 'ContactChannel' })

/** What a touch is for. It follows from the object it hangs on. */
export const ContactPurpose = z.enum(['reply', 'service', 'legal', 'feedback', 'marketing']).meta({ id: 'ContactPurpose' })

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
    pointId: idOf('contact_point').nullable(),
    /** The object it would hang on, such as the next booking; null where there is none. */
    about: z.object({ type: z.string(), id: z.uuid() }).nullable(),
    allowed: z.boolean(),
    reasons: z.array(ContactReason),
    /** When it would be allowed, where only the moment stands in the way. */
    nextMoment: Instant.nullable(),
    /** The first step that would allow it, as a code; null where none would. */
    remedy: z.string().nullable(),
  })
  .meta({ id: 'MayContactAnswer' })
export type MayContactAnswer = z.output<typeof MayContactAnswer>

export const gateRoutes = routes({
  'GET /contacts/{contactId}/may-contact': {
    summary: 'Why we may or may not reach this person, by channel and purpose',
    access: 'member',
    params: z.strictObject({ contactId: idOf('contact') }),
    answer: z.object({ contactId: idOf('contact'), decidedAt: Instant, rulebookVersion: z.string(), answers: z.array(MayContactAnswer) }),
  },
})
