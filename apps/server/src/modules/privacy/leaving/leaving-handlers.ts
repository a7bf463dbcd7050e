import type { leavingRoutes } from '@frontdesk/contract'
import type { Handlers } from '../../../platform/http/index.ts'
import { exportWorkspace, listWorkspaceExports } from './export-workspace.ts'
import { leavingPolicy as policy } from './leaving.policy.ts'
import { workspaceExportLink } from './workspace-export-link.ts'

/** Leaving with everything. */
export const leavingHandlers: Handlers<typeof leavingRoutes> = {
  'GET /workspace-exports': { policy, may: 'workspace_exports.read', run: ({ tx, by }) => listWorkspaceExports(tx, by) },
  'POST /workspace-exports': { policy, may: 'workspace_exports.make', run: ({ tx, by, body }) => exportWorkspace(tx, by, body) },
  'POST /workspace-exports/{exportId}/parts/{number}/link': {
    policy,
    may: 'workspace_exports.make',
    run: ({ tx, by, params }) => workspaceExportLink(tx, by, params),
  },
}
