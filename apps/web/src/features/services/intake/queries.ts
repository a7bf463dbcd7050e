import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

export type Intake = Awaited<ReturnType<typeof call<'GET /services/{serviceId}/questions'>>>
export type Question = Intake['questions'][number]
export type Answer = Awaited<ReturnType<typeof call<'GET /bookings/{bookingId}/answers'>>>['items'][number]

/** What a service asks. */
export const intakeQuery = (serviceId: string) =>
  queryOptions({
    queryKey: ['scheduling', 'intake', serviceId],
    queryFn: ({ signal }) => call('GET /services/{serviceId}/questions', { params: { serviceId }, signal }),
    enabled: serviceId !== '',
  })

/** What was answered about a booking. */
export const answersQuery = (bookingId: string) =>
  queryOptions({
    queryKey: ['scheduling', 'answers', bookingId],
    queryFn: ({ signal }) => call('GET /bookings/{bookingId}/answers', { params: { bookingId }, signal }),
  })
