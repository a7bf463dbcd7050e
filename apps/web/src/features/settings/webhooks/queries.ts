import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import type { LogSearch } from './log-address.ts'

export type Endpoint = Awaited<ReturnType<typeof call<'GET /webhook-endpoints'>>>['items'][number]
export type Delivery = Awaited<ReturnType<typeof call<'GET /webhook-deliveries'>>>['items'][number]
export type DeliveryDetail = Awaited<ReturnType<typeof call<'GET /webhook-deliveries/{deliveryId}'>>>
/** An endpoint with its secret, shown now. */
export type ShownSecret = Awaited<ReturnType<typeof call<'POST /webhook-endpoints/{endpointId}/secret'>>>

const LOOK_AGAIN_MS = 5000
const SOON_MS = 1500

/** Addresses that are told of events. */
export const endpointsQuery = queryOptions({
  queryKey: ['webhooks', 'endpoints'],
  queryFn: ({ signal }) => call('GET /webhook-endpoints', { signal }),
})

/** One of them. */
export const endpointQuery = (endpointId: string) =>
  queryOptions({
    queryKey: ['webhooks', 'endpoint', endpointId],
    queryFn: ({ signal }) => call('GET /webhook-endpoints/{endpointId}', { params: { endpointId }, signal }),
  })

/** What was sent to it, newest first. Deliveries tell nobody of themselves, so they are looked at again while the screen is open. */
export const deliveriesQuery = (endpointId: string, { state, kind }: LogSearch) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', 'deliveries', endpointId, state, kind],
    queryFn: ({ pageParam, signal }) =>
      call('GET /webhook-deliveries', {
        query: {
          endpointId,
          limit: 50,
          ...(state ? { state } : {}),
          ...(kind ? { type: kind } : {}),
          ...(pageParam === undefined ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: LOOK_AGAIN_MS,
  })

/** One delivery; asked again while it is on its way. */
export const deliveryQuery = (deliveryId: string) =>
  queryOptions({
    queryKey: ['webhooks', 'delivery', deliveryId],
    queryFn: ({ signal }) => call('GET /webhook-deliveries/{deliveryId}', { params: { deliveryId }, signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'waiting' || state.data?.state === 'sending' ? SOON_MS : false),
  })
