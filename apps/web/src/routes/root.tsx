import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, Outlet } from '@tanstack/react-router'
import { WholeFailure, WholeNotFound } from '../app/failure.tsx'

/** What every route can reach in its loader. */
export type RouterContext = { readonly queries: QueryClient }

/** Above all screens. */
export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: WholeNotFound,
  errorComponent: WholeFailure,
})
