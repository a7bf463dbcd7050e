import { type EventType, events, sampleEvent, type webhookRoutes } from '@frontdesk/contract'
import type { Handlers } from '../http/index.ts'
import { presentEndpoint } from './endpoint-rows.ts'
import { listDeliveries, readDelivery } from './read-deliveries.ts'
import { replayDelivery, replaySince, testEndpoint } from './replay.ts'
import { rotateSecret, showSecret } from './secrets.ts'
import { changeEndpoint, listEndpoints, removeEndpoint, setUpEndpoint } from './set-up-endpoint.ts'
import { webhooksPolicy as policy } from './webhooks.policy.ts'

const kinds = (Object.keys(events) as EventType[]).sort().map((type) => ({ type, sample: sampleEvent(type) }))

/** The routes of webhooks. */
export const webhookHandlers: Handlers<typeof webhookRoutes> = {
  'GET /event-kinds': { policy, may: 'webhooks.read', run: async () => ({ items: kinds }) },
  'GET /webhook-endpoints': { policy, may: 'webhooks.read', run: ({ tx, by }) => listEndpoints(tx, by) },
  'POST /webhook-endpoints': { policy, may: 'webhooks.manage', run: ({ tx, by, body }) => setUpEndpoint(tx, by, body) },
  'GET /webhook-endpoints/{endpointId}': {
    policy,
    may: 'webhooks.read',
    run: ({ tx, params }) => presentEndpoint(tx, params.endpointId),
  },
  'PATCH /webhook-endpoints/{endpointId}': {
    policy,
    may: 'webhooks.manage',
    run: ({ tx, by, params, version, body }) => changeEndpoint(tx, by, params.endpointId, version, body),
  },
  'DELETE /webhook-endpoints/{endpointId}': {
    policy,
    may: 'webhooks.manage',
    run: async ({ tx, by, params }) => {
      await removeEndpoint(tx, by, params.endpointId)
      return undefined
    },
  },
  'POST /webhook-endpoints/{endpointId}/secret': {
    policy,
    may: 'webhooks.secrets',
    run: ({ tx, by, params }) => showSecret(tx, by, params.endpointId),
  },
  'POST /webhook-endpoints/{endpointId}/secret/rotate': {
    policy,
    may: 'webhooks.secrets',
    run: ({ tx, by, params }) => rotateSecret(tx, by, params.endpointId),
  },
  'POST /webhook-endpoints/{endpointId}/test': {
    policy,
    may: 'webhooks.manage',
    run: async ({ tx, by, params }) => {
      await testEndpoint(tx, by, params.endpointId)
      return undefined
    },
  },
  'POST /webhook-endpoints/{endpointId}/replay': {
    policy,
    may: 'webhooks.manage',
    run: ({ tx, by, params, body }) => replaySince(tx, by, params.endpointId, body),
  },
  'GET /webhook-deliveries': { policy, may: 'webhooks.read', run: ({ tx, by, query }) => listDeliveries(tx, by, query) },
  'GET /webhook-deliveries/{deliveryId}': {
    policy,
    may: 'webhooks.read',
    run: ({ tx, by, params }) => readDelivery(tx, by, params.deliveryId),
  },
  'POST /webhook-deliveries/{deliveryId}/replay': {
    policy,
    may: 'webhooks.manage',
    run: ({ tx, by, params }) => replayDelivery(tx, by, params.deliveryId),
  },
}
