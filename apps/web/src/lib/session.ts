import { queryOptions, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { call, calledWorkspace } from './api.ts'
import { forgetAllDrafts } from './draft.ts'

/** Who is signed in and where she may work. */
export const meQuery = queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => call('GET /me', { signal }), staleTime: 5 * 60_000 })

/** What the server says about the signed-in person. */
export type Me = Awaited<ReturnType<typeof call<'GET /me'>>>
/** One workspace as its member sees it. */
export type WorkspaceSummary = Me['workspaces'][number]

/** Who is signed in. Only below the workspace's route and other routes that made sure of it. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data
}

/** The workspace whose name stands in the address. Only below the workspace's route. */
export function useWorkspace(): WorkspaceSummary {
  const { workspace: slug } = useParams({ strict: false })
  const me = useMe()
  const found =
    me.workspaces.find((workspace) => workspace.slug === slug) ??
    // Its address was changed a moment ago, and this screen still has the earlier one.
    me.workspaces.find((workspace) => workspace.id === calledWorkspace())
  if (!found) throw new Error('useWorkspace is for screens below /w/{workspace}.')
  return found
}

/** Signs out: on the server, and everything typed or read on this computer is forgotten. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await call('DELETE /sessions/current')
    forgetAllDrafts()
    queries.clear()
    // A whole load, so that nothing of hers stays in memory.
    location.assign('/sign-in')
  }
}
