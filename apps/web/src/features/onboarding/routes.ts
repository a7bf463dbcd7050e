import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { WholeFailure, WholeNotFound } from '../../app/failure.tsx'
import { rootRoute } from '../../routes/root.tsx'
import { enterWorkspace } from '../../routes/workspace.tsx'
import { firstServiceQuery, hoursQuery } from './queries.ts'

const steps = ['service', 'hours', 'share'] as const

/** The first minutes in a workspace. Beside the shell, because nothing else matters yet. */
const onboardingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/w/$workspace/welcome',
  validateSearch: (search): { step?: (typeof steps)[number] } => {
    const step = steps.find((one) => one === search.step)
    return step ? { step } : {}
  },
  beforeLoad: enterWorkspace,
  loader: ({ context: { queries } }) => Promise.all([queries.ensureQueryData(firstServiceQuery), queries.ensureQueryData(hoursQuery)]),
  component: lazyRouteComponent(() => import('./onboarding-screen.tsx'), 'OnboardingScreen'),
  errorComponent: WholeFailure,
  notFoundComponent: WholeNotFound,
})

/** The screens of the first minutes. */
export const onboardingRoutes = [onboardingRoute] as const
