import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

export type ReminderRules = Awaited<ReturnType<typeof call<'GET /reminder-rules'>>>
export type Rule = ReminderRules['items'][number]
export type Way = ReminderRules['ways'][number]
export type Reminder = Awaited<ReturnType<typeof call<'GET /bookings/{bookingId}/reminders'>>>['items'][number]
/** A rule as it is sent. */
export type RuleBody = Omit<Rule, 'id' | 'version'>

/** When customers are reminded, and which ways are set up. */
export const rulesQuery = queryOptions({
  queryKey: ['reminders', 'rules'],
  queryFn: ({ signal }) => call('GET /reminder-rules', { signal }),
})

/** What is planned and was sent about one booking. */
export const bookingRemindersQuery = (bookingId: string) =>
  queryOptions({
    queryKey: ['scheduling', 'reminders', bookingId],
    queryFn: ({ signal }) => call('GET /bookings/{bookingId}/reminders', { params: { bookingId }, signal }),
  })

/** How a rule that is being written would read, in every language. */
export const previewQuery = (rule: RuleBody) =>
  queryOptions({
    queryKey: ['reminders', 'preview', rule],
    queryFn: ({ signal }) => call('POST /reminder-rules/preview', { body: rule, signal }),
    retry: false,
    staleTime: 60_000,
  })
