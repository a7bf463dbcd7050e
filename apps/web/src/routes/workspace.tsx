import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router'
import { isDoor } from '../app/door.ts'
import { WholeFailure, WholeNotFound } from '../app/failure.tsx'
import { ApiProblem, call, calledWorkspace, callIn } from '../lib/api.ts'
import { type Me, meQuery, type WorkspaceSummary } from '../lib/session.ts'
import type { RouterContext } from './root.tsx'
import { rootRoute } from './root.tsx'

/** Who is signed in; whoever is not goes to sign in and comes back. */
export async function signedIn({ queries }: RouterContext, here: string): Promise<Me> {
  try {
    return await queries.ensureQueryData(meQuery)
  } catch (error) {
    if (error instanceof ApiProblem && error.slug === 'http/not-signed-in') throw redirect({ to: '/sign-in', search: { back: here } })
    throw error
  }
}

type Entering = {
  readonly context: RouterContext
  readonly params: { readonly workspace: string }
  readonly location: { readonly href: string }
}

/** Makes sure of the person and her workspace, and points all calls at it. Everything behind it may use `useMe` and `useWorkspace`. */
export async function enterWorkspace({ context, params, location }: Entering): Promise<void> {
  const me = await signedIn(context, location.href)
  const workspace = me.workspaces.find(({ slug }) => slug === params.workspace) ?? (await leadOn(context, params.workspace, location.href))
  // Without the second factor that it asks for it shows nothing; where one is set up is open.
  if (workspace.asksSecondFactor && !isDoor(location.href))
    throw redirect({ to: '/w/$workspace/settings/security', params: { workspace: workspace.slug }, replace: true })
  if (calledWorkspace() === workspace.id) return
  // What was read in another workspace must not be shown in this one.
  if (calledWorkspace() !== undefined) context.queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' })
  callIn(workspace.id)
  if (me.currentWorkspaceId !== workspace.id) {
    void call('PUT /current-workspace', { body: { workspaceId: workspace.id } }).catch(() => {
      // Only a convenience for the next visit.
    })
  }
}

/** An address that is not known here may be an earlier one of hers, or a new one that somebody gave the workspace since she came. */
async function leadOn({ queries }: RouterContext, named: string, href: string): Promise<WorkspaceSummary> {
  const { workspaces } = await queries.fetchQuery({ ...meQuery, staleTime: 0 })
  const renamed = workspaces.find(({ formerSlugs }) => formerSlugs.includes(named))
  if (renamed) throw redirect({ href: underSlug(href, renamed.slug), replace: true })
  const fresh = workspaces.find(({ slug }) => slug === named)
  if (!fresh) throw notFound()
  return fresh
}

/** The same place in the desk under another address of its workspace. */
const underSlug = (href: string, slug: string): string => href.replace(/^\/w\/[^/?#]+/, `/w/${slug}`)

/** Everything inside a workspace, with the shell around it. */
export const workspaceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/w/$workspace',
  component: lazyRouteComponent(() => import('../app/shell.tsx'), 'Shell'),
  notFoundComponent: WholeNotFound,
  errorComponent: WholeFailure,
  beforeLoad: enterWorkspace,
})

/** The workspace's own address leads to its first room. */
export const workspaceHomeRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/w/$workspace/calendar', params, replace: true })
  },
})
