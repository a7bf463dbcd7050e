import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { wholeList } from '../../calendar/queries.ts'

/** A room or a device. */
export type Resource = Awaited<ReturnType<typeof call<'GET /resources/{resourceId}'>>>

const after = (cursor: string | undefined): { cursor?: string } => (cursor === undefined ? {} : { cursor })

/** Rooms and devices by name, archived ones apart. */
export const resourcesQuery = queryOptions({
  queryKey: ['scheduling', 'resources'],
  queryFn: ({ signal }) => wholeList((cursor) => call('GET /resources', { query: { limit: 200, ...after(cursor) }, signal })),
})

/** Rooms and devices that were put away. */
export const archivedResourcesQuery = queryOptions({
  queryKey: ['scheduling', 'resources', 'archived'],
  queryFn: ({ signal }) =>
    wholeList((cursor) => call('GET /resources', { query: { archived: 'true', limit: 200, ...after(cursor) }, signal })),
})

/** One room or device. */
export const resourceQuery = (resourceId: string) =>
  queryOptions({
    queryKey: ['scheduling', 'resource', resourceId],
    queryFn: ({ signal }) => call('GET /resources/{resourceId}', { params: { resourceId }, signal }),
  })

/** When a room or a device can be had. */
export const resourceHoursQuery = (resourceId: string) =>
  queryOptions({
    queryKey: ['scheduling', 'resource-hours', resourceId],
    queryFn: ({ signal }) => call('GET /resources/{resourceId}/hours', { params: { resourceId }, signal }),
  })

/** The hours of several rooms and devices at once, in their order. */
export const hoursOfResourcesQuery = (queries: QueryClient, resourceIds: readonly string[]) =>
  queryOptions({
    queryKey: ['scheduling', 'hours-of-resources', ...resourceIds],
    queryFn: () => Promise.all(resourceIds.map((resourceId) => queries.fetchQuery(resourceHoursQuery(resourceId)))),
    enabled: resourceIds.length > 0,
  })
