import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type Me, meQuery } from '../../lib/session.ts'

/** Goes on as the person who just signed in: to where she wanted, or to her desk. */
export function useArrive(): (me: Me, to?: string) => void {
  const queries = useQueryClient()
  const router = useRouter()
  return (me, to) => {
    // Whoever was here before left answers behind.
    queries.removeQueries()
    queries.setQueryData(meQuery.queryKey, me)
    router.history.push(to ?? '/')
  }
}
