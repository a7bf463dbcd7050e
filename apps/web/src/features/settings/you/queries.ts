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

/** Who is signed in, with a profile that was just saved. */
export const withProfile =
  (user: Profile) =>
  (me: Me | undefined): Me | undefined =>
    me && { ...me, user }
