import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import type { Me } from '../../../lib/session.ts'

/** One's own account, as the server answers it. */
export type Profile = Me['user']
/** The ways into one's account. */
export type SignInMethods = Awaited<ReturnType<typeof call<'GET /sign-in-methods'>>>
/** One passkey of the account. */
export type Passkey = SignInMethods['passkeys'][number]
/** Another service that one signs in with. */
export type Provider = SignInMethods['providers'][number]['provider']
/** One place where one is signed in. */
export type Session = Awaited<ReturnType<typeof call<'GET /sessions'>>>['items'][number]

/** The ways into one's account. */
export const methodsQuery = queryOptions({
  queryKey: ['me', 'sign-in-methods'],
  queryFn: ({ signal }) => call('GET /sign-in-methods', { signal }),
})

/** Where one is signed in. */
export const sessionsQuery = queryOptions({ queryKey: ['me', 'sessions'], queryFn: ({ signal }) => call('GET /sessions', { signal }) })

/** One kind of mail to her, and whether she gets it. */
export type NewsItem = Awaited<ReturnType<typeof call<'GET /news-choice'>>>['items'][number]
/** Something she agreed to with her account. */
export type Agreement = Awaited<ReturnType<typeof call<'GET /me/agreements'>>>['items'][number]
/** One kind of record about her devices, places and use. */
export type OwnRecord = Awaited<ReturnType<typeof call<'GET /me/records'>>>['items'][number]

/** Which mails she gets in this workspace. */
export const newsQuery = queryOptions({ queryKey: ['news-choice'], queryFn: ({ signal }) => call('GET /news-choice', { signal }) })

/** What she agreed to with her account. */
export const agreementsQuery = queryOptions({
  queryKey: ['me', 'agreements'],
  queryFn: ({ signal }) => call('GET /me/agreements', { signal }),
})

/** What is recorded of her use. */
export const recordsQuery = queryOptions({ queryKey: ['me', 'records'], queryFn: ({ signal }) => call('GET /me/records', { signal }) })

/** Who is signed in, with a profile that was just saved. */
export const withProfile =
  (user: Profile) =>
  (me: Me | undefined): Me | undefined =>
    me && { ...me, user }
