import type { QueryClient } from '@tanstack/react-query'
import { type Me, meQuery } from '../../../lib/session.ts'
import { type Workspace, workspaceQuery } from './queries.ts'

/** Shows what was just saved about the workspace everywhere at once, the shell included. */
export function showWorkspace(queries: QueryClient, workspace: Workspace): void {
  queries.setQueryData(workspaceQuery.queryKey, workspace)
  queries.setQueryData(meQuery.queryKey, (me: Me | undefined) => me && withWorkspace(me, workspace))
}

function withWorkspace(me: Me, { id, name, slug, brandColour, logoFileId, locale, zone, currency }: Workspace): Me {
  return {
    ...me,
    workspaces: me.workspaces.map((one) => (one.id === id ? { ...one, name, slug, brandColour, logoFileId, locale, zone, currency } : one)),
  }
}
