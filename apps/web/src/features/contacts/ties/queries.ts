import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

/** What the server answers. */
export type Relation = Awaited<ReturnType<typeof call<'GET /contacts/{contactId}/relations'>>>['items'][number]
export type RelationKind = Relation['kind']

/** Who a contact is related to. */
export const relationsQuery = (contactId: string) =>
  queryOptions({
    queryKey: ['contacts', 'relations', contactId],
    queryFn: ({ signal }) => call('GET /contacts/{contactId}/relations', { params: { contactId }, signal }),
  })

/** Who says how contacts are related; the server asks again. */
export const mayRelate: readonly string[] = ['owner', 'admin', 'manager', 'member', 'representative', 'privacy_officer']
