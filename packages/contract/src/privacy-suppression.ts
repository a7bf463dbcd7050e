import { z } from 'zod'
import { idOf } from './ids.ts'
import { ContactChannel } from './privacy-channel.ts'
import { routes } from './routes.ts'
import { EmailAddress, Instant, Line, PageQuery, PhoneInput, pageOf } from './values.ts'

/** What a suppression stops: `marketing` offers and questions on every channel; `texts` all texts and calls by machine; `calls` every outgoing call but a callback she asks for; `channel` everything on the channel of the address (email, or calls and texts) or on the one named; `all` every purpose but `legal`. */
export const SuppressionScope = z.enum(['all', 'channel', 'marketing', 'texts', 'calls']).meta({ id: 'SuppressionScope' })
export type SuppressionScope = z.output<typeof SuppressionScope>

/** An address or number that is not to be reached. The address itself is not kept, only a keyed hash of it, so it survives erasure. */
export const Suppression = z
  .object({
    id: z.uuid(),
    kind: z.enum(['email', 'phone']),
    scope: SuppressionScope,
    /** The one channel that a `channel` scope stops; null where it stops every channel of the address. */
    channel: ContactChannel.nullable(),
    cause: z.enum(['asked', 'link', 'complaint', 'member', 'message', 'page', 'import']),
    createdAt: Instant,
    liftedAt: Instant.nullable(),
    /** The contact that had this address when it was suppressed, as long as that contact exists. */
    contactId: idOf('contact').nullable(),
  })
  .meta({ id: 'Suppression' })
export type Suppression = z.output<typeof Suppression>

const contactParams = z.strictObject({ contactId: idOf('contact') })
const stopParams = z.strictObject({ token: z.string().max(200) })

/** How far somebody wants a stop link to reach: offers on every way, all mail to this address, or everything on every way. */
export const StopReach = z.enum(['offers', 'mail', 'everything'])
export type StopReach = z.output<typeof StopReach>

/** What the bearer of a stop link is told. The address is masked: links get forwarded. */
export const StopState = z
  .object({
    businessName: z.string(),
    address: z.string(),
    /** Whether anything is stopped by it. */
    stopped: z.boolean(),
    /** What was stopped, the furthest of it; null where nothing is. */
    reach: StopReach.nullable(),
    /** What the mail of the link was, so what it stops unless one chooses: offers, or news about her own bookings. */
    mail: z.enum(['offers', 'service']),
    /** What may be chosen, the nearest first. */
    choices: z.array(StopReach),
  })
  .meta({ id: 'StopState' })

export const suppressionRoutes = routes({
  'GET /suppressions': {
    summary: 'Addresses and numbers that are not to be reached, newest first',
    access: 'member',
    query: PageQuery.extend({ lifted: z.enum(['no', 'yes']).default('no') }),
    answer: pageOf(Suppression),
  },
  'POST /suppressions': {
    summary: 'Do not reach this address or number any more',
    access: 'member',
    body: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('email'),
        value: EmailAddress,
        scope: SuppressionScope.default('all'),
        cause: z.enum(['asked', 'member']).default('asked'),
      }),
      z.strictObject({
        kind: z.literal('phone'),
        value: PhoneInput,
        scope: SuppressionScope.default('all'),
        cause: z.enum(['asked', 'member']).default('asked'),
      }),
    ]),
    status: 201,
    answer: Suppression,
    refusals: ['contacts/not-a-phone-number'],
  },
  'POST /suppressions/{suppressionId}/lift': {
    summary: 'Lift a suppression, because the person asked for it or it was set by mistake',
    access: 'member',
    params: z.strictObject({ suppressionId: z.uuid() }),
    body: z.strictObject({ because: z.enum(['person_asked', 'mistake']), note: Line(300).optional() }),
    answer: Suppression,
  },
  'POST /contacts/{contactId}/opt-outs': {
    summary: 'Record what somebody asked for: no offers, no texts, no calls, or to be left alone',
    description: 'Holds for all her addresses and numbers at once.',
    access: 'member',
    params: contactParams,
    body: z
      .strictObject({ scope: SuppressionScope, channel: ContactChannel.optional() })
      .refine(
        ({ scope, channel }) => (scope === 'channel') === (channel !== undefined),
        'A channel is named with the scope "channel" only.',
      ),
    status: 201,
    answer: z.object({ suppressions: z.array(Suppression), isNew: z.boolean() }),
    refusals: ['privacy/nothing-to-stop'],
  },
  'POST /contacts/{contactId}/opt-outs/undo': {
    summary: 'Take back what you recorded in the last ten minutes, by a slip',
    access: 'member',
    params: contactParams,
    answer: z.object({ suppressions: z.array(Suppression) }),
  },
  'GET /stop/{token}': { summary: 'What a stop link is about; changes nothing', access: 'link', params: stopParams, answer: StopState },
  'POST /stop/{token}': {
    summary: 'Stop what the mail of the link was, or further',
    access: 'link',
    params: stopParams,
    body: z.object({ reach: StopReach.optional() }).optional(),
    answer: StopState,
  },
  'POST /stop/{token}/undo': { summary: 'Take a stop back', access: 'link', params: stopParams, answer: StopState },
})
