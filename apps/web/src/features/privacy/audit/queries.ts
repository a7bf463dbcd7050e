import { infiniteQueryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

export type AuditLine = Awaited<ReturnType<typeof call<'GET /audit'>>>['items'][number]
export type AuditCheck = Awaited<ReturnType<typeof call<'POST /audit/check'>>>

/** How the list is narrowed; empty texts narrow nothing. */
export type AuditFilter = {
  readonly contactId: string
  readonly kind: '' | AuditLine['kind']
  readonly memberId: string
  readonly from: string
  readonly to: string
}

/** Who did what, newest first, page by page; of one contact where one is named. */
export const auditQuery = ({ contactId, kind, memberId, from, to }: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', contactId, kind, memberId, from, to],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        limit: 50,
        ...(kind ? { kind } : {}),
        ...(memberId ? { memberId: memberId as never } : {}),
        ...(from ? { from } : {}),
        ...(to ? { to } : {}),
        ...(pageParam === undefined ? {} : { cursor: pageParam }),
      }
      return contactId
        ? call('GET /contacts/{contactId}/audit', { params: { contactId: contactId as never }, query, signal })
        : call('GET /audit', { query, signal })
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: { readonly next: string | null }) => page.next ?? undefined,
  })
