import { createRoute, redirect } from '@tanstack/react-router'
import { rootRoute } from './root.tsx'
import { signedIn } from './workspace.tsx'

/** The bare address: to the workspace used last, to a first one, or to sign in. */
export const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async ({ context }) => {
    const me = await signedIn(context, '/')
    const workspace = me.workspaces.find(({ id }) => id === me.currentWorkspaceId) ?? me.workspaces[0]
    if (workspace) throw redirect({ to: '/w/$workspace', params: { workspace: workspace.slug }, replace: true })
    throw redirect({ to: '/welcome', replace: true })
  },
})
