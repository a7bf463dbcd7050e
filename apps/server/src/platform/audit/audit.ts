import type { Principal } from '@frontdesk/contract'
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
