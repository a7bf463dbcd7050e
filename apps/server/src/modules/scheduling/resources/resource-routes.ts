import { resourceRoutes } from '@frontdesk/contract'
import { type Handlers, mount } from '../../../platform/http/index.ts'
import { schedulingPolicy as policy } from '../scheduling.policy.ts'
import { listResources, presentResource, readResource } from './list-resources.ts'
import { moveResourceBookings } from './move-resource-bookings.ts'
import { addResource, archiveResource, changeResource, restoreResource } from './write-resource.ts'

const read = { policy, may: 'resources.read' } as const
const manage = { policy, may: 'resources.manage' } as const

/** What members and API keys do with rooms and equipment. */
const resourceHandlers: Handlers<typeof resourceRoutes> = {
  'GET /resources': { ...read, run: ({ tx, by, query }) => listResources(tx, by, { ...query, archived: query.archived ?? false }) },
  'POST /resources': { ...manage, run: async ({ tx, by, body }) => presentResource(tx, await addResource(tx, by, body)) },
  'GET /resources/{resourceId}': { ...read, run: ({ tx, by, params }) => readResource(tx, by, params.resourceId) },
  'PATCH /resources/{resourceId}': {
    ...manage,
    run: async ({ tx, by, params, body, version }) => presentResource(tx, await changeResource(tx, by, { ...body, ...params, version })),
  },
  'DELETE /resources/{resourceId}': {
    ...manage,
    run: async ({ tx, by, params, version }) => presentResource(tx, await archiveResource(tx, by, params.resourceId, version)),
  },
  'POST /resources/{resourceId}/restore': {
    ...manage,
    run: async ({ tx, by, params }) => presentResource(tx, await restoreResource(tx, by, params.resourceId)),
  },
  'POST /resources/{resourceId}/move-bookings': {
    ...manage,
    run: ({ tx, by, params, body }) => moveResourceBookings(tx, by, { ...body, ...params }),
  },
}

/** The API of rooms and equipment. */
export const mountedResourceRoutes = mount(resourceRoutes, resourceHandlers)
