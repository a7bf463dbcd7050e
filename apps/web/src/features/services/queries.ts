import { queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { wholeList } from '../calendar/queries.ts'

export type { Service, Staff } from '../calendar/queries.ts'
/** Hours as the server answers them. */
export type OwnHours = Awaited<ReturnType<typeof call<'GET /services/{serviceId}/hours'>>>

const after = (cursor: string | undefined): { cursor?: string } => (cursor === undefined ? {} : { cursor })

/** One service. */
export const serviceQuery = (serviceId: string) =>
  queryOptions({
    queryKey: ['scheduling', 'service', serviceId],
    queryFn: ({ signal }) => call('GET /services/{serviceId}', { params: { serviceId }, signal }),
  })

/** Services that were put away. */
export const archivedServicesQuery = queryOptions({
  queryKey: ['scheduling', 'services', 'archived'],
  queryFn: ({ signal }) =>
    wholeList((cursor) => call('GET /services', { query: { archived: 'true', limit: 200, ...after(cursor) }, signal })),
})

/** When a service can be booked. */
export const serviceHoursQuery = (serviceId: string) =>
  queryOptions({
    queryKey: ['scheduling', 'service-hours', serviceId],
    queryFn: ({ signal }) => call('GET /services/{serviceId}/hours', { params: { serviceId }, signal }),
  })

/** One person who can be booked. */
export const personQuery = (staffId: string) =>
  queryOptions({
    queryKey: ['scheduling', 'person', staffId],
    queryFn: ({ signal }) => call('GET /staff/{staffId}', { params: { staffId }, signal }),
  })

/** People who were put away. */
export const archivedPeopleQuery = queryOptions({
  queryKey: ['scheduling', 'staff', 'archived'],
  queryFn: ({ signal }) => wholeList((cursor) => call('GET /staff', { query: { archived: 'true', limit: 200, ...after(cursor) }, signal })),
})
