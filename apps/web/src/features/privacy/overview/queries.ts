import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import type { PrivacyPageKey } from '../pages.ts'

export type Overview = Awaited<ReturnType<typeof call<'GET /privacy-overview'>>>

/** What waits for somebody. Clocks run on without an event, so it is asked again now and then. */
export const overviewQuery = queryOptions({
  queryKey: ['privacy', 'overview'],
  queryFn: ({ signal }) => call('GET /privacy-overview', { signal }),
  staleTime: 30_000,
  refetchInterval: 5 * 60_000,
})

/** How much waits on a page, and whether it is late. */
export function waitingOn(overview: Overview, page: PrivacyPageKey): { readonly count: number; readonly loud: boolean } {
  const quiet = (count: number) => ({ count, loud: false })
  switch (page) {
    case 'requests':
      return { count: overview.requests?.open ?? 0, loud: (overview.requests?.overdue ?? 0) > 0 }
    case 'incidents':
      return { count: overview.incidents?.open ?? 0, loud: overview.incidents?.next.some(({ nextClock }) => nextClock?.overdue) ?? false }
    case 'legal-requests':
      return quiet(overview.legalRequests?.open ?? 0)
    case 'policies':
      return quiet(overview.policies?.length ?? 0)
    case 'recipients':
      return { count: overview.recipients?.length ?? 0, loud: (overview.recipients?.length ?? 0) > 0 }
    case 'retention':
      return quiet(overview.retention && overview.retention.confirmedAt === null ? 1 : 0)
    case 'do-not-contact':
      return quiet(overview.registries.length)
    case 'cookies':
      return quiet(overview.held?.open ?? 0)
    default:
      return quiet(0)
  }
}
