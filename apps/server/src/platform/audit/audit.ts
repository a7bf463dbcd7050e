import type { Principal } from '@frontdesk/contract'
import { sql } from 'kysely'
import './audit.tables.ts'
import type { WorkspaceTx } from '../database/index.ts'

/** `noun.verb_in_past` without free text: `member.role_changed`, `session.started`. */
export type AuditAction = `${Lowercase<string>}.${Lowercase<string>}`
export type AuditResult = 'done' | 'refused' | 'failed'

/** One thing worth remembering: who did what to which object. By type it has no room for free text. */
export type AuditEntry = {
  readonly action: AuditAction
  readonly object: { readonly type: Lowercase<string>; readonly id: string }
  readonly result: AuditResult
}

/** Writes one entry in the caller's transaction. The sealer chains and signs it within a second of the commit. */
export async function audit(tx: WorkspaceTx, by: Principal, entry: AuditEntry): Promise<void> {
  const { type, id } = actorOf(by)
  await tx.db
    .insertInto('audit_entry')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      at: tx.now,
      actor_type: type,
      actor_id: id,
      action: entry.action,
      object_type: entry.object.type,
      object_id: entry.object.id,
      result: entry.result,
    })
    .execute()
}

/** Whether everything that somebody reads is on record: whoever looks in from outside for a while, as an auditor or with an operator's grant. */
const isLookedAfter = (by: Principal): boolean => by.kind === 'operator' || (by.kind === 'member' && by.role === 'auditor')

/** The name of a route as an object of the log: `GET /contacts/{contactId}/timeline` is `contacts.contactId.timeline`. */
export const routeInLog = (name: string): string =>
  name
    .replace(/^[A-Z]+ \//, '')
    .replace(/[{}]/g, '')
    .replaceAll('/', '.')

/** Remembers that somebody from outside read a route, by its name and never by its address: once an hour for each. Nothing for those who work here. */
export async function auditReading(tx: WorkspaceTx, by: Principal, route: string): Promise<void> {
  if (!isLookedAfter(by)) return
  const { type, id } = actorOf(by)
  const object = routeInLog(route)
  await sql`
    insert into audit_entry (workspace_id, id, at, actor_type, actor_id, action, object_type, object_id, result)
    select ${tx.workspaceId}, ${tx.newId()}, ${tx.now}, ${type}, ${id}, 'route.read', 'route', ${object}, 'done'
    where not exists (
      select from audit_entry
      where workspace_id = ${tx.workspaceId} and object_type = 'route' and object_id = ${object}
        and actor_id = ${id} and action = 'route.read' and at > ${tx.now.subtract({ hours: 1 })}
    )`.execute(tx.db)
}

/** Who acted, by kind and pseudonymous id. */
export function actorOf(by: Principal): { readonly type: Principal['kind']; readonly id: string } {
  switch (by.kind) {
    case 'member':
      return { type: 'member', id: by.memberId }
    case 'api_key':
      return { type: 'api_key', id: by.keyId }
    case 'contact_link':
      return { type: 'contact_link', id: by.contactId }
    case 'operator':
      return { type: 'operator', id: by.grantId }
    case 'visitor':
      return { type: 'visitor', id: '' }
    case 'system':
      return { type: 'system', id: by.job }
  }
}

/** Who acted, in one text for a column: `member:019b…`, `visitor`. */
export function actorText(by: Principal): string {
  const { type, id } = actorOf(by)
  return id === '' ? type : `${type}:${id}`
}
