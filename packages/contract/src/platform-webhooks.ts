import { z } from 'zod'
import { KeyPurpose } from './accounts-workspace-shapes.ts'
import { EventKind, events } from './events.ts'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { Instant, PageQuery, pageOf, Text } from './values.ts'

/** How a delivery stands. `waiting`: it is sent soon, or again later; `failed`: nothing more is tried by itself. */
export const DeliveryState = z.enum(['waiting', 'sending', 'delivered', 'failed']).meta({ id: 'DeliveryState' })
export type DeliveryState = z.output<typeof DeliveryState>

/** One kind of event with an example of it. */
export const EventKindFacts = z.object({ type: EventKind, sample: z.record(z.string(), z.unknown()) }).meta({ id: 'EventKindFacts' })

const Url = z
  .string()
  .trim()
  .max(2000)
  .refine((text) => URL.canParse(text), 'Write the address like https://example.com/hooks/frontdesk.')
  .meta({ examples: ['https://example.com/hooks/frontdesk'] })

const Kinds = z
  .array(EventKind)
  .min(1)
  .max(Object.keys(events).length)
  .transform((kinds) => [...new Set(kinds)].sort())
  .nullable()
  .meta({ examples: [['booking.confirmed', 'booking.cancelled']] })

const description = Text(200).meta({ examples: ['Accounting'] })

/** Where events are sent. */
export const WebhookEndpoint = z
  .object({
    id: z.uuid(),
    url: z.string(),
    description: z.string(),
    /** Null: every kind, those that will come as well. */
    kinds: z.array(z.string()).nullable(),
    enabled: z.boolean(),
    /** Why it is off: somebody switched it off, it answered that it is gone (410), or it failed for days. */
    offReason: z.enum(['by_hand', 'gone', 'failing']).nullable(),
    offAt: Instant.nullable(),
    failingSince: Instant.nullable(),
    lastSuccessAt: Instant.nullable(),
    /** Until when the old secret signs beside the new one; null where there is no old one. */
    oldSecretUntil: Instant.nullable(),
    recipient: z.object({ name: z.string(), purpose: KeyPurpose }).nullable(),
    /** Why nothing is sent for now, though it is on: the recipient may not have these data any more. */
    heldBecause: z.string().nullable(),
    waiting: z.int(),
    createdAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'WebhookEndpoint' })
export type WebhookEndpoint = z.output<typeof WebhookEndpoint>

/** An endpoint with its secret, `whsec_` and 32 bytes in base64 (Standard Webhooks). */
export const WebhookEndpointSecret = z.object({ endpoint: WebhookEndpoint, secret: z.string() }).meta({ id: 'WebhookEndpointSecret' })

/** One event for one endpoint, as the log lists it. */
export const WebhookDelivery = z
  .object({
    id: z.uuid(),
    endpointId: z.uuid(),
    /** What is sent as `webhook-id`. */
    eventId: z.uuid(),
    type: z.string(),
    state: DeliveryState,
    attempts: z.int(),
    /** When it is tried next. */
    nextAt: Instant.nullable(),
    lastStatus: z.int().nullable(),
    createdAt: Instant,
    finishedAt: Instant.nullable(),
  })
  .meta({ id: 'WebhookDelivery' })
export type WebhookDelivery = z.output<typeof WebhookDelivery>

/** What went wrong with a try: no answer in time, no connection, an address that leads inside, a certificate that does not hold, the server stopped in the middle. */
export const DeliveryError = z
  .enum(['timeout', 'no_connection', 'unknown_name', 'address_refused', 'certificate', 'broken_off', 'interrupted'])
  .meta({ id: 'DeliveryError' })
export type DeliveryError = z.output<typeof DeliveryError>

/** One try. */
export const WebhookAttempt = z
  .object({
    number: z.int(),
    at: Instant,
    /** How long the answer took. */
    ms: z.int().nullable(),
    status: z.int().nullable(),
    error: DeliveryError.nullable(),
    /** The first 1,000 characters of the answer. */
    answer: z.string().nullable(),
  })
  .meta({ id: 'WebhookAttempt' })

export const WebhookDeliveryDetail = WebhookDelivery.extend({
  /** Exactly what is sent: an event as `GET /events` gives it. */
  body: z.object({ id: z.uuid(), type: z.string(), at: Instant, payload: z.record(z.string(), z.unknown()) }),
  failReason: z.enum(['tries_used_up', 'endpoint_off']).nullable(),
  tries: z.array(WebhookAttempt),
}).meta({ id: 'WebhookDeliveryDetail' })

const endpointParams = z.strictObject({ endpointId: idOf('webhook_endpoint') })
const deliveryParams = z.strictObject({ deliveryId: idOf('webhook_delivery') })

export const webhookRoutes = routes({
  'GET /event-kinds': {
    summary: 'Every kind of event with an example',
    access: 'member',
    answer: z.object({ items: z.array(EventKindFacts) }),
  },
  'GET /webhook-endpoints': {
    summary: 'Addresses that are told of events',
    access: 'member',
    answer: z.object({ items: z.array(WebhookEndpoint) }),
  },
  'POST /webhook-endpoints': {
    summary: 'Have an address told of events; its secret comes with the answer',
    description:
      'Requests are signed as Standard Webhooks says: headers webhook-id, webhook-timestamp and webhook-signature. The address has to begin with https:// and lead to the open internet. An address of a program of somebody outside names that recipient and a purpose: it is a hand-over in the account of disclosures, and nothing more is sent as soon as the contract does not stand.',
    access: 'member',
    body: z.strictObject({
      url: Url,
      description: description.default(''),
      /** Null: every kind. */
      kinds: Kinds.default(null),
      /** Whose program it is, where it is not the business's own. */
      recipient: z.strictObject({ processorId: z.uuid(), purpose: KeyPurpose }).nullable().default(null),
    }),
    status: 201,
    answer: WebhookEndpointSecret,
    answerIsSecret: true,
    refusals: ['webhooks/address-refused', 'webhooks/too-many', 'privacy/recipient-stopped'],
  },
  'GET /webhook-endpoints/{endpointId}': {
    summary: 'One address that is told of events',
    access: 'member',
    params: endpointParams,
    answer: WebhookEndpoint,
  },
  'PATCH /webhook-endpoints/{endpointId}': {
    summary: 'Change address, description or kinds, switch it off or on again',
    description:
      'Switched off, what waits for it has failed and can be sent again later; what happens meanwhile can be sent with POST …/replay.',
    access: 'member',
    params: endpointParams,
    ifMatch: true,
    body: z.strictObject({
      url: Url.optional(),
      description: description.optional(),
      kinds: Kinds.optional(),
      enabled: z.boolean().optional(),
    }),
    answer: WebhookEndpoint,
    refusals: ['webhooks/address-refused'],
  },
  'DELETE /webhook-endpoints/{endpointId}': {
    summary: 'Remove an address with its log',
    access: 'member',
    params: endpointParams,
    status: 204,
    answer: z.undefined(),
  },
  'POST /webhook-endpoints/{endpointId}/secret': {
    summary: 'Show the secret once more; this is recorded in the audit log',
    access: 'member',
    params: endpointParams,
    answer: WebhookEndpointSecret,
    answerIsSecret: true,
  },
  'POST /webhook-endpoints/{endpointId}/secret/rotate': {
    summary: 'Make a new secret; for 24 hours both sign',
    access: 'member',
    params: endpointParams,
    answer: WebhookEndpointSecret,
    answerIsSecret: true,
  },
  'POST /webhook-endpoints/{endpointId}/test': {
    summary: 'Send a test event to this address alone',
    access: 'member',
    params: endpointParams,
    status: 204,
    answer: z.undefined(),
    refusals: ['webhooks/endpoint-off'],
  },
  'POST /webhook-endpoints/{endpointId}/replay': {
    summary: 'Send everything again that failed since a moment, and what happened while the address was off',
    access: 'member',
    params: endpointParams,
    body: z.strictObject({
      since: Instant,
      /** Also events of its kinds for which there is no delivery, because it was off or not there yet. Events are kept for 30 days. */
      missed: z.boolean().default(false),
    }),
    status: 202,
    /** How many are sent, as of now. */
    answer: z.object({ failed: z.int(), missed: z.int() }),
    refusals: ['webhooks/endpoint-off'],
  },
  'GET /webhook-deliveries': {
    summary: 'What was sent to an address, newest first',
    access: 'member',
    query: PageQuery.extend({
      endpointId: idOf('webhook_endpoint'),
      state: DeliveryState.optional(),
      type: EventKind.optional(),
    }),
    answer: pageOf(WebhookDelivery),
  },
  'GET /webhook-deliveries/{deliveryId}': {
    summary: 'One delivery with what was sent, each try and what was answered',
    access: 'member',
    params: deliveryParams,
    answer: WebhookDeliveryDetail,
  },
  'POST /webhook-deliveries/{deliveryId}/replay': {
    summary: 'Send one event again, with the same webhook-id',
    access: 'member',
    params: deliveryParams,
    status: 202,
    answer: WebhookDelivery,
    refusals: ['webhooks/endpoint-off'],
  },
})
