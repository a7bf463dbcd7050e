import type { Locale } from '@frontdesk/i18n'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { useReader } from '../../lib/i18n.tsx'

/** How people get in here, with the documents in the reader's language. */
export const signUpQuery = (locale: Locale) =>
  queryOptions({
    queryKey: ['me', 'sign-up', locale],
    queryFn: ({ signal }) => call('GET /sign-up', { query: { locale }, signal }),
    staleTime: 5 * 60_000,
  })

/** How people get in here, as the server answers it. */
export type SignUpPolicy = Awaited<ReturnType<typeof call<'GET /sign-up'>>>

/** How people get in here; nothing until the server said so. */
export function useSignUpPolicy() {
  const { locale } = useReader()
  return useQuery(signUpQuery(locale)).data
}

/** The shortest password to ask for, before and after the server said it. */
export const usePasswordLeast = (): number => useSignUpPolicy()?.passwordLeast ?? 15
