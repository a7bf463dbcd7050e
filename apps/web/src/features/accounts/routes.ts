import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../../routes/root.tsx'
import { signedIn } from '../../routes/workspace.tsx'
import { ownPath } from './own-path.ts'

const getParentRoute = () => rootRoute

const signInRoute = createRoute({
  getParentRoute,
  path: '/sign-in',
  validateSearch: (search): { back?: string; problem?: string } => {
    const back = ownPath(search.back)
    return { ...(back ? { back } : {}), ...(typeof search.problem === 'string' ? { problem: search.problem } : {}) }
  },
  component: lazyRouteComponent(() => import('./sign-in-screen.tsx'), 'SignInScreen'),
})

const signUpRoute = createRoute({
  getParentRoute,
  path: '/sign-up',
  validateSearch: (search): { back?: string; elsewhere?: 'google' | 'facebook' } => {
    const back = ownPath(search.back)
    const elsewhere = (['google', 'facebook'] as const).find((one) => one === search.elsewhere)
    return { ...(back ? { back } : {}), ...(elsewhere ? { elsewhere } : {}) }
  },
  component: lazyRouteComponent(() => import('./sign-up-screen.tsx'), 'SignUpScreen'),
})

const setupRoute = createRoute({
  getParentRoute,
  path: '/setup/$token',
  component: lazyRouteComponent(() => import('./setup-screen.tsx'), 'SetupScreen'),
})

const joinRoute = createRoute({
  getParentRoute,
  path: '/join/$token',
  component: lazyRouteComponent(() => import('./join-screen.tsx'), 'JoinScreen'),
})

const verifyRoute = createRoute({
  getParentRoute,
  path: '/verify/$token',
  component: lazyRouteComponent(() => import('./verify-screen.tsx'), 'VerifyScreen'),
})

const forgotRoute = createRoute({
  getParentRoute,
  path: '/forgot',
  component: lazyRouteComponent(() => import('./forgot-screen.tsx'), 'ForgotScreen'),
})

const resetRoute = createRoute({
  getParentRoute,
  path: '/reset/$token',
  component: lazyRouteComponent(() => import('./forgot-screen.tsx'), 'ResetScreen'),
})

const welcomeRoute = createRoute({
  getParentRoute,
  path: '/welcome',
  beforeLoad: ({ context, location }) => signedIn(context, location.href),
  component: lazyRouteComponent(() => import('./welcome-screen.tsx'), 'WelcomeScreen'),
})

/** What people see before they are in a workspace. */
export const accountRoutes = [signInRoute, signUpRoute, setupRoute, joinRoute, verifyRoute, forgotRoute, resetRoute, welcomeRoute] as const
