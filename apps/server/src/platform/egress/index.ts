import type { WorkspaceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { Database, WorkspaceTx } from '../database/index.ts'
import { definePortList } from '../events/index.ts'
import type { Category, Purpose } from '../inventory/index.ts'

/** What this server can be connected to by its configuration. */
export type Connection =
  | 'smtp'
  | 'imap'
  | 's3'
  | 'google'
  | 'facebook'
  | 'google_calendar'
  | 'microsoft_calendar'
  | 'database'
  | 'traces'
  | 'acme'

/** Data on their way out: to whom, what for, and which kinds. */
export type Outgoing = { readonly connection: Connection; readonly purpose: Purpose; readonly categories: readonly Category[] }

/** A yes, or a no with one sentence for whoever can act. */
export type EgressAnswer = { readonly allowed: true } | { readonly allowed: false; readonly why: string }

/** Who decides whether data may leave. The privacy room answers from its register of processors. */
export const egressGuards = definePortList<{ ask(tx: WorkspaceTx, outgoing: Outgoing): Promise<EgressAnswer> }>('egress.guards')

/** Whether data may leave; the first no decides. */
export async function mayLeave(tx: WorkspaceTx, outgoing: Outgoing): Promise<EgressAnswer> {
  for (const guard of egressGuards.all()) {
    const answer = await guard.ask(tx, outgoing)
    if (!answer.allowed) return answer
  }
  return { allowed: true }
}

/**
 * The same for what the server does for nobody's workspace: reading its mailbox, sending traces, handing somebody to another sign-in. The register of the first workspace decides, because it
 * belongs to whoever set the server up and its connections with it; before there is one, what is configured counts.
 */
export async function serverMayUse(database: Database, outgoing: Outgoing): Promise<EgressAnswer> {
  const { rows } = await sql<{ workspace_id: WorkspaceId }>`select workspace_id from platform.first_workspace()`.execute(database.outside)
  const first = rows[0]?.workspace_id
  return first === undefined ? { allowed: true } : database.inWorkspace(first, (tx) => mayLeave(tx, outgoing))
}
