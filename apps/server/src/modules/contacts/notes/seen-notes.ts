import type { NoteAudience, Principal, Role } from '@frontdesk/contract'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { leads } from '../../../platform/policy/index.ts'

const isLead = (role: Role): boolean => leads.some((each) => each === role)

/** Whether somebody of this role may see a note that another one wrote. */
export const roleSeesNote = (audience: NoteAudience, role: Role): boolean =>
  audience === 'everybody' || (audience === 'leads' && isLead(role))

/**
 * Who sees a note, as a condition on the columns of `note`: everybody who sees the contact; or who leads the team (owners, admins, managers) and its author; or its author alone, and who leads the team
 * once she has left, so that what the business knows is not lost with her. Programs and whoever looks in from outside see those for everybody. Our own jobs see all.
 */
export function seenNotes(by: Principal, note: string): RawBuilder<SqlBool> {
  if (by.kind === 'system') return sql<SqlBool>`true`
  const all = sql`${sql.ref(`${note}.audience`)} = 'everybody'`
  if (by.kind !== 'member') return sql<SqlBool>`(${all})`
  const stillHere = sql`select from member m where m.workspace_id = ${sql.ref(`${note}.workspace_id`)} and m.id = ${sql.ref(`${note}.author_member_id`)} and m.removed_at is null`
  const lead = isLead(by.role) ? sql` or ${sql.ref(`${note}.audience`)} = 'leads' or not exists (${stillHere})` : sql``
  return sql<SqlBool>`(${all} or ${sql.ref(`${note}.author_member_id`)} = ${by.memberId}${lead})`
}

/** Which events of a timeline may be seen: what tells of a note goes with the note. Of one that is gone, what was written while it was for everybody. */
export function seenEvents(tx: WorkspaceTx, by: Principal): RawBuilder<SqlBool> {
  if (by.kind === 'system') return sql<SqlBool>`true`
  const note = sql`select from note n where n.workspace_id = ${tx.workspaceId} and n.id = timeline_event.subject_id`
  return sql<SqlBool>`(timeline_event.subject_type is distinct from 'note' or case when exists (${note})
    then exists (${note} and ${seenNotes(by, 'n')}) else not timeline_event.summary_values ? 'audience' end)`
}
