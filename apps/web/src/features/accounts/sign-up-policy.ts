import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'

const signUpQuery = queryOptions({
  queryKey: ['me', 'sign-up'],
  queryFn: ({ signal }) => call('GET /sign-up', { signal }),
  staleTime: 5 * 60_000,
})

/** How people get in here; nothing until the server said so. */
export function useSignUpPolicy() {
  return useQuery(signUpQuery).data
}

/** The shortest password to ask for, before and after the server said it. */
export const usePasswordLeast = (): number => useSignUpPolicy()?.passwordLeast ?? 15
