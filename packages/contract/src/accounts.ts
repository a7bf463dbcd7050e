import { accountRoutes } from './accounts-account.ts'
import { arrivalRoutes } from './accounts-arrival.ts'
import { workspaceRoutes } from './accounts-workspace.ts'

export * from './accounts-shapes.ts'
export * from './accounts-workspace-shapes.ts'

/** Accounts: people, workspaces, members, keys, opening hours. */
export const accountsRoutes = { ...arrivalRoutes, ...accountRoutes, ...workspaceRoutes } as const
