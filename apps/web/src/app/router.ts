import { createRouter } from '@tanstack/react-router'
import { makeQueryClient } from '../lib/query.ts'
import { routeTree } from '../routes/tree.ts'
import { Failure, Loading, NotFound } from './failure.tsx'
import { moveFocusOnChange } from './route-focus.ts'

/** The cache of answers, one for the whole app. Somebody whose session ended signs in again and comes back to where she was. */
export const queries = makeQueryClient(() => {
  const { pathname, href } = router.state.location
  if (pathname.startsWith('/w/')) void router.navigate({ to: '/sign-in', search: { back: href } })
})

/** All screens, loaded when they are first needed, or a little before: when the pointer or the focus rests on a link to them. */
export const router = createRouter({
  routeTree,
  context: { queries },
  defaultErrorComponent: Failure,
  defaultNotFoundComponent: NotFound,
  defaultPendingComponent: Loading,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 300,
  defaultPendingMinMs: 200,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

moveFocusOnChange(router)
