import { sql } from 'kysely'
import type { StandingPermission } from '../../contacts/index.ts'

/** Who may be reached with an offer on a way, for filters: those whose answer counts now. */
export const permissionAsItStands: StandingPermission = {
  mayBeReached: (tx, channel) => ({
    from: sql`standing_answer p`,
    where: sql`p.workspace_id = ${tx.workspaceId} and ${sql.ref(`p.${channel}`)} and p.holds_until > ${tx.now}`,
    id: sql`p.id`,
  }),
}
