import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../../routes/workspace.tsx'
import { readLeadsSearch } from './address.ts'
import { readFormSearch } from './forms/address.ts'

const leadsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/leads',
  validateSearch: readLeadsSearch,
  component: lazyRouteComponent(() => import('./leads-screen.tsx'), 'LeadsScreen'),
})

const leadRoute = createRoute({
  getParentRoute: () => leadsRoute,
  path: '/$leadId',
  component: lazyRouteComponent(() => import('./lead-screen.tsx'), 'LeadScreen'),
})

const pipelineRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/leads/pipelines/$pipelineId',
  component: lazyRouteComponent(() => import('./pipeline-screen.tsx'), 'PipelineScreen'),
})

const isDay = /^\d{4}-\d{2}-\d{2}$/
const day = (value: unknown): string | undefined => (typeof value === 'string' && isDay.test(value) ? value : undefined)

const reportRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/leads/report/$pipelineId',
  validateSearch: (search: Record<string, unknown>): { from?: string | undefined; to?: string | undefined } => {
    const [from, to] = [day(search.from), day(search.to)]
    return { ...(from ? { from } : {}), ...(to ? { to } : {}) }
  },
  component: lazyRouteComponent(() => import('./report-screen.tsx'), 'ReportScreen'),
})

const formsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/leads/forms',
  component: lazyRouteComponent(() => import('./forms/forms-screen.tsx'), 'FormsScreen'),
})

const formRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/leads/forms/$formId',
  validateSearch: readFormSearch,
  component: lazyRouteComponent(() => import('./forms/form-screen.tsx'), 'FormScreen'),
})

/** The screens of the leads room: the board, beside it one lead, how a pipeline is set up, what was won and lost, and the forms. */
export const leadsRoutes = [leadsRoute.addChildren([leadRoute]), pipelineRoute, reportRoute, formsRoute, formRoute] as const
